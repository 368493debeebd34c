/* The model file: each part of what is written is read back. */
#include "faults.h"

#include "mentions/tagger_internal.h"

/* A model by hand, written and opened again: each part is what it was. */
static void test_round_trip(void **state)
{
    enum { SLOTS = 8, FEATURES = 2, CLASS_SLOTS = 4, MANY = 3, SOME = 2, ROW = 40 };
    static const uint64_t hashes[FEATURES] = { 0x1111111100000003u, 0x2222222200000003u };
    int8_t weights[FEATURES * ROW];
    ng_model_slot slots[SLOTS] = { 0 };
    uint32_t checks[CLASS_SLOTS] = { 0 };
    uint16_t ids[CLASS_SLOTS] = { 0 }, some_of_many[MANY] = { 1, 0, 1 },
             few_of_some[SOME] = { 7, 9 };
    uint64_t word = ng_word_class_hash(NG_VIEW("zanthia"));
    int16_t(*span_weights)[NG_SPAN_COUNT] = calloc(ng_span_feature_count(), sizeof *span_weights);
    ng_span_weights spans = {
        span_weights, { 700, 800, 900 }, { { 1, -2, 3 }, { 4, 5, -6 } }, 900, -70
    };
    ng_model_parts parts = { .slots = slots,
                             .slot_count = SLOTS,
                             .weights = weights,
                             .feature_count = FEATURES,
                             .scale = 24,
                             .classes = { .checks = checks,
                                          .ids = ids,
                                          .slot_count = CLASS_SLOTS,
                                          .some_of_many = some_of_many,
                                          .few_of_some = few_of_some },
                             .many_count = MANY,
                             .some_count = SOME,
                             .spans = &spans };
    ng_ctx *cx = ng_ctx_new();
    ng_buffer bytes;
    ng_model *model = NULL;

    (void)state;
    assert_non_null(span_weights);
    for (int i = 0; i < FEATURES * ROW; i++)
        weights[i] = (int8_t)(i - ROW);
    slots[3] = (ng_model_slot){ (uint32_t)(hashes[0] >> 32), 1 };
    slots[4] = (ng_model_slot){ (uint32_t)(hashes[1] >> 32), 2 }; /* both want slot 3 */
    checks[word & (CLASS_SLOTS - 1)] = (uint32_t)(word >> 32);
    ids[word & (CLASS_SLOTS - 1)] = MANY;
    parts.transitions[NG_TAG_START][1] = -48;
    parts.transitions[0][2] = INT16_MIN / 2;
    for (size_t f = 0; f < ng_span_feature_count(); f++)
        for (size_t kind = 0; kind < NG_SPAN_COUNT; kind++)
            span_weights[f][kind] = (int16_t)(f * 3 + kind);
    ng_buffer_init(&bytes, 1 << 20);
    assert_int_equal(ng_model_write(cx, &parts, &bytes), NG_OK);
    assert_int_equal(bytes.size % 8, 0);
    assert_int_equal(ng_model_open(cx, ng_buffer_view(&bytes), "x.ngm", &model), NG_OK);
    for (size_t f = 0; f < FEATURES; f++)
        assert_memory_equal(ng_model_find(model, hashes[f]), weights + f * ROW, ROW);
    assert_null(ng_model_find(model, 0x3333333300000003u));
    assert_null(ng_model_find(model, 0x1111111100000005u));
    assert_int_equal(ng_word_class_find(&model->classes, NG_VIEW("zanthia")), MANY - 1);
    assert_int_equal(ng_word_class_find(&model->classes, NG_VIEW("morluk")), NG_NO_WORD_CLASS);
    assert_int_equal(model->classes.some_of_many[MANY - 1], 1);
    assert_int_equal(model->classes.few_of_some[1], 9);
    assert_int_equal(model->transitions[NG_TAG_START][1], -48);
    assert_true(model->odds[0][2] == 0);
    assert_true(model->scale == 24);
    for (size_t f = 0; f < ng_span_feature_count(); f++)
        for (size_t kind = 0; kind < NG_SPAN_COUNT; kind++)
            assert_int_equal(model->span_weights[f][kind], span_weights[f][kind]);
    assert_true(model->odds_weights[1] == 0.8f);
    assert_int_equal(model->bonus[0][1], -2);
    assert_int_equal(model->bonus[1][2], -6);
    assert_true(model->sure_scale == 0.9 && model->sure_shift == -0.07);
    ng_model_close(cx, model);
    ng_buffer_destroy(cx, &bytes);
    free(span_weights);
    ng_ctx_free(cx);
}

int main(void)
{
    const struct CMUnitTest tests[] = { cmocka_unit_test(test_round_trip) };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
