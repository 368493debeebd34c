/* nergraph train: annotated documents become a model. */
#include "cli.h"

int run_train(ng_ctx *cx, cli_arguments *arguments)
{
    ng_train_options *train = &arguments->train;

    if (arguments->operand_count == 0)
        return complain("train: name files with annotated documents, for example "
                        "`nergraph train gold.bio -o mine.ngm`");
    if (!arguments->plain_output)
        return complain("train: say where the model goes, for example -o mine.ngm");
    train->gold_paths = (const char *const *)arguments->operands;
    train->gold_count = (size_t)arguments->operand_count;
    train->silver_paths = arguments->silver;
    train->thread_count = arguments->options.thread_count;
    train->verbose = !arguments->is_quiet;
    return exit_code(cx, arguments, ng_train(cx, train, arguments->plain_output));
}
