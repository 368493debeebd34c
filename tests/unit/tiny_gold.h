/* A dozen annotated sentences with invented names, and the model that they teach. */
#ifndef NG_TEST_TINY_GOLD_H
#define NG_TEST_TINY_GOLD_H

#include "faults.h"

#include <nergraph/training.h>

static const char tiny_gold[] =
    "{\"id\":\"a\",\"text\":\"Quorvel met Tibbuk in Zanthia. Quorvel lives in Zanthia. Yesterday "
    "Tibbuk spoke to Quorvel.\",\"entities\":[[0,7,\"PER\"],[12,18,\"PER\"],[22,29,\"LOC\"],"
    "[31,38,\"PER\"],[48,55,\"LOC\"],[67,73,\"PER\"],[83,90,\"PER\"]]}\n"
    "{\"id\":\"b\",\"text\":\"Zanthia is a town near Morluk. The Brindle Company sells bread in "
    "Zanthia.\",\"entities\":[[0,7,\"LOC\"],[23,29,\"LOC\"],[35,50,\"ORG\"],[66,73,\"LOC\"]]}\n"
    "{\"id\":\"c\",\"text\":\"Tibbuk left Morluk on Monday. People in Morluk like Tibbuk. It "
    "rained "
    "and nobody came.\",\"entities\":[[0,6,\"PER\"],[12,18,\"LOC\"],[40,46,\"LOC\"],"
    "[52,58,\"PER\"]]}\n"
    "{\"id\":\"d\",\"text\":\"Quorvel said that Zanthia was cold. The Brindle Company hired "
    "Tibbuk. "
    "He saw Quorvel in Morluk.\",\"entities\":[[0,7,\"PER\"],[18,25,\"LOC\"],[40,55,\"ORG\"],"
    "[62,68,\"PER\"],[77,84,\"PER\"],[88,94,\"LOC\"]]}\n";

/* Options of a short training on one thread. */
static inline void test_train_options(ng_train_options *options, const char *const *gold_path)
{
    ng_train_options_init(options);
    options->gold_paths = gold_path;
    options->gold_count = 1;
    options->thread_count = 1;
}

/* Trains on the sentences above: FOLDER/tiny.ngm. */
static inline void test_train_tiny(ng_ctx *cx, const char *folder)
{
    char gold[512], model[512];
    const char *path = gold;
    ng_train_options options;

    test_write_file(folder, "tiny.jsonl", ng_view_of(tiny_gold));
    (void)snprintf(gold, sizeof gold, "%s/tiny.jsonl", folder);
    (void)snprintf(model, sizeof model, "%s/tiny.ngm", folder);
    test_train_options(&options, &path);
    if (ng_train(cx, &options, model) != NG_OK)
        fail_msg("%s", ng_ctx_error(cx));
}

#endif
