/* Dynamic GEXF: a network through time, for Gephi.
 *
 * Every actor and tie has a spell for each period in which it occurs; a tie's weight is that of the
 * period. The weight stands in a block of dynamic attributes: in the static one Gephi sets every
 * weight to 1. A period ends where the next begins: a spell whose ends are equal is none. */
#include "writers_internal.h"

#include <assert.h>
#include <stdlib.h>

enum { DATE_BYTES = 16 };

/* When a part begins and ends: "2024-02-01". */
typedef struct period {
    char start[DATE_BYTES], end[DATE_BYTES];
} period;

/* A file in the making. */
typedef struct dynamic {
    ng_pen *pen;
    const ng_graph *whole;
    const ng_graph *const *parts;
    size_t part_count;
    period *periods;
    const ng_edge **here; /* of each part: the edge that is put, or NULL */
    uint32_t **places;    /* of each part: the node of the part for each node of the whole */
} dynamic;

/* ---- dates ---- */

/* Days since 1970-01-01 of a date of the Gregorian calendar, and back. */
static long days_of(long year, long month, long day)
{
    long shifted = month <= 2 ? year - 1 : year; /* the year begins in March */
    long era = (shifted >= 0 ? shifted : shifted - 399) / 400, of_era = shifted - era * 400;
    long of_year = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1;

    return era * 146097 + of_era * 365 + of_era / 4 - of_era / 100 + of_year - 719468;
}

static void write_date(long days, char out[DATE_BYTES])
{
    long shifted = days + 719468, era = (shifted >= 0 ? shifted : shifted - 146096) / 146097;
    long of_era = shifted - era * 146097;
    long year = (of_era - of_era / 1460 + of_era / 36524 - of_era / 146096) / 365;
    long of_year = of_era - (365 * year + year / 4 - year / 100), shifted_month = 0;

    shifted_month = (5 * of_year + 2) / 153;
    year += era * 400 + (shifted_month >= 10);
    if (year > 9999) { /* behind the last year that a date has: open */
        out[0] = '\0';
        return;
    }
    (void)snprintf(out, DATE_BYTES, "%04d-%02d-%02d", (int)(year % 10000),
                   (int)(shifted_month < 10 ? shifted_month + 3 : shifted_month - 9),
                   (int)(of_year - (153 * shifted_month + 2) / 5 + 1));
}

/* The Monday of a week of ISO 8601: the first has January 4th. */
static long monday_of(long year, long week)
{
    long fourth = days_of(year, 1, 4);

    return fourth - (fourth + 3) % 7 + 7 * (week - 1); /* 1970-01-01 was a Thursday */
}

/* The period of a name: "2024", "2024-02", "2024-W08", "2024-02-21"; false for any other. */
static bool find_period(const char *name, period *out)
{
    unsigned year = 0, second = 0, day = 0;
    int end = 0;
    long start = 0, after = 0;

    if (sscanf(name, "%4u-W%2u%n", &year, &second, &end) == 2 && name[end] == '\0') {
        start = monday_of(year, second);
        after = start + 7;
    } else if (sscanf(name, "%4u-%2u-%2u%n", &year, &second, &day, &end) == 3 &&
               name[end] == '\0') {
        start = days_of(year, second, day);
        after = start + 1;
    } else if (sscanf(name, "%4u-%2u%n", &year, &second, &end) == 2 && name[end] == '\0') {
        start = days_of(year, second, 1);
        after = second == 12 ? days_of(year + 1, 1, 1) : days_of(year, second + 1, 1);
    } else if (sscanf(name, "%4u%n", &year, &end) == 1 && name[end] == '\0') {
        start = days_of(year, 1, 1);
        after = days_of(year + 1, 1, 1);
    } else {
        return false;
    }
    write_date(start, out->start);
    write_date(after, out->end);
    return true;
}

/* ---- the file ---- */

