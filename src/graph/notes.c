/* Notes: how a graph was made, as keys and values of text in fixed order.
 *
 * They travel with the graph into every file format, so that a file says by itself which program,
 * which dictionaries and which options made it, and what its weights count. Nothing in them depends
 * on the machine, the time or the number of threads. */
#include "graph_internal.h"

/* What the values are made from. */
typedef struct sources {
    const ng_options *options;
    const ng_names *names;
    const ng_totals *totals;
} sources;

static ng_status write_program(ng_ctx *cx, const sources *from, ng_buffer *out)
{
    (void)from;
    return ng_buffer_format(cx, out, "nergraph %s", ng_version());
}

static ng_status write_data(ng_ctx *cx, const sources *from, ng_buffer *out)
{
    return ng_buffer_add(cx, out, ng_view_of(from->totals->data_hash));
}

static ng_status write_model(ng_ctx *cx, const sources *from, ng_buffer *out)
{
    return ng_buffer_add(cx, out, ng_view_of(from->totals->model_hash));
}

static ng_status write_rules(ng_ctx *cx, const sources *from, ng_buffer *out)
{
    return ng_buffer_add(cx, out, ng_view_of(from->totals->rules_hash));
}

static ng_status write_scope(ng_ctx *cx, const sources *from, ng_buffer *out)
{
    unsigned window = from->options->window;

    switch (from->options->scope) {
    case NG_SCOPE_SENTENCE:
        return ng_buffer_add(cx, out, NG_VIEW("sentence"));
    case NG_SCOPE_PARAGRAPH:
        return ng_buffer_add(cx, out, NG_VIEW("paragraph"));
    case NG_SCOPE_SENTENCES:
        return ng_buffer_format(cx, out, "window of %u sentences", window);
    case NG_SCOPE_TOKENS:
        return ng_buffer_format(cx, out, "window of %u tokens", window);
    case NG_SCOPE_DOCUMENT:
        return ng_buffer_add(cx, out, NG_VIEW("document"));
    }
    return ng_fail(cx, NG_E_BUG, "unknown scope %d", (int)from->options->scope);
}

/* The kinds that are shown. */
static ng_status write_types(ng_ctx *cx, const sources *from, ng_buffer *out)
{
    ng_status status = NG_OK;

    for (int kind = 0; kind < NG_KIND_COUNT && status == NG_OK; kind++) {
        if (!(from->options->kinds >> kind & 1u))
            continue;
        if (out->size > 0)
            status = ng_buffer_add_byte(cx, out, ',');
        if (status == NG_OK)
            status = ng_buffer_add(cx, out, ng_view_of(ng_kind_name((ng_kind)kind)));
    }
    return status;
}

static ng_status write_states(ng_ctx *cx, const sources *from, ng_buffer *out)
{
    static const char *const names[] = { "names", "demonyms", "metonyms" };

    return ng_buffer_add(cx, out, ng_view_of(names[from->options->states]));
}

static ng_status write_pronouns(ng_ctx *cx, const sources *from, ng_buffer *out)
{
    return ng_buffer_add(cx, out,
                         from->options->pronouns ? NG_VIEW("counted") : NG_VIEW("left out"));
}

static ng_status write_weight(ng_ctx *cx, const sources *from, ng_buffer *out)
{
    return ng_buffer_add(cx, out, ng_view_of(ng_weight_name(from->options->weight)));
}

/* What a weight of 1 stands for. */
static ng_status write_unit(ng_ctx *cx, const sources *from, ng_buffer *out)
{
    static const char *const words[] = { [NG_WEIGHT_NPMI] = "normalized mutual information",
                                         [NG_WEIGHT_JACCARD] = "Jaccard index",
                                         [NG_WEIGHT_COSINE] = "cosine",
                                         [NG_WEIGHT_G2] = "log-likelihood ratio",
                                         [NG_WEIGHT_ASSOCIATION] =
                                             "observed over expected number" };
    unsigned window = from->options->window;
    ng_status status = NG_OK;

    if (from->options->weight > NG_WEIGHT_DOCUMENTS)
        return ng_buffer_format(cx, out, "%s of the units", words[from->options->weight]);
    if (from->options->scope == NG_SCOPE_DOCUMENT)
        return ng_buffer_add(cx, out, NG_VIEW("documents with both actors"));
    if (from->options->weight == NG_WEIGHT_DOCUMENTS) {
        status = ng_buffer_add(cx, out, NG_VIEW("documents with both actors in one "));
        return status == NG_OK ? write_scope(cx, from, out) : status;
    }
    switch (from->options->scope) {
    case NG_SCOPE_SENTENCES:
        return ng_buffer_format(cx, out, "windows of %u sentences with both actors", window);
    case NG_SCOPE_TOKENS:
        return ng_buffer_format(cx, out, "windows of %u tokens with both actors", window);
    case NG_SCOPE_PARAGRAPH:
        return ng_buffer_add(cx, out, NG_VIEW("paragraphs with both actors"));
    default:
        return ng_buffer_add(cx, out, NG_VIEW("sentences with both actors"));
    }
}

static ng_status write_isolates(ng_ctx *cx, const sources *from, ng_buffer *out)
{
    return ng_buffer_add(cx, out,
                         from->options->keep_isolates ? NG_VIEW("kept") : NG_VIEW("dropped"));
}

static ng_status write_documents(ng_ctx *cx, const sources *from, ng_buffer *out)
{
    return ng_buffer_add_unsigned(cx, out, from->totals->document_count);
}

static ng_status write_units(ng_ctx *cx, const sources *from, ng_buffer *out)
{
    return ng_buffer_add_unsigned(cx, out,
                                  from->totals->unit_count[ng_scopes_shown(from->options)]);
}

ng_status ng_notes_add(ng_ctx *cx, ng_draft *draft, const ng_options *options,
                       const ng_names *names, const ng_totals *totals)
{
    static const struct {
        const char *key;
        ng_status (*write)(ng_ctx *cx, const sources *from, ng_buffer *out);
    } notes[] = {
        { "program", write_program },   { "data", write_data },
        { "model", write_model },       { "rules", write_rules },
        { "scope", write_scope },       { "types", write_types },
        { "states", write_states },     { "pronouns", write_pronouns },
        { "weight", write_weight },     { "unit", write_unit },
        { "isolates", write_isolates }, { "documents", write_documents },
        { "units", write_units },
    };
    const sources from = { options, names, totals };
    ng_status status = NG_OK;

    for (size_t i = 0; i < sizeof notes / sizeof *notes && status == NG_OK; i++) {
        ng_buffer value;

        ng_buffer_init(&value, 4096);
        status = notes[i].write(cx, &from, &value);
        if (status == NG_OK)
            status = ng_draft_add_note(cx, draft, ng_view_of(notes[i].key), ng_buffer_view(&value));
        ng_buffer_destroy(cx, &value);
    }
    return status;
}
