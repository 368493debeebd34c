/* The nearest known word to a mistyped one, by the edit distance that counts a swap of neighbours
 * as one step (Damerau 1964, restricted form). */
#include "cli.h"

#include <string.h>

enum { WORD_LIMIT = 32, FAR = 1000 };

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

/* Steps from one word to the other; FAR when one is too long to be meant. */
static int distance(const char *a, const char *b)
{
    size_t m = strlen(a), n = strlen(b);
    int rows[WORD_LIMIT + 1][WORD_LIMIT + 1];

    if (m > WORD_LIMIT || n > WORD_LIMIT)
        return FAR;
    for (size_t i = 0; i <= m; i++)
        rows[i][0] = (int)i;
    for (size_t j = 0; j <= n; j++)
        rows[0][j] = (int)j;
    for (size_t i = 1; i <= m; i++) {
        for (size_t j = 1; j <= n; j++) {
            int best = rows[i - 1][j - 1] + (a[i - 1] != b[j - 1]);

            best = smaller(best, smaller(rows[i - 1][j], rows[i][j - 1]) + 1);
            if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
                best = smaller(best, rows[i - 2][j - 2] + 1);
            rows[i][j] = best;
        }
    }
    return rows[m][n];
}

const char *nearest(const char *word, const char *(*next)(size_t index))
{
    const char *best = NULL;
    int best_distance = FAR;

    for (size_t i = 0; next(i); i++) {
        int steps = distance(word, next(i));

        if (steps < best_distance) {
            best = next(i);
            best_distance = steps;
        }
    }
    return best && best_distance <= 2 && (size_t)best_distance < strlen(word) ? best : NULL;
}
