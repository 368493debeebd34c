/* Any bytes as a file of user rules: read and looked up, or refused with a line. */
#define FUZZ_FILE
#include "fuzz.h"

#include "names/names.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    ng_sys sys;
    ng_names *names = NULL;
    ng_status status;
    size_t count = 0;
    ng_ctx *cx = ng_ctx_new();

    fuzz_must(cx != NULL, "memory");
    fuzz_set_file(cx, &sys, (ng_view){ (const char *)data, size });
    status = ng_names_new(cx, "fuzz.tsv", &names);
    fuzz_must(status == NG_OK || ng_ctx_error(cx)[0] != '\0', "a refusal says why");
    if (status == NG_OK) {
        const ng_rule *rules = ng_names_rules(names, &count);

        for (size_t i = 0; i < count; i++) {
            bool has_kind = rules[i].verb == NG_RULE_TYPE || rules[i].verb == NG_RULE_PATTERN;

            fuzz_must(rules[i].line > 0, "a line");
            fuzz_must(!has_kind || rules[i].kind < NG_KIND_COUNT, "a kind");
            if (rules[i].verb == NG_RULE_ALIAS || rules[i].verb == NG_RULE_IGNORE)
                fuzz_must(ng_names_rule(names, rules[i].verb, rules[i].a_folded) != NULL,
                          "a rule is found by its name");
        }
        ng_names_free(cx, names);
    }
    ng_ctx_free(cx);
    return 0;
}
