/* The summary of a network: what its numbers say, in words, or the numbers themselves. */
#include "writers_internal.h"

#include <math.h>

enum { COMMUNITIES = 8, LEADERS = 5, DOCUMENTS_BYTES = 32 };

/* A summary in the making. */
typedef struct digest {
    const ng_graph *graph;
    const ng_summary *summary;
    const double *communities;
    const uint32_t *order; /* nodes by community, the strongest of each first */
    ng_pen *pen;
} digest;

/* ---- names and numbers ---- */

/* The numbers by name; counts of kinds have names of their own. */
static size_t list_numbers(const ng_summary *from, const char *names[], double numbers[])
{
    const struct {
        const char *name;
        double number;
    } all[] = {
        { "actors", (double)from->node_count },
        { "ties", (double)from->edge_count },
        { "isolated", (double)from->isolate_count },
        { "mean_degree", from->mean_degree },
        { "largest_degree", (double)from->largest_degree },
        { "density", from->density },
        { "degree_centralization", from->degree_centralization },
        { "components", (double)from->component_count },
        { "largest_component", (double)from->largest_component },
        { "transitivity", from->transitivity },
        { "mean_clustering", from->mean_clustering },
        { "kind_assortativity", from->kind_assortativity },
        { "degree_assortativity", from->degree_assortativity },
        { "communities", (double)from->community_count },
        { "largest_community", (double)from->largest_community },
        { "modularity", from->modularity },
    };
    size_t count = 0;

    for (; count < sizeof all / sizeof *all; count++) {
        names[count] = all[count].name;
        numbers[count] = all[count].number;
    }
    for (int kind = 0; kind < NG_KIND_COUNT; kind++, count++) {
        names[count] = ng_kind_name((ng_kind)kind);
        numbers[count] = (double)from->kind_count[kind];
    }
    return count;
}

enum { NUMBERS = 32 };

static void put_separated(const digest *work, bool is_csv)
{
    const char *names[NUMBERS];
    double numbers[NUMBERS];
    size_t count = list_numbers(work->summary, names, numbers);

    ng_pen_put(work->pen, is_csv ? "name,number\r\n" : "name\tnumber\n");
    for (size_t i = 0; i < count; i++) {
        ng_pen_put(work->pen, names[i]);
        ng_pen_byte(work->pen, is_csv ? ',' : '\t');
        ng_pen_number(work->pen, numbers[i]);
        ng_pen_put(work->pen, is_csv ? "\r\n" : "\n");
    }
}

/* ---- communities ---- */

/* The stretch of `order` with one community, from `first` on. */
static size_t end_of_group(const digest *work, size_t first)
{
    size_t end = first, count = ng_graph_node_count(work->graph);
    double group = work->communities[work->order[first]];

    while (end < count && work->communities[work->order[end]] >= group &&
           work->communities[work->order[end]] <= group)
        end++;
    return end;
}

/* Calls for each community, the largest first, at most `most`. */
static void each_community(const digest *work, size_t most,
                           void (*put)(const digest *work, size_t number, size_t first, size_t end))
{
    size_t first = 0;

    for (size_t i = 0; i < work->summary->community_count && i < most; i++) {
        size_t end = end_of_group(work, first);

        put(work, i + 1, first, end);
        first = end;
    }
}

static void put_json_community(const digest *work, size_t number, size_t first, size_t end)
{
    ng_pen_put(work->pen, number > 1 ? ",\n{\"community\":" : "\n{\"community\":");
    ng_pen_unsigned(work->pen, number);
    ng_pen_put(work->pen, ",\"actors\":");
    ng_pen_unsigned(work->pen, end - first);
    ng_pen_put(work->pen, ",\"strongest\":[");
    for (size_t i = first; i < end && i < first + LEADERS; i++) {
        ng_pen_put(work->pen, i > first ? "," : "");
        ng_pen_json(work->pen, ng_graph_node(work->graph, work->order[i])->id);
    }
    ng_pen_put(work->pen, "]}");
}

