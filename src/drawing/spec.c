/* Reads what is to be drawn: node-link JSON as nergraph writes it, or anybody's that has `nodes`
 * with `id` and `edges` (or `links`) with `source` and `target`.
 *
 * An optional object "drawing" says how: format, title, engine, size_by, unit and limits. Nothing
 * is computed here but the tables that turn ids into indices. Values of the wrong type are errors
 * where drawing needs them (ids, ends) and ignored where it does not. */
#include "drawing_internal.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* Ids to indices: open addressing over a power of two, at most half full. */
typedef struct id_table {
    uint32_t *slots; /* index + 1, 0 = free */
    size_t mask;
} id_table;

/* FNV-1a: ids are ours and short; a bad mix costs time, which the caller limits. */
static uint64_t hash_text(draw_text text)
{
    uint64_t hash = 14695981039346656037u;

    for (size_t i = 0; i < text.size; i++)
        hash = (hash ^ (unsigned char)text.data[i]) * 1099511628211u;
    return hash ^ (hash >> 29);
}

/* Where `id` is in the table, or the free slot where it would be. */
static size_t slot_of(const id_table *table, const draw_node *nodes, draw_text id)
{
    size_t slot = (size_t)hash_text(id) & table->mask;

    while (table->slots[slot]) {
        draw_text other = nodes[table->slots[slot] - 1].id;
        if (other.size == id.size && memcmp(other.data, id.data, id.size) == 0)
            break;
        slot = (slot + 1) & table->mask;
    }
    return slot;
}

/* A member that is a string, else empty. */
static draw_text get_text(const json_t *object, const char *key)
{
    const json_t *value = json_object_get(object, key);

    if (!json_is_string(value))
        return (draw_text){ "", 0 };
    return (draw_text){ json_string_value(value), json_string_length(value) };
}

/* A member that is a finite number, else `otherwise`. */
static double get_number(const json_t *object, const char *key, double otherwise)
{
    const json_t *value = json_object_get(object, key);

    if (!json_is_number(value) || !isfinite(json_number_value(value)))
        return otherwise;
    return json_number_value(value);
}

/* A member that is a positive integer, else 0. */
static uint64_t get_count(const json_t *object, const char *key)
{
    json_int_t value = json_integer_value(json_object_get(object, key));

    return value > 0 ? (uint64_t)value : 0;
}

/* A string member without zero bytes, or NULL. */
static const char *get_word(const json_t *object, const char *key)
{
    draw_text text = get_text(object, key);

    return text.size && !memchr(text.data, 0, text.size) ? text.data : NULL;
}

/* How the picture is asked for; everything has a default. */
static void read_drawing(draw_spec *spec)
{
    const json_t *drawing = json_object_get(spec->root, "drawing");
    const json_t *limits = json_object_get(drawing, "limits");

    spec->format = get_word(drawing, "format");
    spec->engine = get_word(drawing, "engine");
    spec->size_by = get_word(drawing, "size_by");
    if (!spec->size_by)
        spec->size_by = "strength";
    spec->theme =
        draw_theme_find(get_word(drawing, "theme") ? get_word(drawing, "theme") : "light");
    spec->is_by_community =
        get_word(drawing, "color_by") && strcmp(get_word(drawing, "color_by"), "community") == 0;
    spec->has_name_limit = json_is_integer(json_object_get(drawing, "labels"));
    spec->name_limit = get_count(drawing, "labels");
    spec->title = get_text(drawing, "title");
    spec->note = get_text(drawing, "note");
    spec->unit = get_text(drawing, "unit");
    spec->limit_nodes = get_count(limits, "nodes");
    spec->limit_seconds = get_count(limits, "seconds");
    spec->limit_bytes = get_count(limits, "bytes");
}

/* What became of a node or edge; that there is such a thing makes the picture a difference. */
static draw_change read_change(draw_spec *spec, const json_t *json)
{
    const char *change = get_word(json, "change");

    spec->has_changes = spec->has_changes || change;
    return draw_change_find(change ? change : "");
}

/* One node; its id must be a string that no other node has. */
static int read_node(draw_spec *spec, size_t index, id_table *table)
{
    const json_t *json = json_array_get(json_object_get(spec->root, "nodes"), index);
    draw_node *node = &spec->nodes[index];
    const char *kind = get_word(json, "kind");
    size_t slot = 0;

    if (!json_is_string(json_object_get(json, "id")))
        return draw_fail(DRAW_DATA, "nodes[%zu]: no \"id\" that is a string", index);
    node->json = json;
    node->id = get_text(json, "id");
    node->label = get_text(json, "label");
    if (!node->label.size)
        node->label = get_text(json, "name");
    if (!node->label.size)
        node->label = node->id;
    node->kind = draw_kind_find(kind ? kind : "");
    node->mentions = get_number(json, "mentions", 0);
    node->score = -1;
    node->change = read_change(spec, json);
    node->community = get_count(json, "community");
    node->is_named = true;
    slot = slot_of(table, spec->nodes, node->id);
    if (table->slots[slot])
        return draw_fail(DRAW_DATA, "nodes[%zu]: same \"id\" as nodes[%u]", index,
                         table->slots[slot] - 1);
    table->slots[slot] = (uint32_t)index + 1;
    return DRAW_OK;
}

