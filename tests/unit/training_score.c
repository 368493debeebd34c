/* Scores: what is trimmed, what is compared, what is left out, how numbers are rounded. */
#include "faults.h"
#include "training/training_internal.h"

#include <errno.h>
#include <locale.h>

/* A context and two files. */
typedef struct place {
    ng_ctx *cx;
    char folder[256];
    char gold[300], predicted[300], out[300];
} place;

static int open_place(void **state)
{
    place *here = calloc(1, sizeof *here);

    assert_non_null(here);
    here->cx = ng_ctx_new();
    test_make_folder(here->folder);
    (void)snprintf(here->gold, sizeof here->gold, "%s/gold", here->folder);
    (void)snprintf(here->predicted, sizeof here->predicted, "%s/predicted", here->folder);
    (void)snprintf(here->out, sizeof here->out, "%s/out", here->folder);
    *state = here;
    return 0;
}

static int close_place(void **state)
{
    place *here = *state;

    test_remove_folder(here->folder);
    ng_ctx_free(here->cx);
    free(here);
    return 0;
}

static ng_status score(place *here, const char *gold, const char *predicted, size_t error_limit,
                       ng_score_report **report_out)
{
    test_write_file(here->folder, "gold", ng_view_of(gold));
    test_write_file(here->folder, "predicted", ng_view_of(predicted));
    return ng_score(here->cx, here->gold, here->predicted, error_limit, report_out);
}

/* ---- trimming ---- */

/* What of a text that is one span is left. */
static ng_view trim(const char *text, ng_score_class kind)
{
    uint32_t bytes_at[256];
    ng_annotated_document document = { .text = ng_view_of(text), .bytes_at = bytes_at };
    ng_scored_span span = { .kind = kind };

    for (size_t i = 0; i < document.text.size; i++)
        if ((text[i] & 0xC0) != 0x80)
            bytes_at[document.character_count++] = (uint32_t)i;
    bytes_at[document.character_count] = (uint32_t)document.text.size;
    span.end = (uint32_t)document.character_count;
    ng_scored_trim(&document, &span);
    return ng_view_part(document.text, bytes_at[span.start], bytes_at[span.end]);
}

static void titles_and_possessives_are_taken_off(void **state)
{
    static const struct {
        const char *text, *left;
    } rows[] = {
        { "", "" },
        { "Ann", "Ann" },
        { "Mr. Lee", "Lee" },
        { "MR LEE", "LEE" },
        { "mr.\xC2\xA0\n Lee", "Lee" },
        { "Mr.Lee", "Mr.Lee" },
        { "Mr.. Lee", "Mr.. Lee" },
        { "Mr .Lee", ".Lee" },
        { "Mr . Lee", ". Lee" },
        { "Mrs", "Mrs" },
        { "Mr. ", "Mr. " },
        { "Mr", "Mr" },
        { "Mister Lee", "Mister Lee" },
        { "the Prime Minister Dr. Ann Lee", "Ann Lee" },
        { "Vice President Lee", "Lee" },
        { "Vice\xC2\xA0President Lee", "Vice\xC2\xA0President Lee" },
        { "Vice  President Lee", "Vice  President Lee" },
        { "Vice President", "Vice President" },
        { "Prime Minister the", "the" },
        { "Ann the Lee", "Ann the Lee" },
        { "St. M. Ann", "Ann" },
        { "Theo Lee", "Theo Lee" },
        /* white space that is and is not */
        { "Dr\x1CLee", "Lee" },
        { "Dr\x1F\x20Lee", "Lee" },
        { "Dr\xE3\x80\x80Lee", "Lee" },
        { "Dr\xC2\x85Lee", "Lee" },
        { "Dr\xE1\x9A\x80Lee", "Lee" },
        { "Dr\xE2\x80\x8BLee", "Dr\xE2\x80\x8BLee" },
        { "Dr\xEF\xBB\xBFLee", "Dr\xEF\xBB\xBFLee" },
        { "Dr\x1BLee", "Dr\x1BLee" },
        /* letters that fold to Latin ones */
        { "\xE2\x84\xAAing Lee", "Lee" },
        { "M\xC4\xB0SS Lee", "Lee" },
        { "m\xC4\xB1ss Lee", "Lee" },
        { "mi\xC5\xBFs Lee", "Lee" },
        { "\xEF\xBC\xAD\xEF\xBD\x92 Lee", "\xEF\xBC\xAD\xEF\xBD\x92 Lee" },
        /* possessives */
        { "Lee's", "Lee" },
        { "Lee\xE2\x80\x99s", "Lee" },
        { "Lee's's", "Lee's" },
        { "Lee'S", "Lee'S" },
        { "Lee'", "Lee'" },
        { "Lees'", "Lees'" },
        { "Lee\xCA\xBCs", "Lee\xCA\xBCs" },
        { "Lee 's", "Lee " },
        { "'s", "" },
        { "s", "s" },
        { "Mr. 's", "" },
        { "Mr. s", "s" },
        { "King's", "King" },
        { "\xF0\x9F\x98\x80's", "\xF0\x9F\x98\x80" },
    };

    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        ng_view left = trim(rows[i].text, NG_SCORE_PERSON);

        if (!ng_view_equal(left, ng_view_of(rows[i].left)))
            fail_msg("\"%s\" gave \"%.*s\"", rows[i].text, (int)left.size, left.data);
    }
    assert_true(ng_view_equal(trim("King Island's", NG_SCORE_PLACE), NG_VIEW("King Island")));
    assert_true(ng_view_equal(trim("The Lee's", NG_SCORE_ORGANIZATION), NG_VIEW("The Lee")));
}