static void put_json(const digest *work)
{
    const char *names[NUMBERS];
    double numbers[NUMBERS];
    size_t count = list_numbers(work->summary, names, numbers);
    bool is_first = true;

    ng_pen_put(work->pen, "{");
    for (size_t i = 0; i < count; i++) {
        if (!isfinite(numbers[i]))
            continue;
        ng_pen_put(work->pen, is_first ? "\"" : ",\n\"");
        ng_pen_put(work->pen, names[i]);
        ng_pen_put(work->pen, "\":");
        ng_pen_number(work->pen, numbers[i]);
        is_first = false;
    }
    ng_pen_put(work->pen, ",\n\"groups\":[");
    each_community(work, SIZE_MAX, put_json_community);
    ng_pen_put(work->pen, "]}\n");
}

/* ---- words ---- */

static void put_number_of(ng_pen *pen, size_t count, const char *one, const char *many)
{
    ng_pen_unsigned(pen, count);
    ng_pen_byte(pen, ' ');
    ng_pen_put(pen, count == 1 ? one : many);
}

/* A number with so many decimals. */
static void put_decimals(ng_pen *pen, double number, int decimals)
{
    double scale = 1;

    for (int i = 0; i < decimals; i++)
        scale *= 10;
    number = floor(fabs(number) * scale + 0.5) / scale * (number < 0 ? -1 : 1);
    ng_pen_number(pen, number);
}

static void put_percent(ng_pen *pen, double part)
{
    ng_pen_number(pen, floor(100 * part + 0.5));
    ng_pen_put(pen, " %");
}

/* "98 persons, 40 countries" */
static void put_kinds(const digest *work)
{
    static const char *const words[NG_KIND_COUNT][2] = {
        [NG_KIND_PERSON] = { "person", "persons" },
        [NG_KIND_COUNTRY] = { "country", "countries" },
        [NG_KIND_PLACE] = { "place", "places" },
        [NG_KIND_ORGANIZATION] = { "organization", "organizations" },
        [NG_KIND_PEOPLE] = { "people", "peoples" },
    };
    bool is_first = true;

    for (int i = 0; i < NG_KIND_COUNT; i++) {
        if (work->summary->kind_count[i] == 0)
            continue;
        ng_pen_put(work->pen, is_first ? " (" : ", ");
        put_number_of(work->pen, work->summary->kind_count[i], words[i][0], words[i][1]);
        is_first = false;
    }
    ng_pen_put(work->pen, is_first ? "" : ")");
}

/* Ties whose weight is not above 0: NPMI of those that occur together less than by chance. */
static size_t count_weightless(const ng_graph *graph)
{
    size_t count = 0;

    for (size_t i = 0; i < ng_graph_edge_count(graph); i++)
        count += !(ng_graph_edge(graph, i)->weight > 0);
    return count;
}

/* Who there is, and how many ties. */
static void put_size(const digest *work)
{
    const ng_summary *from = work->summary;
    ng_pen *pen = work->pen;
    size_t weightless = count_weightless(work->graph);
    ng_view documents = ng_graph_find_note(work->graph, NG_VIEW("documents"));

    put_number_of(pen, from->node_count, "actor", "actors");
    put_kinds(work);
    ng_pen_put(pen, " and ");
    put_number_of(pen, from->edge_count, "tie", "ties");
    if (weightless > 0 && weightless < from->edge_count) {
        ng_pen_put(pen, " (");
        ng_pen_unsigned(pen, weightless);
        ng_pen_put(pen, " of no weight above 0, which do not count below)");
    }
    if (documents.size > 0 && documents.size <= DOCUMENTS_BYTES) {
        ng_pen_put(pen, ", from ");
        ng_pen_tsv(pen, documents);
        ng_pen_put(pen, ng_view_equal(documents, NG_VIEW("1")) ? " document" : " documents");
    }
    ng_pen_put(pen, ".\n");
}