static void put_times(const dynamic *of, size_t part)
{
    ng_pen_put(of->pen, " start=\"");
    ng_pen_put(of->pen, of->periods[part].start);
    if (of->periods[part].end[0] != '\0')
        ng_pen_put(of->pen, "\" end=\"");
    ng_pen_put(of->pen, of->periods[part].end);
    ng_pen_put(of->pen, "\"/>");
}

/* False for an actor of documents without a date alone: a node without a spell would always be
 * there. */
static bool has_time(const dynamic *of, size_t index)
{
    for (size_t i = 0; i < of->part_count; i++)
        if (of->places[i][index] != UINT32_MAX)
            return true;
    return false;
}

static void put_node(const dynamic *of, size_t index)
{
    const ng_node *node = ng_graph_node(of->whole, index);

    if (!has_time(of, index))
        return;
    ng_pen_put(of->pen, "      <node id=\"");
    ng_pen_xml(of->pen, node->id);
    ng_pen_put(of->pen, "\" label=\"");
    ng_pen_xml(of->pen, node->label);
    ng_pen_put(of->pen, "\"><attvalues><attvalue for=\"kind\" value=\"");
    ng_pen_put(of->pen, ng_kind_name(node->kind));
    ng_pen_put(of->pen, "\"/></attvalues><spells>");
    for (size_t i = 0; i < of->part_count; i++)
        if (of->places[i][index] != UINT32_MAX) {
            ng_pen_put(of->pen, "<spell");
            put_times(of, i);
        }
    ng_pen_put(of->pen, "</spells></node>\n");
}

/* The edge of a part between two nodes of the whole, or NULL. */
static const ng_edge *find_edge(const dynamic *of, size_t part, const ng_edge *edge)
{
    uint32_t a = of->places[part][edge->source], b = of->places[part][edge->target];
    size_t found = SIZE_MAX;

    if (a != UINT32_MAX && b != UINT32_MAX)
        found = ng_graph_find_edge(of->parts[part], a, b);
    return found == SIZE_MAX ? NULL : ng_graph_edge(of->parts[part], found);
}

static void put_edge(const dynamic *of, size_t index)
{
    const ng_edge *edge = ng_graph_edge(of->whole, index);
    bool is_found = false;

    for (size_t i = 0; i < of->part_count; i++) {
        of->here[i] = find_edge(of, i, edge);
        is_found = is_found || of->here[i];
    }
    if (!is_found)
        return;
    ng_pen_put(of->pen, "      <edge id=\"e");
    ng_pen_unsigned(of->pen, index + 1);
    ng_pen_put(of->pen, "\" source=\"");
    ng_pen_xml(of->pen, ng_graph_node(of->whole, edge->source)->id);
    ng_pen_put(of->pen, "\" target=\"");
    ng_pen_xml(of->pen, ng_graph_node(of->whole, edge->target)->id);
    ng_pen_put(of->pen, "\"><attvalues>");
    for (size_t i = 0; i < of->part_count; i++) {
        if (!of->here[i])
            continue;
        ng_pen_put(of->pen, "<attvalue for=\"weight\" value=\"");
        ng_pen_weight(of->pen, of->here[i]->weight);
        ng_pen_put(of->pen, "\"");
        put_times(of, i);
    }
    ng_pen_put(of->pen, "</attvalues><spells>");
    for (size_t i = 0; i < of->part_count; i++)
        if (of->here[i]) {
            ng_pen_put(of->pen, "<spell");
            put_times(of, i);
        }
    ng_pen_put(of->pen, "</spells></edge>\n");
}