static void types_have_classes(void **state)
{
    static const struct {
        const char *type;
        int exact, loose; /* -1: not scored */
    } rows[] = {
        { "PER", NG_SCORE_PERSON, NG_SCORE_PERSON },
        { "PERSON", NG_SCORE_PERSON, NG_SCORE_PERSON },
        { "LOC", NG_SCORE_PLACE, NG_SCORE_PLACE },
        { "GPE", NG_SCORE_PLACE, NG_SCORE_PLACE },
        { "PLACE", NG_SCORE_PLACE, NG_SCORE_PLACE },
        { "COUNTRY", NG_SCORE_PLACE, NG_SCORE_PLACE },
        { "ORG", NG_SCORE_ORGANIZATION, NG_SCORE_ORGANIZATION },
        { "ORGANIZATION", NG_SCORE_ORGANIZATION, NG_SCORE_ORGANIZATION },
        { "person", -1, NG_SCORE_PERSON },
        { "Country", -1, NG_SCORE_PLACE },
        { "MISC", -1, -1 },
        { "PERS", -1, -1 },
        { "PE", -1, -1 },
        { "people", -1, -1 },
        { "", -1, -1 },
    };

    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        ng_score_class kind = NG_SCORE_CLASS_COUNT;
        bool is_exact = ng_scored_kind(ng_view_of(rows[i].type), NG_ANNOTATION_ENTITIES, &kind);

        assert_int_equal(is_exact ? (int)kind : -1, rows[i].exact);
        assert_int_equal(
            ng_scored_kind(ng_view_of(rows[i].type), NG_ANNOTATION_BIO, &kind) ? (int)kind : -1,
            rows[i].loose);
        assert_int_equal(ng_scored_kind(ng_view_of(rows[i].type), NG_ANNOTATION_MENTIONS, &kind)
                             ? (int)kind
                             : -1,
                         rows[i].loose);
    }
}

/* ---- sets ---- */

static uint32_t next_random(uint32_t *seed)
{
    *seed = *seed * 1664525u + 1013904223u;
    return *seed >> 16;
}