static void put_ties(const digest *work)
{
    const ng_summary *from = work->summary;
    ng_pen *pen = work->pen;

    ng_pen_put(pen, "An actor has ties to ");
    put_decimals(pen, from->mean_degree, 1);
    ng_pen_put(pen, " others on average, at most to ");
    ng_pen_unsigned(pen, from->largest_degree);
    if (isfinite(from->density)) {
        ng_pen_put(pen, "; ");
        put_percent(pen, from->density);
        ng_pen_put(pen, " of all possible ties are there (density ");
        put_decimals(pen, from->density, 4);
        ng_pen_byte(pen, ')');
    }
    ng_pen_put(pen, ".\n");
    if (isfinite(from->degree_centralization)) {
        double value = from->degree_centralization;

        ng_pen_put(pen, value >= 0.5   ? "A few actors hold most of the ties"
                        : value >= 0.2 ? "Some actors hold many of the ties"
                                       : "No actor holds much more of the ties than others");
        ng_pen_put(pen, " (centralization ");
        put_decimals(pen, value, 2);
        ng_pen_put(pen, "; a star has 1).\n");
    }
}

static void put_components(const digest *work)
{
    const ng_summary *from = work->summary;
    ng_pen *pen = work->pen;

    if (from->component_count == 1) {
        ng_pen_put(pen, "All hang together.\n");
        return;
    }
    ng_pen_put(pen, "It falls into ");
    put_number_of(pen, from->component_count, "part", "parts");
    ng_pen_put(pen, "; the largest has ");
    put_number_of(pen, from->largest_component, "actor", "actors");
    ng_pen_put(pen, " (");
    put_percent(pen, (double)from->largest_component / (double)from->node_count);
    ng_pen_put(pen, "), ");
    ng_pen_unsigned(pen, from->isolate_count);
    ng_pen_put(pen, from->isolate_count == 1 ? " stands alone.\n" : " stand alone.\n");
}

static void put_mixing(const digest *work)
{
    const ng_summary *from = work->summary;
    ng_pen *pen = work->pen;

    if (isfinite(from->transitivity)) {
        ng_pen_put(pen, "Two contacts of one actor have a tie of their own in ");
        put_percent(pen, from->transitivity);
        ng_pen_put(pen, " of the cases (transitivity).\n");
    }
    if (isfinite(from->kind_assortativity)) {
        double value = from->kind_assortativity;

        ng_pen_put(pen, value > 0.1    ? "Actors of one kind occur together more often than chance "
                                         "would have it"
                        : value < -0.1 ? "Actors of different kinds occur together more often than "
                                         "chance would have it"
                                       : "Kinds of actors mix as chance would have it");
        ng_pen_put(pen, " (assortativity by kind ");
        put_decimals(pen, value, 2);
        ng_pen_put(pen, ").\n");
    }
    if (isfinite(from->degree_assortativity)) {
        double value = from->degree_assortativity;

        ng_pen_put(pen, value > 0.1    ? "Those with many ties have them to each other"
                        : value < -0.1 ? "Those with many ties have them to actors with few"
                                       : "Actors with many and with few ties mix as chance would "
                                         "have it");
        ng_pen_put(pen, " (assortativity by degree ");
        put_decimals(pen, value, 2);
        ng_pen_put(pen, ").\n");
    }
}

static void put_community(const digest *work, size_t number, size_t first, size_t end)
{
    ng_pen *pen = work->pen;

    ng_pen_put(pen, number < 10 ? "   " : "  ");
    ng_pen_unsigned(pen, number);
    ng_pen_put(pen, "  ");
    for (size_t i = first; i < end && i < first + LEADERS; i++) {
        ng_pen_put(pen, i > first ? ", " : "");
        ng_pen_tsv(pen, ng_graph_node(work->graph, work->order[i])->label);
    }
    if (end - first > LEADERS) {
        ng_pen_put(pen, " and ");
        put_number_of(pen, end - first - LEADERS, "other", "others");
    }
    ng_pen_byte(pen, '\n');
}

