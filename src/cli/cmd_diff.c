/* nergraph diff: what is different between two graphs. */
#include "cli.h"

#include <string.h>

enum { DEFAULT_ROWS = 10, DEFAULT_TIES = 60, TITLE_BYTES = 256 };

/* A path's name without folder and ending: "2023" of "years/2023.ngr". */
static int name_size(const char *path, const char **name_out)
{
    const char *slash = strrchr(path, '/');
    const char *name = slash && slash[1] ? slash + 1 : path;
    const char *dot = strrchr(name, '.');

    *name_out = name;
    return (int)(dot && dot > name ? (size_t)(dot - name) : strlen(name));
}

/* "What changed from 2023 to 2024"; in full where the names are the same; false where one has no
 * name or they are too long for a title. */
static bool make_title(const cli_arguments *arguments, char title[TITLE_BYTES])
{
    const char *old = arguments->operands[0], *new = arguments->operands[1];
    const char *old_name = NULL, *new_name = NULL;
    int old_size = name_size(old, &old_name), new_size = name_size(new, &new_name), size = 0;

    if (same(old, "-") || same(new, "-"))
        return false;
    if (old_size == new_size && memcmp(old_name, new_name, (size_t)old_size) == 0)
        size = snprintf(title, TITLE_BYTES, "What changed from %s to %s", old, new);
    else
        size = snprintf(title, TITLE_BYTES, "What changed from %.*s to %.*s", old_size, old_name,
                        new_size, new_name);
    return size > 0 && size < TITLE_BYTES;
}

/* The picture. */
static ng_status draw_changes(ng_ctx *cx, const cli_arguments *arguments, const ng_graph *old,
                              const ng_graph *new, ng_format picture)
{
    ng_write_options options = arguments->write;
    char title[TITLE_BYTES];

    if (!options.title && make_title(arguments, title))
        options.title = title;
    return ng_difference_draw(cx, old, new, arguments->has_top ? arguments->top : DEFAULT_TIES,
                              &options, picture, arguments->plain_output);
}

/* One of the two graphs, with the measure that ranks. */
static int obtain_side(ng_ctx *cx, const cli_arguments *arguments, int index, ng_measure by,
                       ng_graph **graph, ng_scores **scores)
{
    cli_arguments side = *arguments;
    int code = 0;

    side.operands = arguments->operands + index;
    side.operand_count = 1;
    code = exit_code(cx, arguments, obtain_graph(cx, &side, 1, graph));
    if (*graph && code == 0)
        code = narrow(cx, &side, graph);
    if (*graph && code == 0)
        code = exit_code(cx, arguments, compute_scores(cx, arguments, *graph, 1u << by, scores));
    return code;
}

int run_diff(ng_ctx *cx, cli_arguments *arguments)
{
    ng_table_format format = NG_TABLE_ALIGNED;
    ng_measure by = arguments->by[0];
    ng_graph *old = NULL, *new = NULL;
    ng_scores *old_scores = NULL, *new_scores = NULL;
    ng_format picture = NG_FORMAT_SVG;
    ng_output *output = NULL;
    ng_status status = NG_OK;
    size_t top = 0, count = 0;
    int code = 0;

    if (arguments->operand_count != 2 || arguments->files_from || arguments->zero_ended)
        return complain("diff: give two graphs, for example `nergraph diff 2023.ngr 2024.ngr`");
    if (ng_measure_is_reversed(arguments->by[0]))
        return complain("--by %s: less is more there; %s follows measures of which more is more",
                        ng_measure_name(arguments->by[0]), arguments->command->name);
    if (!table_format(arguments, &format))
        return NG_E_USAGE;
    top = arguments->has_top ? arguments->top : format == NG_TABLE_ALIGNED ? DEFAULT_ROWS : 0;
    code = obtain_side(cx, arguments, 0, by, &old, &old_scores);
    if (code == 0)
        code = obtain_side(cx, arguments, 1, by, &new, &new_scores);
    if (code == 0 && wants_picture(arguments, &picture)) {
        code = exit_code(cx, arguments, draw_changes(cx, arguments, old, new, picture));
    } else if (code == 0) {
        status = open_table(cx, arguments, &output);
        if (status == NG_OK) {
            status = ng_difference_write(cx, old, old_scores, new, new_scores, by, top, format,
                                         output, &count);
            status = close_table(cx, output, status);
        }
        code = exit_code(cx, arguments, status);
    }
    ng_scores_free(old_scores);
    ng_scores_free(new_scores);
    ng_graph_free(old);
    ng_graph_free(new);
    return code;
}