/* The node that one end of an edge names. */
static int read_end(const draw_spec *spec, const id_table *table, size_t index, const char *key,
                    uint32_t *node_out)
{
    const json_t *json = spec->edges[index].json;
    uint32_t found = 0;

    if (json_is_string(json_object_get(json, key)))
        found = table->slots[slot_of(table, spec->nodes, get_text(json, key))];
    if (!found)
        return draw_fail(DRAW_DATA, "edges[%zu]: \"%s\" is not the id of a node", index, key);
    *node_out = found - 1;
    return DRAW_OK;
}

/* Weights and the scores that sizes show; a node without that score gets the sum of its weights
 * when nobody has one. */
static void read_scores(draw_spec *spec)
{
    bool has_score = false;
    double min_weight = HUGE_VAL;

    for (size_t i = 0; i < spec->node_count; i++) {
        double score = get_number(spec->nodes[i].json, spec->size_by, -1);
        spec->nodes[i].score = score > 0 ? score : 0;
        has_score = has_score || score >= 0;
    }
    for (size_t i = 0; i < spec->edge_count; i++) {
        draw_edge *edge = &spec->edges[i];
        double weight = get_number(edge->json, "weight", 1);
        edge->weight = weight > 0 ? weight : 0;
        if (edge->weight > spec->max_weight)
            spec->max_weight = edge->weight;
        min_weight = fmin(min_weight, edge->weight);
        if (!has_score) {
            spec->nodes[edge->source].score += edge->weight;
            spec->nodes[edge->target].score += edge->weight;
        }
    }
    spec->full_weight = min_weight < spec->max_weight ? spec->max_weight : 4 * spec->max_weight;
    if (!has_score)
        spec->size_by = "strength";
    for (size_t i = 0; i < spec->node_count; i++)
        if (spec->nodes[i].score > spec->max_score)
            spec->max_score = spec->nodes[i].score;
}

/* Nodes, edges and the table that joins them. */
static int read_graph(draw_spec *spec, const json_t *edges, id_table *table)
{
    int code = DRAW_OK;

    for (size_t i = 0; i < spec->node_count && code == DRAW_OK; i++)
        code = read_node(spec, i, table);
    for (size_t i = 0; i < spec->edge_count && code == DRAW_OK; i++) {
        spec->edges[i].json = json_array_get(edges, i);
        spec->edges[i].change = read_change(spec, spec->edges[i].json);
        code = read_end(spec, table, i, "source", &spec->edges[i].source);
        if (code == DRAW_OK)
            code = read_end(spec, table, i, "target", &spec->edges[i].target);
    }
    if (code == DRAW_OK)
        read_scores(spec);
    return code;
}

/* Allocates the arrays for what the file holds and fills them. */
static int read_members(draw_spec *spec)
{
    const json_t *nodes = json_object_get(spec->root, "nodes");
    const json_t *edges = json_object_get(spec->root, "edges");
    id_table table = { NULL, 1 };
    int code = DRAW_OK;

    if (!json_is_array(edges))
        edges = json_object_get(spec->root, "links");
    if (!json_is_array(nodes) || !json_is_array(edges))
        return draw_fail(DRAW_DATA, "no node-link JSON: it needs the arrays \"nodes\" and "
                                    "\"edges\" (nergraph graph -o net.json writes it)");
    spec->node_count = json_array_size(nodes);
    spec->edge_count = json_array_size(edges);
    if (spec->node_count > INT32_MAX / 4 || spec->edge_count > INT32_MAX / 4)
        return draw_fail(DRAW_LIMIT, "too many nodes or edges to draw: %zu, %zu", spec->node_count,
                         spec->edge_count);
    while (table.mask < 2 * spec->node_count)
        table.mask *= 2;
    spec->nodes = calloc(spec->node_count + 1, sizeof *spec->nodes);
    spec->edges = calloc(spec->edge_count + 1, sizeof *spec->edges);
    table.slots = calloc(table.mask, sizeof *table.slots);
    table.mask--;
    if (!spec->nodes || !spec->edges || !table.slots)
        code = draw_fail(DRAW_MEMORY, "no memory for %zu nodes and %zu edges", spec->node_count,
                         spec->edge_count);
    else
        code = read_graph(spec, edges, &table);
    free(table.slots);
    return code;
}