static void put_communities(const digest *work)
{
    const ng_summary *from = work->summary;
    ng_pen *pen = work->pen;

    if (from->community_count == 0)
        return;
    put_number_of(pen, from->community_count, "community", "communities");
    if (isfinite(from->modularity)) {
        ng_pen_put(pen, from->modularity >= 0.5   ? ", well apart (modularity "
                        : from->modularity >= 0.3 ? " (modularity "
                                                  : ", hardly apart (modularity ");
        put_decimals(pen, from->modularity, 2);
        ng_pen_byte(pen, ')');
    }
    ng_pen_put(pen, ":\n");
    each_community(work, COMMUNITIES, put_community);
    if (from->community_count > COMMUNITIES) {
        ng_pen_put(pen, "   and ");
        put_number_of(pen, from->community_count - COMMUNITIES, "smaller one", "smaller ones");
        ng_pen_byte(pen, '\n');
    }
}

void ng_summary_put_sentences(ng_pen *pen, const ng_graph *graph, const ng_summary *summary)
{
    const digest work = { .graph = graph, .summary = summary, .pen = pen };

    put_size(&work);
    if (summary->node_count > 0 && summary->largest_degree == 0)
        ng_pen_put(pen, summary->edge_count > 0 ? "No tie has a weight above 0.\n"
                                                : "No two of them have a tie.\n");
    if (summary->largest_degree == 0)
        return;
    put_ties(&work);
    put_components(&work);
    put_mixing(&work);
}

/* ---- the whole ---- */

/* What sorting needs. */
typedef struct sort_keys {
    const double *strengths, *communities;
} sort_keys;

/* By community (those of none last), the strongest first, then by index: the order of the ids. */
static int compare_nodes(const void *a, const void *b, void *user)
{
    const sort_keys *keys = user;
    uint32_t x = *(const uint32_t *)a, y = *(const uint32_t *)b;
    double one = keys->communities[x], other = keys->communities[y];

    if (isnan(one) != isnan(other))
        return isnan(one) ? 1 : -1;
    if (one < other || one > other)
        return one < other ? -1 : 1;
    if (keys->strengths[x] > keys->strengths[y] || keys->strengths[x] < keys->strengths[y])
        return keys->strengths[x] > keys->strengths[y] ? -1 : 1;
    return (x > y) - (x < y);
}

ng_status ng_summary_order(ng_ctx *cx, const ng_graph *graph, const ng_scores *scores,
                           uint32_t **order_out)
{
    sort_keys keys = { ng_scores_get(scores, NG_MEASURE_STRENGTH),
                       ng_scores_get(scores, NG_MEASURE_COMMUNITY) };

    if (!keys.strengths || !keys.communities)
        return ng_fail(cx, NG_E_USAGE, "a summary is written with strength and community");
    return ng_nodes_sort(cx, ng_graph_node_count(graph), compare_nodes, &keys, order_out);
}

static void put_all(const digest *work, ng_table_format format)
{
    if (format == NG_TABLE_JSON)
        put_json(work);
    else if (format != NG_TABLE_ALIGNED)
        put_separated(work, format == NG_TABLE_CSV);
    if (format != NG_TABLE_ALIGNED)
        return;
    ng_summary_put_sentences(work->pen, work->graph, work->summary);
    put_communities(work);
}

ng_status ng_summary_write(ng_ctx *cx, const ng_graph *graph, const ng_scores *scores,
                           const ng_summary *summary, ng_table_format format, ng_output *output)
{
    uint32_t *order = NULL;
    ng_buffer bytes;
    ng_pen pen;
    digest work = { .graph = graph,
                    .summary = summary,
                    .communities = ng_scores_get(scores, NG_MEASURE_COMMUNITY),
                    .pen = &pen };
    ng_status status = ng_summary_order(cx, graph, scores, &order);

    if (status != NG_OK)
        return status;
    work.order = order;
    ng_buffer_init(&bytes, SIZE_MAX / 2);
    ng_pen_init(&pen, cx, &bytes, output);
    put_all(&work, format);
    status = ng_pen_finish(&pen);
    ng_buffer_destroy(cx, &bytes);
    ng_free(cx, order);
    return status;
}
