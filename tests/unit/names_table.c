/* The built-in dictionaries: what phrases are known as, names of codes, folding of keys. */
#include "faults.h"

#include "names/names.h"
#include "names/names_internal.h"

static ng_ctx *cx;
static ng_names *names;

static int open_names(void **state)
{
    (void)state;
    cx = ng_ctx_new();
    return cx && ng_names_new(cx, NULL, &names) == NG_OK ? 0 : -1;
}

static int close_names(void **state)
{
    (void)state;
    ng_names_free(cx, names);
    ng_ctx_free(cx);
    return 0;
}

static void assert_view(ng_view view, const char *wanted)
{
    if (!ng_view_equal(view, ng_view_of(wanted)))
        fail_msg("\"%.*s\" is not \"%s\"", (int)view.size, view.data, wanted);
}

/* The values of all entries of a class, joined by spaces. */
static void values_of(const char *phrase, ng_name_class class_, char out[512])
{
    const ng_name_entry *entries = NULL;
    size_t count = ng_names_find(names, ng_view_of(phrase), &entries), size = 0;

    out[0] = '\0';
    for (size_t i = 0; i < count && size < 500; i++) {
        if (entries[i].class_ == class_)
            size += (size_t)snprintf(out + size, 512 - size, "%s%.*s", size ? " " : "",
                                     (int)entries[i].value.size, entries[i].value.data);
    }
}

static const struct {
    const char *phrase;
    ng_name_class class_;
    const char *values; /* all, in order */
} value_cases[] = {
    { "israel", NG_NAME_COUNTRY, "IL" },
    { "france", NG_NAME_COUNTRY, "FR" },
    { "ivory coast", NG_NAME_COUNTRY, "CI" },
    { "cote d'ivoire", NG_NAME_COUNTRY, "CI" },
    { "turkiye", NG_NAME_COUNTRY, "TR" },
    { "burma", NG_NAME_COUNTRY, "MM" },
    { "soviet union", NG_NAME_COUNTRY, "SUHH" },
    { "scotland", NG_NAME_COUNTRY, "GB-SCT" },
    { "congo", NG_NAME_COUNTRY, "CD CG" },
    { "us", NG_NAME_COUNTRY, "US" },
    { "u.s.", NG_NAME_COUNTRY, "US" },
    { "guinea-bissau", NG_NAME_COUNTRY, "GW" },
    { "guinea bissau", NG_NAME_COUNTRY, "GW" },
    { "people's republic of china", NG_NAME_COUNTRY, "CN" },
    { "people 's republic of china", NG_NAME_COUNTRY, "CN" },
    { "st. lucia", NG_NAME_COUNTRY, "LC" },
    { "saint lucia", NG_NAME_COUNTRY, "LC" },
    { "israeli", NG_NAME_DEMONYM, "IL" },
    { "french", NG_NAME_DEMONYM, "FR" },
    { "soviet", NG_NAME_DEMONYM, "SUHH" },
    { "kurds", NG_NAME_PEOPLE, "Kurds" },
    { "kremlin", NG_NAME_METONYM, "RU" },
    { "brussels", NG_NAME_METONYM, "BE EU" },
    { "california", NG_NAME_SUBDIVISION, "US-CA" },
    { "calif", NG_NAME_STATE_ABBREVIATION, "California" },
    { "bill", NG_NAME_NICKNAME, "William" },
    { "president", NG_NAME_TITLE, "role" },
    { "zzyzxqq", NG_NAME_COUNTRY, "" },
    { "long beach island of nowhere", NG_NAME_CITY, "" },
    { "", NG_NAME_COUNTRY, "" },
};

static void test_values(void **state)
{
    char values[512];

    (void)state;
    for (size_t i = 0; i < sizeof value_cases / sizeof value_cases[0]; i++) {
        values_of(value_cases[i].phrase, value_cases[i].class_, values);
        if (strcmp(values, value_cases[i].values) != 0)
            fail_msg("%s: \"%s\" is not \"%s\"", value_cases[i].phrase, values,
                     value_cases[i].values);
    }
}

