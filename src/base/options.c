/* The documented defaults of a run, and the names of kinds and forms. */
#include "base_internal.h"

#include <nergraph/options.h>

void ng_options_init(ng_options *options)
{
    *options = (ng_options){
        .kinds = 1u << NG_KIND_PERSON | 1u << NG_KIND_COUNTRY | 1u << NG_KIND_PLACE,
        .states = NG_STATES_DEMONYMS,
        .scope = NG_SCOPE_SENTENCE,
        .window = 1,
        .scope_is_wish = true,
        .weight = NG_WEIGHT_COUNT,
        .keep_isolates = true,
        .evidence_limit = 8,
        .document_bytes = (uint64_t)64 << 20,
        .date_from = NG_DATE_FROM_METADATA | NG_DATE_FROM_NAME,
        .pdf_seconds = 60,
        .pdf_bytes = (uint64_t)1 << 30,
        .unpack_ratio = 250,
        .boilerplate_documents = 5,
        .sentence_bytes = 10000,
        .node_limit = 10000000,
    };
}

static const char *const kind_names[NG_KIND_COUNT] = {
    [NG_KIND_PERSON] = "person", [NG_KIND_COUNTRY] = "country",
    [NG_KIND_PLACE] = "place",   [NG_KIND_ORGANIZATION] = "organization",
    [NG_KIND_PEOPLE] = "people",
};

static const char *const form_names[NG_FORM_COUNT] = {
    [NG_FORM_NAME] = "name",       [NG_FORM_DEMONYM] = "demonym", [NG_FORM_ALIAS] = "alias",
    [NG_FORM_METONYM] = "metonym", [NG_FORM_LONGER] = "longer",
};

const char *ng_kind_name(ng_kind kind)
{
    return (unsigned)kind < NG_KIND_COUNT ? kind_names[kind] : "unknown";
}

bool ng_kind_find(ng_view name, ng_kind *kind_out)
{
    for (int kind = 0; kind < NG_KIND_COUNT; kind++)
        if (ng_view_equal(name, ng_view_of(kind_names[kind]))) {
            *kind_out = (ng_kind)kind;
            return true;
        }
    return false;
}

const char *ng_form_name(ng_form form)
{
    return (unsigned)form < NG_FORM_COUNT ? form_names[form] : "unknown";
}

const char *ng_weight_name(ng_weight weight)
{
    static const char *const names[] = { "count",  "documents", "npmi",       "jaccard",
                                         "cosine", "g2",        "association" };

    return (unsigned)weight < sizeof names / sizeof *names ? names[weight] : "unknown";
}