/* Dropping by sorted ends agrees with looking at every pair. */
static void overlaps_are_found(void **state)
{
    place *here = *state;
    uint32_t seed = 7;

    for (size_t round = 0; round < 500; round++) {
        ng_scored_span spans[12], others[12], kept[12];
        size_t count = next_random(&seed) % 12, other_count = next_random(&seed) % 12;
        size_t kept_count = 0;

        for (size_t i = 0; i < count + other_count; i++) {
            uint32_t start = next_random(&seed) % 20;
            ng_scored_span span = { start, start + next_random(&seed) % 6, next_random(&seed) % 2 };

            if (i < count)
                spans[i] = span;
            else
                others[i - count] = span;
        }
        assert_int_equal(ng_scored_sort(here->cx, spans, &count), NG_OK);
        for (size_t i = 0; i < count; i++) {
            bool is_free = true;

            for (size_t j = 0; j < other_count; j++)
                is_free =
                    is_free && !(spans[i].start < others[j].end && others[j].start < spans[i].end);
            if (is_free)
                kept[kept_count++] = spans[i];
        }
        assert_int_equal(ng_scored_drop(here->cx, spans, &count, others, other_count), NG_OK);
        assert_int_equal(count, kept_count);
        assert_true(count == 0 || memcmp(spans, kept, count * sizeof *kept) == 0);
    }
}

/* ---- scores ---- */

static void counts_are_of_sets(void **state)
{
    static const struct {
        const char *gold, *predicted;
        unsigned hits[3], golds[3], predictions[3];
        unsigned absent;
    } rows[] = {
        { "", "", { 0 }, { 0 }, { 0 }, 0 },
        /* twice is once; a class of its own is another mention */
        { "{\"id\":1,\"text\":\"Ann\",\"entities\":[[0,3,\"PER\"],[0,3,\"PERSON\"],[0,3,\"LOC\"]]}",
          "{\"id\":\"1\",\"mentions\":[{\"start\":0,\"end\":3,\"kind\":\"person\"},{\"start\":0,"
          "\"end\":3,\"kind\":\"person\"},{\"start\":0,\"end\":3,\"kind\":\"organization\"}]}",
          { 1, 0, 0 },
          { 1, 1, 0 },
          { 1, 0, 1 },
          0 },
        /* equal once trimmed; demonyms and what overlaps MISC are left out */
        { "{\"id\":1,\"text\":\"Dr. Ann's Oslo Danes\",\"entities\":[[0,9,\"PER\"],[10,14,"
          "\"MISC-FAC\"]]}",
          "{\"id\":1,\"mentions\":[{\"start\":4,\"end\":7,\"kind\":\"PER\"},{\"start\":4,\"end\":9,"
          "\"kind\":\"PER\"},{\"start\":13,\"end\":15,\"kind\":\"place\"},{\"start\":15,\"end\":20,"
          "\"kind\":\"country\",\"form\":\"demonym\"}]}",
          { 1, 0, 0 },
          { 1, 0, 0 },
          { 1, 0, 0 },
          0 },
        /* absent, foreign and repeated documents */
        { "{\"id\":1,\"text\":\"Ann\",\"entities\":[[0,3,\"PER\"]]}\n"
          "{\"id\":2,\"text\":\"Bo\",\"entities\":[[0,2,\"PER\"]]}\n"
          "{\"id\":2,\"text\":\"Bo\",\"entities\":[[0,2,\"PER\"]]}\n",
          "{\"id\":2,\"mentions\":[]}\n{\"id\":3,\"mentions\":[{\"start\":0,\"end\":9,\"kind\":"
          "\"place\"}]}\n{\"id\":2,\"mentions\":[{\"start\":0,\"end\":2,\"kind\":\"person\"}]}\n",
          { 2, 0, 0 },
          { 3, 0, 0 },
          { 2, 0, 0 },
          1 },
        /* tokens against tokens, and against mentions in their text */
        { "a\tO\nAnn\tB-PER\n\nOslo\tI-LOC\n",
          "a\tB-PER\nAnn\tI-PER\n\nOslo\tB-GPE\n",
          { 0, 1, 0 },
          { 1, 1, 0 },
          { 1, 1, 0 },
          0 },
        { "a\tO\nAnn\tB-PER\n\nOslo\tI-LOC\n",
          "{\"mentions\":[{\"start\":6,\"end\":10,\"kind\":\"place\"}]}",
          { 0, 1, 0 },
          { 1, 1, 0 },
          { 0, 1, 0 },
          0 },
    };
    place *here = *state;

    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        ng_score_report *report = NULL;

        assert_int_equal(score(here, rows[i].gold, rows[i].predicted, 0, &report), NG_OK);
        for (size_t j = 0; j < 3; j++) {
            assert_int_equal(report->rows[j].hit_count, rows[i].hits[j]);
            assert_int_equal(report->rows[j].gold_count, rows[i].golds[j]);
            assert_int_equal(report->rows[j].predicted_count, rows[i].predictions[j]);
        }
        assert_int_equal(report->rows[NG_SCORE_PERSON_PLACE].gold_count,
                         rows[i].golds[0] + rows[i].golds[1]);
        assert_int_equal(report->absent_count, rows[i].absent);
        assert_false(report->has_errors);
        ng_score_free(report);
    }
    ng_score_free(NULL);
}