/* A demonym of several states gives one entry for each. */
static void test_shared_demonyms(void **state)
{
    char values[512];

    (void)state;
    values_of("korean", NG_NAME_DEMONYM, values);
    assert_non_null(strstr(values, "KR"));
    assert_non_null(strstr(values, "KP"));
    values_of("congolese", NG_NAME_DEMONYM, values);
    assert_non_null(strstr(values, "CD"));
    assert_non_null(strstr(values, "CG"));
}

static void test_unknown_words(void **state)
{
    static const char *const unknown[] = { "zzyzxqq", "israel zzyzxqq", "", " ", "-", "...", "\n" };
    const ng_name_entry *entries = NULL;
    char long_text[1000];

    (void)state;
    for (size_t i = 0; i < sizeof unknown / sizeof unknown[0]; i++) {
        assert_int_equal(ng_names_find(names, ng_view_of(unknown[i]), &entries), 0);
        assert_int_equal(ng_names_classes(names, ng_view_of(unknown[i])), 0);
        assert_null(ng_names_get(names, ng_view_of(unknown[i]), NG_NAME_CITY));
    }
    memset(long_text, 'a', sizeof long_text);
    for (size_t size = 120; size <= sizeof long_text; size += 20)
        assert_int_equal(ng_names_find(names, (ng_view){ long_text, size }, &entries), 0);
    assert_null(entries);
}

/* A small word is not the abbreviation that it looks like. */
static void test_classes(void **state)
{
    static const struct {
        const char *word;
        uint32_t has, has_not;
    } cases[] = {
        { "us", 0, 1u << NG_NAME_COUNTRY },
        { "who", 0, 1u << NG_NAME_ORGANIZATION },
        { "israel", 1u << NG_NAME_COUNTRY, 1u << NG_NAME_DEMONYM },
        { "long beach", 1u << NG_NAME_CITY, 1u << NG_NAME_COUNTRY },
        { "russian", 1u << NG_NAME_DEMONYM | 1u << NG_NAME_LANGUAGE, 1u << NG_NAME_COUNTRY },
        { "john", 1u << NG_NAME_FORENAME, 1u << NG_NAME_COUNTRY },
    };

    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        uint32_t classes = ng_names_classes(names, ng_view_of(cases[i].word));

        if ((classes & cases[i].has) != cases[i].has || (classes & cases[i].has_not) != 0)
            fail_msg("%s: classes %x", cases[i].word, (unsigned)classes);
    }
}

/* Cities come largest first, with their country and, in the United States, their state. */
static void test_cities(void **state)
{
    const ng_name_entry *entries = NULL;
    size_t count = ng_names_find(names, NG_VIEW("long beach"), &entries), cities = 0;
    uint32_t weight = UINT32_MAX;

    (void)state;
    for (size_t i = 0; i < count; i++) {
        if (entries[i].class_ != NG_NAME_CITY)
            continue;
        assert_true(entries[i].weight <= weight);
        weight = entries[i].weight;
        if (cities++ > 0)
            continue;
        assert_view(entries[i].value, "Long Beach");
        assert_view(entries[i].country, "US");
        assert_view(entries[i].region, "US-CA");
        assert_true(entries[i].weight > 400000);
    }
    assert_true(cities >= 2);
}

