/* The options that choose a part of the graph, and the part. */
#include "cli.h"

#include <string.h>

/* Adds an option to the words that the graph keeps about what was chosen. */
static void note_option(cli_part *part, const char *name, const char *value)
{
    size_t size = strlen(part->words);

    (void)snprintf(part->words + size, sizeof part->words - size, "%s--%s %s", size > 0 ? " " : "",
                   name, value);
    part->selection.words = part->words;
    part->is_asked = true;
}

/* The whole number behind the colon, or `standard` without one. */
static int take_size(const char *name, const char *text, const char *colon, uint32_t standard,
                     uint32_t *size_out)
{
    uint64_t size = 0;

    *size_out = standard;
    if (!colon)
        return standard > 0 || same(text, "spanning")
                   ? 0
                   : complain("--%s %s: give a number, for example %s:3", name, text, text);
    if (!read_whole(colon + 1, 1000000, &size) || size == 0)
        return complain("--%s %s: not a whole number from 1 to 1000000", name, text);
    *size_out = (uint32_t)size;
    return 0;
}

static int take_backbone(const char *name, const char *text, ng_selection *selection)
{
    static const char *const words[] = { "", "disparity", "top", "spanning", "core" };
    const char *colon = strchr(text, ':');
    size_t size = colon ? (size_t)(colon - text) : strlen(text);

    for (size_t i = 1; i < sizeof words / sizeof *words; i++) {
        if (strlen(words[i]) != size || memcmp(words[i], text, size) != 0)
            continue;
        selection->backbone = (ng_backbone)i;
        if (selection->backbone != NG_BACKBONE_DISPARITY)
            return take_size(name, text, colon, 0, &selection->k);
        selection->alpha = 0.05;
        if (colon && (!read_fraction(colon + 1, &selection->alpha) || selection->alpha > 1))
            return complain("--%s %s: not a number from 0 to 1", name, text);
        return 0;
    }
    return complain("--%s %s: unknown; use disparity[:ALPHA], top:K, spanning[:K] or core:K", name,
                    text);
}

int take_part(cli_part *part, part_option which, const char *name, const char *value)
{
    ng_selection *selection = &part->selection;
    uint64_t count = 0;
    int code = 0;

    switch (which) {
    case PART_WEIGHT:
        if (!read_fraction(value, &selection->least_weight))
            code = complain("--%s %s: not a number", name, value);
        break;
    case PART_DOCUMENTS:
        if (!read_whole(value, UINT32_MAX, &count))
            code = complain("--%s %s: not a whole number", name, value);
        selection->least_documents = count;
        break;
    case PART_Q:
        if (!read_fraction(value, &selection->most_q) || selection->most_q > 1)
            code = complain("--%s %s: not a number from 0 to 1", name, value);
        break;
    case PART_BACKBONE:
        code = take_backbone(name, value, selection);
        break;
    case PART_AROUND:
        part->around = value;
        break;
    case PART_HOPS:
        if (!read_whole(value, 1000, &count))
            code = complain("--%s %s: not a whole number from 0 to 1000", name, value);
        selection->hops = (uint32_t)count;
        break;
    }
    note_option(part, name, value);
    return code;
}

/* Says that what was asked for leaves no tie. */
static void say_bare(const cli_arguments *arguments, const ng_graph *whole, const ng_graph *part)
{
    size_t count = ng_graph_edge_count(whole);

    if (arguments->is_quiet || count == 0 || ng_graph_edge_count(part) > 0)
        return;
    complain("%s leaves none of %zu tie%s%s", arguments->part.words, count, count == 1 ? "" : "s",
             arguments->part.selection.backbone == NG_BACKBONE_DISPARITY
                 ? "; a larger ALPHA (disparity:ALPHA) or --backbone top:3 leaves more"
             : arguments->part.around ? ""
                                      : "; looser bounds leave more");
}

int narrow(ng_ctx *cx, const cli_arguments *arguments, ng_graph **graph)
{
    ng_selection selection = arguments->part.selection;
    ng_graph *part = NULL;
    int code = 0;

    if (!*graph || !arguments->part.is_asked)
        return 0;
    if (arguments->part.around &&
        !obtain_node(arguments, *graph, arguments->part.around, &selection.around, &code))
        return code;
    selection.words = arguments->part.words;
    selection.drop_isolates = !arguments->options.keep_isolates;
    code = exit_code(cx, arguments, ng_graph_select(cx, *graph, &selection, &part));
    if (part) {
        say_bare(arguments, *graph, part);
        ng_graph_free(*graph);
        *graph = part;
    }
    return code;
}
