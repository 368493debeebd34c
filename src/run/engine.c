/* The read-only tables every document of a run is looked up in: dictionaries, rules, patterns. */
#include "run_internal.h"

ng_status ng_engine_open(ng_ctx *cx, const ng_options *options, ng_engine *engine_out)
{
    ng_engine engine = { 0 };
    ng_status status = ng_names_new(cx, options->rules_path, &engine.names);

    if (status == NG_OK)
        status = ng_finder_new(cx, engine.names, options->model_path, &engine.finder);
    if (status == NG_OK && options->mentions_path)
        status = ng_given_read(cx, options->mentions_path, &engine.given);
    if (status != NG_OK) {
        ng_finder_free(cx, engine.finder);
        ng_names_free(cx, engine.names);
        return status;
    }
    *engine_out = engine;
    return NG_OK;
}

void ng_engine_close(ng_ctx *cx, ng_engine *engine)
{
    ng_given_free(cx, engine->given);
    ng_finder_free(cx, engine->finder);
    ng_names_free(cx, engine->names);
    *engine = (ng_engine){ 0 };
}

const char *ng_engine_model(const ng_engine *engine)
{
    return engine->given ? "none: mentions were given" : ng_finder_model_hash(engine->finder);
}

ng_status ng_engine_builder(ng_ctx *cx, const ng_engine *engine, const ng_options *options,
                            ng_builder **builder_out)
{
    ng_status status = ng_builder_new(cx, options, engine->names, builder_out);

    if (status == NG_OK)
        ng_builder_set_model(*builder_out, ng_engine_model(engine));
    return status;
}