/* ---- panels ---- */

/* An index below the number of nodes, or the number itself. */
static size_t index_at(const draw_spec *spec, const json_t *list, size_t place)
{
    const json_t *value = json_array_get(list, place);
    json_int_t index = json_is_integer(value) ? json_integer_value(value) : -1;

    return index >= 0 && (size_t)index < spec->node_count ? (size_t)index : spec->node_count;
}

/* A number that is not negative, else 0. */
static double number_at(const json_t *list, size_t place)
{
    const json_t *value = json_array_get(list, place);
    double number = json_is_number(value) ? json_number_value(value) : 0;

    return isfinite(number) && number > 0 ? number : 0;
}

/* One panel: {"name", "scores": [[node, score]...], "edges": [[node, node, weight]...]}. */
static int read_panel(draw_spec *spec, const json_t *from, draw_panel *panel)
{
    const json_t *scores = json_object_get(from, "scores");
    const json_t *edges = json_object_get(from, "edges");

    panel->name = get_text(from, "name");
    panel->scores = calloc(spec->node_count + 1, sizeof *panel->scores);
    panel->edges = calloc(json_array_size(edges) + 1, sizeof *panel->edges);
    if (!panel->scores || !panel->edges)
        return draw_fail(DRAW_MEMORY, "no memory for a panel");
    for (size_t i = 0; i < spec->node_count; i++)
        panel->scores[i] = -1;
    for (size_t i = 0; i < json_array_size(scores); i++) {
        const json_t *pair = json_array_get(scores, i);
        size_t node = index_at(spec, pair, 0);

        if (node < spec->node_count)
            panel->scores[node] = number_at(pair, 1);
    }
    for (size_t i = 0; i < json_array_size(edges); i++) {
        const json_t *triple = json_array_get(edges, i);
        size_t a = index_at(spec, triple, 0), b = index_at(spec, triple, 1);

        if (a < spec->node_count && b < spec->node_count && panel->scores[a] >= 0 &&
            panel->scores[b] >= 0)
            panel->edges[panel->edge_count++] = (draw_edge){ .source = (uint32_t)a,
                                                             .target = (uint32_t)b,
                                                             .weight = number_at(triple, 2) };
    }
    return DRAW_OK;
}

/* All panels. Sizes and widths have one scale: the largest of any panel. */
static int read_panels(draw_spec *spec)
{
    const json_t *panels = json_object_get(spec->root, "panels");
    int code = DRAW_OK;

    if (json_array_size(panels) == 0)
        return DRAW_OK;
    spec->panels = calloc(json_array_size(panels), sizeof *spec->panels);
    if (!spec->panels)
        return draw_fail(DRAW_MEMORY, "no memory for %zu panels", json_array_size(panels));
    spec->max_score = spec->max_weight = 0;
    for (size_t i = 0; i < spec->node_count; i++)
        spec->nodes[i].score = 0;
    for (size_t i = 0; i < json_array_size(panels) && code == DRAW_OK; i++) {
        draw_panel *panel = &spec->panels[spec->panel_count++];

        code = read_panel(spec, json_array_get(panels, i), panel);
        for (size_t k = 0; k < spec->node_count && code == DRAW_OK; k++)
            spec->nodes[k].score = fmax(spec->nodes[k].score, panel->scores[k]);
        for (size_t k = 0; k < panel->edge_count && code == DRAW_OK; k++)
            spec->max_weight = fmax(spec->max_weight, panel->edges[k].weight);
    }
    for (size_t i = 0; i < spec->node_count; i++)
        spec->max_score = fmax(spec->max_score, spec->nodes[i].score);
    spec->full_weight = spec->max_weight;
    return code;
}

int draw_spec_read(const char *data, size_t size, draw_spec *spec_out)
{
    draw_spec spec = { 0 };
    json_error_t error;
    int code = DRAW_OK;

    spec.root = json_loadb(data, size, JSON_ALLOW_NUL, &error);
    if (!spec.root)
        return draw_fail(json_error_code(&error) == json_error_out_of_memory ? DRAW_MEMORY
                                                                             : DRAW_DATA,
                         "input line %d: %s", error.line, error.text);
    read_drawing(&spec);
    code = read_members(&spec);
    if (code == DRAW_OK)
        code = read_panels(&spec);
    if (code == DRAW_OK)
        *spec_out = spec;
    else
        draw_spec_destroy(&spec);
    return code;
}

void draw_spec_destroy(draw_spec *spec)
{
    for (size_t i = 0; i < spec->panel_count; i++) {
        free(spec->panels[i].scores);
        free(spec->panels[i].edges);
    }
    free(spec->panels);
    free(spec->nodes);
    free(spec->edges);
    json_decref(spec->root);
    *spec = (draw_spec){ 0 };
}
