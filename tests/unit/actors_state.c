/* Countries and places: codes, shared names, metonyms, qualifiers. */
#include "actors_cast.h"

static ng_ctx *cx;
static ng_names *names;

static const struct {
    ng_states states;
    const char *marked, *ids;
} cases[] = {
    { NG_STATES_DEMONYMS, "{c Israel}, {d Israeli} and {a the Islamic Republic}, {c Iran}.",
      "country:IL country:IL country:IR country:IR" },
    { NG_STATES_DEMONYMS, "{c China}, {c U.S}, {c USA}, {c United States}, {a America}.",
      "country:CN country:US country:US country:US country:US" },
    { NG_STATES_DEMONYMS, "{c Soviet Union} and {c Germany}.", "country:SUHH country:DE" },
    /* shared names: the state that the document names decides */
    { NG_STATES_DEMONYMS, "{d Korean} troops of {c North Korea}.", "country:KP country:KP" },
    { NG_STATES_DEMONYMS, "{d Korean} troops of {c South Korea}.", "country:KR country:KR" },
    { NG_STATES_DEMONYMS,
      "{d/CD Congolese} and {c Democratic Republic of the Congo}, {d/CD Congolese}.",
      "country:CD country:CD country:CD" },
    { NG_STATES_DEMONYMS, "{d/CD Congolese} in {c/CG Republic of the Congo}.",
      "country:CG country:CG" },
    { NG_STATES_DEMONYMS, "{d Guinean} and {c Guinea-Bissau}.", "country:GW country:GW" },
    { NG_STATES_DEMONYMS, "{d/KR Korean} food.", "country:KR" },
    /* a state and a country of one name */
    { NG_STATES_DEMONYMS, "{l/US-GA Georgia} and {c/GE Georgia}.", "place:georgia country:GE" },
    /* parts keep their code, unknown names their name */
    { NG_STATES_DEMONYMS, "{c/GB-SCT Scotland} and {c Ruritania}.",
      "country:GB-SCT country:ruritania" },
    { NG_STATES_DEMONYMS, "{c GB} and {c UK}.", "country:GB country:GB" },
    /* places */
    { NG_STATES_DEMONYMS,
      "{l Elm St.}, {l Elm Street}, {l City of Zorvan}, {l Zorvan}, {l Isle of Man}.",
      "place:elm-st place:elm-st place:city-of-zorvan place:city-of-zorvan place:isle-of-man" },
    { NG_STATES_DEMONYMS,
      "{l Netherfield Park}, {l Netherfield}, {l Helmand}, {l Helmand Province}.",
      "place:netherfield place:netherfield place:helmand place:helmand" },
    { NG_STATES_DEMONYMS, "{l OK} is {l Oklahoma}. {l L.A.} is not {l LA}.",
      "place:oklahoma place:oklahoma place:los-angeles place:louisiana" },
    { NG_STATES_DEMONYMS, "{l New York} and {l New York City}.",
      "place:new-york place:new-york-city" },
    { NG_STATES_DEMONYMS, "{l Long Beach, CA} and {l Long Beach}.",
      "place:long-beach place:long-beach" },
    { NG_STATES_DEMONYMS, "{l Long Beach}, {l CA}.", "place:long-beach place:california" },
    { NG_STATES_DEMONYMS, "{l Portland}, {l Maine}; {l Portland}, {l Oregon}; {l Portland}.",
      "place:portland-us-me place:maine place:portland-us-or place:oregon place:portland" },
    { NG_STATES_DEMONYMS, "{l Paris}, Texas, is small. {l Paris} sleeps.",
      "place:paris-us-tx place:paris-us-tx" },
    { NG_STATES_DEMONYMS, "{l Paris} is large. {l Paris}, Texas, is small.",
      "place:paris place:paris-us-tx" },
    { NG_STATES_DEMONYMS, "{l Washington, D.C.} is {l Washington}.",
      "place:washington place:washington" },
    { NG_STATES_DEMONYMS, "{l Paris}, {c Germany} and {c France}.",
      "place:paris country:DE country:FR" },
    /* capitals are places, unless asked otherwise */
    { NG_STATES_DEMONYMS, "the {l Adriatic}, the {l Adriatic Sea}.",
      "place:adriatic place:adriatic" },
    { NG_STATES_DEMONYMS, "the {l Mississippi River} in {l Mississippi}.",
      "place:mississippi-river place:mississippi" },
    { NG_STATES_DEMONYMS, "the {l Red Sea} and the {l Nile River}.",
      "place:red-sea place:nile-river" },
    { NG_STATES_DEMONYMS, "{l Moscow} said no.", "place:moscow" },
    { NG_STATES_METONYMS, "{l Moscow} said no.", "country:RU" },
    { NG_STATES_METONYMS, "a message from {l Moscow} came.", "country:RU" },
    { NG_STATES_METONYMS, "talks between {l Jerusalem} and {l Moscow}.", "country:IL country:RU" },
    { NG_STATES_METONYMS, "near {l Damascus} and in {l Jerusalem}.",
      "place:damascus place:jerusalem" },
    { NG_STATES_METONYMS, "Officials in {l Moscow} said no.", "place:moscow" },
    { NG_STATES_METONYMS, "{l Moscow}, in other words, is happy.", "country:RU" },
    { NG_STATES_METONYMS, "rely on the {l Kremlin} to help.", "country:RU" },
    { NG_STATES_METONYMS, "a tour inside the {l Kremlin}.", "place:kremlin" },
    { NG_STATES_METONYMS, "a flight from {l Moscow}.", "place:moscow" },
    { NG_STATES_METONYMS, "{l Washington} said so, {c U.S.} and {a America} too.",
      "country:US country:US country:US" },
    { NG_STATES_METONYMS, "{l Moscow}'s policy and {l Moscow}'s streets.",
      "country:RU place:moscow" },
    { NG_STATES_METONYMS, "{l Brussels}", "place:brussels" },
    { NG_STATES_METONYMS, "pressure on {l Moscow}", "country:RU" },
    { NG_STATES_METONYMS, "{l Paris} will host the games; {l Paris} will not yield.",
      "place:paris country:FR" },
    { NG_STATES_METONYMS, "A message from {l Moscow} came to {l Jerusalem}.",
      "country:RU place:jerusalem" },
    { NG_STATES_METONYMS, "an attack on {l London}", "place:london" },
    { NG_STATES_METONYMS, "a drone sent against the {l Baghdad} home", "place:baghdad" },
    { NG_STATES_METONYMS, "sanctions against {l Baghdad}", "country:IQ" },
    { NG_STATES_METONYMS, "a road from {l Cape Town} to {l Cairo}", "place:cape-town place:cairo" },
};