static void what_cannot_be_compared_is_refused(void **state)
{
    static const struct {
        const char *gold, *predicted, *message;
    } rows[] = {
        { "{\"entities\":[]}", "", "gold:1: no \"text\"" },
        { "a\tO\n", "b\tO\n", "predicted:1: another text than at " },
        { "a\tO\n", "a\tO\n-DOCSTART-\nb\tO\n", "predicted: as many documents as in " },
        { "a\tO\n", "# doc_id = x\na\tO\n# doc_id = y\n", "predicted: as many documents as in " },
        { "a\tO\n", "{\"mentions\":[{\"start\":0,\"end\":2,\"kind\":\"person\"}]}",
          "predicted:1: a mention 0-2, but the text at " },
        { "a\n", "a\tO\n", "gold:1: neither" },
        { "a\tO\n", "a\n", "predicted:1: neither" },
    };
    place *here = *state;

    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        ng_score_report *report = NULL;
        ng_status status = score(here, rows[i].gold, rows[i].predicted, 3, &report);

        if (status != NG_E_DATA || !strstr(ng_ctx_error(here->cx), rows[i].message))
            fail_msg("row %zu gave %d: %s", i, (int)status, ng_ctx_error(here->cx));
        assert_null(report);
    }
}

static const char many_gold[] =
    "{\"id\":\"a\",\"text\":\"Ann met Bo in Oslo, then Ann "
    "left.\",\"entities\":[[0,3,\"PER\"],[8,10,"
    "\"PER\"],[14,18,\"LOC\"],[25,28,\"PER\"]]}\n"
    "{\"id\":\"b\",\"text\":\"0123456789012345678901234567890123456789\xC3\xA9 Lee \xC3\xA9"
    "0123456789012345678901234567890123456789\",\"entities\":[[42,45,\"ORG\"]]}\n";
static const char many_predicted[] =
    "{\"id\":\"a\",\"mentions\":[{\"start\":14,\"end\":18,\"kind\":\"person\"}]}\n"
    "{\"id\":\"b\",\"mentions\":[]}\n";

/* A shorter list of errors is part of a longer one, in the same order. */
static void errors_are_chosen_the_same_way(void **state)
{
    place *here = *state;
    ng_score_report *all = NULL;

    assert_int_equal(score(here, many_gold, many_predicted, SIZE_MAX, &all), NG_OK);
    assert_int_equal(all->error_count, 6);
    assert_true(ng_view_equal(all->errors[5].text, NG_VIEW("Lee")));
    assert_true(ng_view_equal(all->errors[5].document, NG_VIEW("b")));
    assert_int_equal(ng_utf8_count(all->errors[5].context), 83);
    assert_true(all->errors[5].is_missed);
    for (size_t limit = 1; limit < 6; limit++) {
        ng_score_report *some = NULL;
        size_t at = 0;

        assert_int_equal(ng_score(here->cx, here->gold, here->predicted, limit, &some), NG_OK);
        assert_int_equal(some->error_count, limit);
        for (size_t i = 0; i < limit; i++, at++) {
            while (at < 6 && (all->errors[at].start != some->errors[i].start ||
                              all->errors[at].is_missed != some->errors[i].is_missed))
                at++;
            assert_true(at < 6);
        }
        ng_score_free(some);
    }
    ng_score_free(all);
}

