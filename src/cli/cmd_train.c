/* nergraph train: annotated documents become a model. */
#include "cli.h"

/* How many of these paths are standard input. */
static size_t count_standard(const char *const *paths, size_t count)
{
    size_t found = 0;

    for (size_t i = 0; i < count; i++)
        found += same(paths[i], "-");
    return found;
}

int run_train(ng_ctx *cx, cli_arguments *arguments)
{
    ng_train_options *train = &arguments->train;
    ng_status status = NG_OK;

    if (arguments->operand_count == 0)
        return complain("train: name files with annotated documents, for example "
                        "`nergraph train gold.bio -o mine.ngm`");
    if (!arguments->plain_output)
        return complain("train: say where the model goes, for example -o mine.ngm");
    train->gold_paths = (const char *const *)arguments->operands;
    train->gold_count = (size_t)arguments->operand_count;
    train->silver_paths = arguments->silver;
    if (count_standard(train->gold_paths, train->gold_count) +
            count_standard(train->silver_paths, train->silver_count) +
            (train->classes_path && same(train->classes_path, "-")) >
        1)
        return complain("train: only one of the files can be standard input");
    train->thread_count = arguments->options.thread_count;
    train->verbose = !arguments->is_quiet;
    if (train->keeps_parts && same(arguments->plain_output, "-"))
        return complain("train: --resume keeps files beside the model; name one with -o");
    status = ng_train(cx, train, arguments->plain_output);
    if (status != NG_OK && train->keeps_parts && ng_ctx_is_cancelled(cx)) {
        complain("interrupted; the same command goes on after the last whole pass");
        return EXIT_INTERRUPTED;
    }
    return exit_code(cx, arguments, status);
}