static void names_find_their_state(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        test_document *document = test_open_document(cx, cases[i].marked);
        ng_options options;
        char ids[2048];

        ng_options_init(&options);
        options.states = cases[i].states;
        test_make_cast(cx, names, &options, document);
        if (strcmp(test_ids(document, ids, sizeof ids), cases[i].ids) != 0)
            print_error("in %s\n", cases[i].marked);
        assert_string_equal(ids, cases[i].ids);
        test_close_document(cx, document);
    }
}

static const struct {
    const char *marked, *name, *rule;
    bool is_joined;
} ledger_cases[] = {
    { "{d Korean} troops of {c North Korea}.", "Korean", "shared-name-by-document", true },
    { "{d/KR Korean} troops.", "Korean", "shared-name-by-default", true },
    { "{d Israeli} troops.", "Israeli", "demonym", true },
    { "{a America} and more.", "America", "country-name", true },
    { "{l Moscow} said no.", "Moscow", "metonym", true },
    { "{l Portland}, {l Maine}; {l Portland}, {l Oregon}; near {l Portland}.", "Portland",
      "ambiguous-place", false },
};

static void ledger_says_how(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof ledger_cases / sizeof *ledger_cases; i++) {
        test_document *document = test_open_document(cx, ledger_cases[i].marked);
        ng_options options;

        ng_options_init(&options);
        options.states = NG_STATES_METONYMS;
        test_make_cast(cx, names, &options, document);
        if (!test_has_entry(document, ledger_cases[i].name, ledger_cases[i].rule,
                            ledger_cases[i].is_joined))
            fail_msg("no %s for %s", ledger_cases[i].rule, ledger_cases[i].name);
        test_close_document(cx, document);
    }
}

/* A metonym changes the form of its span; places and names keep theirs. */
static void forms_are_told(void **state)
{
    test_document *document =
        test_open_document(cx, "{l Moscow} said no in {l Moscow}; {d Russian} aid, {c Russia}.");
    ng_options options;

    (void)state;
    ng_options_init(&options);
    options.states = NG_STATES_METONYMS;
    test_make_cast(cx, names, &options, document);
    assert_int_equal(document->cast.forms[0], NG_FORM_METONYM);
    assert_int_equal(document->cast.forms[1], NG_FORM_NAME);
    assert_int_equal(document->cast.forms[2], NG_FORM_DEMONYM);
    assert_int_equal(document->cast.forms[3], NG_FORM_NAME);
    assert_int_equal(document->cast.actors[document->cast.of_span[0]].kind, NG_KIND_COUNTRY);
    assert_string_equal(document->cast.actors[document->cast.of_span[0]].code, "RU");
    test_close_document(cx, document);
}

static int open_all(void **state)
{
    (void)state;
    cx = ng_ctx_new();
    return !cx || ng_names_new(cx, NULL, &names) != NG_OK;
}

static int close_all(void **state)
{
    (void)state;
    ng_names_free(cx, names);
    ng_ctx_free(cx);
    return 0;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(names_find_their_state),
        cmocka_unit_test(ledger_says_how),
        cmocka_unit_test(forms_are_told),
    };

    return cmocka_run_group_tests(tests, open_all, close_all);
}