/* What Python's "%.1f" prints of the same doubles, whatever the locale. */
static void numbers_are_rounded_as_printed_elsewhere(void **state)
{
    static const struct {
        unsigned hits, gold, predicted;
        double precision, recall, f1;
        const char *line;
    } rows[] = {
        { 1, 16, 3, 100.0 / 3, 6.25, 10.526315789473685, "33.3,6.2,10.5,1,16,3" },
        { 3, 16, 16, 18.75, 18.75, 18.75, "18.8,18.8,18.8,3,16,16" },
        { 1, 1, 1, 100, 100, 100, "100.0,100.0,100.0,1,1,1" },
        { 1, 2000, 2000, 0.05, 0.05, 0.05, "0.1,0.1,0.1,1,2000,2000" },
        { 0, 5, 0, 0, 0, 0, "0.0,0.0,0.0,0,5,0" },
    };
    place *here = *state;

    (void)setlocale(LC_ALL, "de_DE.UTF-8"); /* where there is one */
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        ng_score_report report = { 0 };
        ng_output *output = NULL;
        ng_buffer written;

        report.rows[0] = (ng_score_row){ rows[i].hits,      rows[i].gold,   rows[i].predicted,
                                         rows[i].precision, rows[i].recall, rows[i].f1 };
        assert_int_equal(ng_output_open(here->cx, here->out, &output), NG_OK);
        assert_int_equal(ng_score_write(here->cx, &report, NG_TABLE_CSV, output), NG_OK);
        assert_int_equal(ng_output_commit(here->cx, output), NG_OK);
        ng_buffer_init(&written, 1 << 12);
        assert_int_equal(ng_file_read(here->cx, here->out, 1 << 12, "", &written), NG_OK);
        if (!strstr(written.data, rows[i].line))
            fail_msg("%s is not in %s", rows[i].line, written.data);
        ng_buffer_destroy(here->cx, &written);
    }
    (void)setlocale(LC_ALL, "C");
}

/* One score, written to nowhere. */
static ng_status score_and_write(ng_ctx *cx, const place *here)
{
    static const ng_table_format formats[] = { NG_TABLE_ALIGNED, NG_TABLE_TSV, NG_TABLE_CSV,
                                               NG_TABLE_JSON };
    ng_score_report *report = NULL;
    ng_status status = ng_score(cx, here->gold, here->predicted, 4, &report);

    for (size_t i = 0; i < 4 && status == NG_OK; i++) {
        ng_output *output = NULL;

        status = ng_output_open(cx, "/dev/null", &output);
        if (status == NG_OK) {
            status = ng_score_write(cx, report, formats[i], output);
            ng_output_discard(cx, output);
        }
    }
    ng_score_free(report);
    return status;
}

static void no_allocation_is_taken_for_granted(void **state)
{
    place *here = *state;
    size_t failures = 0;

    test_write_file(here->folder, "gold", ng_view_of(many_gold));
    test_write_file(here->folder, "predicted", ng_view_of(many_predicted));
    for (bool is_done = false; !is_done;) {
        ng_ctx *cx = ng_ctx_new();
        test_heap heap;
        ng_status status = NG_OK;

        test_use_heap(cx, &heap);
        heap.fail_at = failures + 1;
        status = score_and_write(cx, here);
        is_done = status == NG_OK;
        failures += !is_done;
        assert_true(is_done || status == NG_E_MEMORY);
        assert_int_equal(heap.live, 0);
        ng_ctx_free(cx);
    }
    assert_true(failures > 30);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(titles_and_possessives_are_taken_off),
        cmocka_unit_test(types_have_classes),
        cmocka_unit_test_setup_teardown(overlaps_are_found, open_place, close_place),
        cmocka_unit_test_setup_teardown(counts_are_of_sets, open_place, close_place),
        cmocka_unit_test_setup_teardown(what_cannot_be_compared_is_refused, open_place,
                                        close_place),
        cmocka_unit_test_setup_teardown(errors_are_chosen_the_same_way, open_place, close_place),
        cmocka_unit_test_setup_teardown(numbers_are_rounded_as_printed_elsewhere, open_place,
                                        close_place),
        cmocka_unit_test_setup_teardown(no_allocation_is_taken_for_granted, open_place,
                                        close_place),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