/* Every entry is what its class promises: codes have names, details are of the class. */
static void test_all_entries(void **state)
{
    static const char *const details[NG_NAME_CLASS_COUNT] = {
        [NG_NAME_FORENAME] = "mfu",    [NG_NAME_TITLE] = "mf-",
        [NG_NAME_PARTICLE] = "lb",     [NG_NAME_ORGANIZATION_WORD] = "hta",
        [NG_NAME_PLACE_WORD] = "hta",  [NG_NAME_PERSON_WORD] = "ab",
        [NG_NAME_PLACE_CONTEXT] = "ab"
    };
    extern const char ng_names_packed[];
    const packed_header *header = (const void *)ng_names_packed;
    size_t seen[NG_NAME_CLASS_COUNT] = { 0 };

    (void)state;
    for (size_t i = 0; i < header->entry_count; i++) {
        const ng_name_entry *entry = &names->entries[i];

        assert_true(entry->class_ < NG_NAME_CLASS_COUNT && entry->class_ != NG_NAME_RULE);
        seen[entry->class_]++;
        if (details[entry->class_])
            assert_non_null(strchr(details[entry->class_], entry->detail));
        if (entry->is_exact)
            assert_true(entry->spelling.size > 0);
        if (entry->class_ == NG_NAME_COMMON)
            assert_true(entry->weight <= 100);
        if (entry->class_ == NG_NAME_COUNTRY || entry->class_ == NG_NAME_DEMONYM ||
            entry->class_ == NG_NAME_METONYM) {
            assert_true(ng_view_equal(entry->country, entry->value));
            assert_true(ng_names_country(names, entry->value).size > 0);
        }
        if (entry->class_ == NG_NAME_CITY)
            assert_true(entry->country.size == 2 && entry->value.size > 0);
    }
    for (size_t i = 0; i < NG_NAME_RULE; i++)
        assert_true(seen[i] > 0);
}

/* Every canonical name leads back to its code. */
static void test_countries(void **state)
{
    static const struct {
        const char *code, *name;
    } cases[] = {
        { "IL", "Israel" },
        { "US", "United States" },
        { "SUHH", "Soviet Union" },
        { "DDDE", "East Germany" },
        { "GB-SCT", "Scotland" },
        { "GB-NIR", "Northern Ireland" },
        { "XX", "" },
        { "", "" },
        { "I", "" },
        { "IL2", "" },
        { "TOOLONGCODE", "" },
    };
    ng_buffer key;

    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++)
        assert_view(ng_names_country(names, ng_view_of(cases[i].code)), cases[i].name);
    ng_buffer_init(&key, 1000);
    assert_true(names->country_count > 250);
    for (uint32_t i = 0; i < names->country_count; i++) {
        ng_view code = { names->countries[i].code, strnlen(names->countries[i].code, 8) };
        char values[512];

        if (ng_view_equal(code, NG_VIEW("EU")) || ng_view_equal(code, NG_VIEW("UN")))
            continue;
        key.size = 0;
        assert_int_equal(ng_names_fold(cx, ng_names_country(names, code), &key), NG_OK);
        values_of(key.data, NG_NAME_COUNTRY, values);
        if (!strstr(values, names->countries[i].code))
            fail_msg("%s: %s is %s", names->countries[i].code, key.data, values);
    }
    ng_buffer_destroy(cx, &key);
}

static const struct {
    const char *text, *key;
} fold_cases[] = {
    { "Israel", "israel" },
    { "U.S.", "us" },
    { "Guinea-Bissau", "guinea bissau" },
    { "  Rio   Grande\t", "rio grande" },
    { "Côte d’Ivoire", "cote d'ivoire" },
    { "People's Republic", "people 's republic" },
    { "Workers' Party", "workers ' party" },
    { "St. John's", "saint john 's" },
    { "Ste-Marie", "sainte marie" },
    { "Mt. Everest", "mount everest" },
    { "Washington, D.C.", "washington , dc" },
    { "AT&T", "at & t" },
    { "9.5 million", "9.5 million" },
    { "Bosnia\xE2\x80\x93Herzegovina", "bosnia herzegovina" },
    { "ERDOĞAN", "erdogan" },
    { "'s", "'s" },
    { "'", "'" },
    { "...", "" },
    { "- -", "" },
    { "", "" },
};

