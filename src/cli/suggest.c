/* The nearest known word to a mistyped one, by the edit distance that counts a swap of neighbours
 * as one step (Damerau 1964, restricted form). */
#include "cli.h"

#include <string.h>

enum { WORD_LIMIT = 64, FAR = 1000, NEAR = 2 };

bool same(const char *a, const char *b)
{
    return strcmp(a, b) == 0;
}

ng_view view_of(const char *text)
{
    return (ng_view){ text, strlen(text) };
}

static int smaller(int a, int b)
{
    return a < b ? a : b;
}

int steps_between(ng_view a, ng_view b)
{
    size_t m = a.size, n = b.size;
    int rows[WORD_LIMIT + 1][WORD_LIMIT + 1];

    if (m > WORD_LIMIT || n > WORD_LIMIT)
        return FAR;
    for (size_t i = 0; i <= m; i++)
        rows[i][0] = (int)i;
    for (size_t j = 0; j <= n; j++)
        rows[0][j] = (int)j;
    for (size_t i = 1; i <= m; i++) {
        for (size_t j = 1; j <= n; j++) {
            int best = rows[i - 1][j - 1] + (a.data[i - 1] != b.data[j - 1]);

            best = smaller(best, smaller(rows[i - 1][j], rows[i][j - 1]) + 1);
            if (i > 1 && j > 1 && a.data[i - 1] == b.data[j - 2] && a.data[i - 2] == b.data[j - 1])
                best = smaller(best, rows[i - 2][j - 2] + 1);
            rows[i][j] = best;
        }
    }
    return rows[m][n];
}

bool is_near(int steps, size_t size)
{
    return steps <= NEAR && (size_t)steps < size;
}

const char *nearest(const char *word, const char *(*next)(size_t index))
{
    const char *best = NULL;
    int best_distance = FAR;

    for (size_t i = 0; next(i); i++) {
        int steps = steps_between(view_of(word), view_of(next(i)));

        if (steps < best_distance) {
            best = next(i);
            best_distance = steps;
        }
    }
    return best && is_near(best_distance, strlen(word)) ? best : NULL;
}
