/* ng_graph_verify: are the quotes of a graph still in the documents, byte for byte? */
#include "run_internal.h"

#include <assert.h>

/* A quote by its document. */
typedef struct shown {
    const ng_evidence *quote;
    uint32_t document; /* among the names */
    bool was_seen;     /* its document was read */
} shown;

typedef struct verifying {
    ng_ctx *cx;
    ng_intern *documents;
    shown *quotes; /* sorted by document */
    size_t count;
    size_t *start; /* of each document, document_count + 1 */
    ng_verify_say *say;
    void *user;
    ng_verify_counts counts;
} verifying;

static int compare_shown(const void *a, const void *b, void *user)
{
    const shown *left = a, *right = b;

    (void)user;
    if (left->document != right->document)
        return left->document < right->document ? -1 : 1;
    return (left->quote->byte_start > right->quote->byte_start) -
           (left->quote->byte_start < right->quote->byte_start);
}

/* Lists the quotes of all edges by document. */
static ng_status list_quotes(verifying *work, const ng_graph *graph)
{
    size_t capacity = 0, at = 0;
    ng_status status = NG_OK;

    for (size_t i = 0; i < ng_graph_edge_count(graph) && status == NG_OK; i++) {
        size_t count = 0;
        const ng_evidence *quotes = ng_graph_evidence(graph, i, &count);

        status = ng_grow(work->cx, (void **)&work->quotes, &capacity, sizeof *work->quotes,
                         work->count + count, SIZE_MAX / 64, "quotes");
        for (size_t k = 0; k < count && status == NG_OK; k++) {
            shown *one = &work->quotes[work->count++];

            *one = (shown){ .quote = &quotes[k] };
            status = ng_intern_add(work->cx, work->documents, quotes[k].document, &one->document);
        }
    }
    if (status == NG_OK)
        status =
            ng_sort(work->cx, work->quotes, work->count, sizeof *work->quotes, compare_shown, NULL);
    work->start = ng_alloc(work->cx, (ng_intern_count(work->documents) + 2) * sizeof *work->start);
    if (status == NG_OK && !work->start)
        status = ng_fail(work->cx, NG_E_MEMORY, "no memory for %zu quotes", work->count);
    for (size_t i = 0; status == NG_OK && i <= ng_intern_count(work->documents); i++) {
        while (at < work->count && work->quotes[at].document < i)
            at++;
        work->start[i] = at;
    }
    return status;
}

/* True when the quote stands where it stood. */
static bool stands(const ng_evidence *quote, const ng_source_document *document)
{
    ng_view whole = quote->in_title ? document->title : document->text;

    return quote->byte_start <= quote->byte_end && quote->byte_end <= whole.size &&
           ng_view_equal(ng_view_part(whole, (size_t)quote->byte_start, (size_t)quote->byte_end),
                         quote->quote);
}

/* Looks the quotes of one document up in it. */
static void check_document(verifying *work, const ng_source_document *document)
{
    uint32_t id = 0;

    if (!ng_intern_find(work->documents, document->id, &id))
        return;
    for (size_t i = work->start[id]; i < work->start[id + 1]; i++) {
        shown *one = &work->quotes[i];

        if (one->was_seen)
            continue;
        one->was_seen = true;
        if (stands(one->quote, document)) {
            work->counts.right++;
        } else {
            work->counts.changed++;
            work->say(work->user, one->quote, true);
        }
    }
}

/* Reads all documents. */
static ng_status read_documents(verifying *work, const ng_options *options, const ng_inputs *inputs,
                                ng_report *report)
{
    ng_reader *reader = NULL;
    ng_status status = ng_reader_new(work->cx, options, inputs, &reader);

    while (status == NG_OK) {
        ng_source_document *document = NULL;

        status = ng_reader_next(work->cx, reader, report, &document);
        if (status != NG_OK || !document)
            break;
        status = ng_source_prepare(work->cx, options, document);
        if (status == NG_OK)
            check_document(work, document);
        else
            status = ng_reader_take_back(work->cx, reader, report, status);
        ng_source_free(work->cx, document);
        if (ng_ctx_is_cancelled(work->cx))
            status = ng_fail(work->cx, NG_E_LIMIT, "interrupted");
    }
    if (status == NG_OK)
        status = ng_reader_verdict(work->cx, reader);
    ng_reader_free(work->cx, reader);
    return status;
}

ng_status ng_graph_verify(ng_ctx *cx, const ng_graph *graph, const ng_options *options,
                          const ng_inputs *inputs, ng_verify_say *say, void *user,
                          ng_verify_counts *counts_out)
{
    verifying work = { .cx = cx, .say = say, .user = user };
    ng_report report = { 0 };
    ng_status status = ng_intern_new(cx, UINT32_MAX - 1, SIZE_MAX, &work.documents);

    if (status == NG_OK)
        status = list_quotes(&work, graph);
    if (status == NG_OK)
        status = read_documents(&work, options, inputs, &report);
    for (size_t i = 0; i < work.count && (status == NG_OK || status == NG_E_DATA); i++)
        if (!work.quotes[i].was_seen) {
            work.counts.missing++;
            say(user, work.quotes[i].quote, false);
        }
    *counts_out = work.counts;
    ng_free(cx, work.start);
    ng_free(cx, work.quotes);
    ng_intern_free(cx, work.documents);
    return status;
}