static void test_fold(void **state)
{
    ng_buffer key, again;

    (void)state;
    ng_buffer_init(&key, 1000);
    ng_buffer_init(&again, 1000);
    for (size_t i = 0; i < sizeof fold_cases / sizeof fold_cases[0]; i++) {
        key.size = again.size = 0;
        assert_int_equal(ng_names_fold(cx, ng_view_of(fold_cases[i].text), &key), NG_OK);
        assert_view(ng_buffer_view(&key), fold_cases[i].key);
        assert_int_equal(ng_names_fold(cx, ng_buffer_view(&key), &again), NG_OK);
        assert_view(ng_buffer_view(&again), fold_cases[i].key);
    }
    ng_buffer_destroy(cx, &key);
    ng_buffer_destroy(cx, &again);
}

/* ASCII is folded here without ng_utf8_fold: both must agree on every byte. */
static void test_fold_ascii(void **state)
{
    ng_buffer folded;
    ng_phrase wanted, found;
    ng_buffer scratch;

    (void)state;
    ng_buffer_init(&folded, 1000);
    ng_buffer_init(&scratch, 1000);
    for (int byte = 1; byte < 128; byte++) {
        char text[4] = { 'A', (char)byte, 'b', (char)byte };

        folded.size = 0;
        assert_int_equal(ng_utf8_fold(cx, (ng_view){ text, 4 }, &folded), NG_OK);
        ng_phrase_split(ng_buffer_view(&folded), &wanted);
        assert_int_equal(ng_phrase_fold(cx, (ng_view){ text, 4 }, &scratch, &found), NG_OK);
        if (!ng_view_equal(ng_phrase_view(&wanted), ng_phrase_view(&found)))
            fail_msg("byte %d", byte);
    }
    ng_buffer_destroy(cx, &folded);
    ng_buffer_destroy(cx, &scratch);
}

static void test_data_hash(void **state)
{
    const char *hash = ng_data_hash();

    (void)state;
    assert_int_equal(strlen(hash), PACKED_HASH_DIGITS);
    assert_int_equal(strspn(hash, "0123456789abcdef"), PACKED_HASH_DIGITS);
}

/* Opening fails cleanly at each allocation; damaged bytes are refused. */
static void test_opening_fails(void **state)
{
    extern const char ng_names_packed[];
    ng_ctx *own = ng_ctx_new();
    ng_names *opened = NULL;
    test_heap heap;
    packed_header header;

    (void)state;
    test_use_heap(own, &heap);
    for (size_t n = 1;; n++) {
        heap = (test_heap){ .fail_at = n };
        ng_status status = ng_names_new(own, NULL, &opened);
        if (status == NG_OK)
            break;
        assert_int_equal(status, NG_E_MEMORY);
        assert_null(opened);
        assert_int_equal(heap.live, 0);
    }
    ng_names_free(own, opened);
    assert_int_equal(heap.live, 0);
    ng_names_free(own, NULL);
    memcpy(&header, ng_names_packed, sizeof header);
    header.version++;
    opened = NULL;
    assert_int_equal(
        ng_names_open(own, (ng_view){ (const char *)&header, sizeof header }, NULL, &opened),
        NG_E_BUG);
    assert_int_equal(ng_names_open(own, (ng_view){ ng_names_packed, 20 }, NULL, &opened), NG_E_BUG);
    assert_null(opened);
    own->realloc = cx->realloc;
    own->realloc_user = cx->realloc_user;
    ng_ctx_free(own);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_values),        cmocka_unit_test(test_shared_demonyms),
        cmocka_unit_test(test_unknown_words), cmocka_unit_test(test_classes),
        cmocka_unit_test(test_cities),        cmocka_unit_test(test_all_entries),
        cmocka_unit_test(test_countries),     cmocka_unit_test(test_fold),
        cmocka_unit_test(test_fold_ascii),    cmocka_unit_test(test_data_hash),
        cmocka_unit_test(test_opening_fails),
    };

    return cmocka_run_group_tests(tests, open_names, close_names);
}