static void put_all(const dynamic *of)
{
    ng_pen *pen = of->pen;

    ng_pen_put(pen, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
                    "<gexf xmlns=\"http://gexf.net/1.3\" version=\"1.3\">\n");
    ng_gexf_put_meta(pen, of->whole, NULL);
    ng_pen_put(pen, "  <graph defaultedgetype=\"undirected\" "
                    "mode=\"dynamic\" timeformat=\"date\" timerepresentation=\"interval\">\n"
                    "    <attributes class=\"node\" mode=\"static\">\n"
                    "      <attribute id=\"kind\" title=\"kind\" type=\"string\"/>\n"
                    "    </attributes>\n    <attributes class=\"edge\" mode=\"dynamic\">\n"
                    "      <attribute id=\"weight\" title=\"weight\" type=\"double\"/>\n"
                    "    </attributes>\n    <nodes>\n");
    for (size_t i = 0; i < ng_graph_node_count(of->whole) && pen->status == NG_OK; i++)
        put_node(of, i);
    ng_pen_put(pen, "    </nodes>\n    <edges>\n");
    for (size_t i = 0; i < ng_graph_edge_count(of->whole) && pen->status == NG_OK; i++)
        put_edge(of, i);
    ng_pen_put(pen, "    </edges>\n  </graph>\n</gexf>\n");
}

/* ---- the whole ---- */

/* Where the nodes of the whole are in a part. */
static ng_status find_places(ng_ctx *cx, dynamic *of, size_t part)
{
    size_t all = ng_graph_node_count(of->whole), count = ng_graph_node_count(of->parts[part]);
    uint32_t *match = ng_alloc(cx, (count + 1) * sizeof *match);
    ng_status status = NG_OK;

    of->places[part] = ng_alloc(cx, (all + 1) * sizeof **of->places);
    if (!match || !of->places[part])
        status = ng_fail(cx, NG_E_MEMORY, "no memory for %zu actors", all);
    if (status == NG_OK)
        status = ng_graph_match(cx, of->parts[part], of->whole, match);
    for (size_t i = 0; i < all && status == NG_OK; i++)
        of->places[part][i] = UINT32_MAX;
    for (size_t i = 0; i < count && status == NG_OK; i++)
        if (match[i] != UINT32_MAX)
            of->places[part][match[i]] = (uint32_t)i;
    ng_free(cx, match);
    return status;
}

/* Periods and places of all parts. */
static ng_status prepare(ng_ctx *cx, dynamic *of, const char *const *names)
{
    ng_status status = NG_OK;

    of->periods = ng_alloc(cx, (of->part_count + 1) * sizeof *of->periods);
    of->places = ng_alloc(cx, (of->part_count + 1) * sizeof *of->places);
    of->here = ng_alloc(cx, (of->part_count + 1) * sizeof *of->here);
    if (!of->periods || !of->places || !of->here)
        status = ng_fail(cx, NG_E_MEMORY, "no memory for %zu parts", of->part_count);
    for (size_t i = 0; i < of->part_count && of->places; i++)
        of->places[i] = NULL;
    for (size_t i = 0; i < of->part_count && status == NG_OK; i++) {
        if (!find_period(names[i], &of->periods[i]))
            status = ng_fail(cx, NG_E_USAGE,
                             "%s is no time; dynamic GEXF needs parts by --period, not by number",
                             names[i]);
        else
            status = find_places(cx, of, i);
    }
    return status;
}

ng_status ng_series_write_gexf(ng_ctx *cx, const ng_graph *whole, const ng_graph *const *parts,
                               const char *const *names, size_t part_count, const char *path)
{
    ng_buffer bytes;
    ng_pen pen;
    ng_output *output = NULL;
    dynamic of = { .pen = &pen, .whole = whole, .parts = parts, .part_count = part_count };
    ng_status status = prepare(cx, &of, names);

    if (status == NG_OK)
        status = ng_output_open(cx, path, &output);
    if (status == NG_OK) {
        ng_buffer_init(&bytes, SIZE_MAX / 2);
        ng_pen_init(&pen, cx, &bytes, output);
        put_all(&of);
        status = ng_pen_finish(&pen);
        ng_buffer_destroy(cx, &bytes);
        if (status == NG_OK)
            status = ng_output_commit(cx, output);
        else
            ng_output_discard(cx, output);
    }
    for (size_t i = 0; i < part_count && of.places; i++)
        ng_free(cx, of.places[i]);
    ng_free(cx, of.places);
    ng_free(cx, (void *)of.here);
    ng_free(cx, of.periods);
    return status;
}
