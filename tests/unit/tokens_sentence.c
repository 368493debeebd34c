/* Where sentences and paragraphs end: "|" marks the end of a sentence, "||" that of a paragraph. */
#include "faults.h"

#include "tokens/tokens.h"

static ng_ctx *cx;
static ng_arena arena;

static int set_up(void **state)
{
    (void)state;
    cx = ng_ctx_new();
    ng_arena_init(&arena, (size_t)1 << 30);
    return cx ? 0 : -1;
}

static int tear_down(void **state)
{
    (void)state;
    ng_arena_destroy(cx, &arena);
    ng_ctx_free(cx);
    return 0;
}

#define LINE "It was a long and weary way that lay before the men of the hills,"

static const char *const cases[] = {
    "One came.| Two went.| Three stayed.",
    "Lester B. Pearson spoke.| He left.",
    "G.B.J. Dreyfus spoke.",
    "The U.S. troops left.| They went home.",
    "The U.S. President spoke.",
    "It happened on Jan. 21 in Rome.| Nobody saw it.",
    "They met in Washington, D.C.| The joint event was short.",
    "They met in Washington, D.C., on Monday.",
    "Mr. Smith met Dr. Jones.| Gen. Dempsey came too.",
    "Yahoo! is a company.",
    "Really?| Yes.| No!| Never.",
    "\"Stop it.\"| He did.",
    "\"Stop,\" he said.| \"Go.\"| They went.",
    "\"What?\" he asked.| Nobody knew.",
    "(It was late.)| They left.",
    "It works as follows: first one.| Then two.",
    "It cost 2.5 million.| Then 3.",
    "He works for Acme Inc. and lives here.| She does not.",
    "He works for Acme Inc.| The firm is old.",
    "See Fig. 3 and no. 5.| No.| That is wrong.",
    "He was born at 5 a.m. in Rome.",
    "He said it.[1]| Then he left.",
    "He said it. [4] [7]| Then he left.",
    "lower case text goes past.| it has no capitals.",
    "First paragraph.||\n\nSecond paragraph.||\n\n\nThird.",
    "First.||\r\n\r\nSecond.",
    "## The Limits||\n\nFebruary 21, 2019 Jane Doe||\n\nIt began.| It ended.",
    "- one item|\n- two items|\n- three",
    "1. Introduction|\n2. Method|\n3. End",
    "A first sentence stands here.|\nA second one follows it.|\nAnd a third.",
    "Headline Without A Stop|\nBy Jane Doe|\nThe text begins here.| It goes on.",
    LINE "\n" LINE "\n" LINE "\n" LINE "\nand there it ended.| Or so they said.",
    LINE "\n" LINE "\n" LINE "\n" LINE "\nshort end.|\nThis line is another one that goes on in "
         "prose and is full\nas before.",
    /* initials, titles, abbreviations */
    "J. R. R. Tolkien wrote it.| C. S. Lewis read it.",
    "The book by J.R.R. Tolkien was long.| He liked it.",
    "George W. Bush and John F. Kennedy were presidents.| Both were sons of rich men.",
    "He met Samuel L. Jackson.| They ate.",
    "It was written by Philip K. Dick.| The film came later.",
    "This is plan B.| We go on.",
    "He chose option C.| It was cheap.",
    "Vitamin C.| The rest is known.",
    "U.S. Secretary of State Antony J. Blinken met Lt. Gen. H. R. McMaster.| They spoke.",
    "She left the U.S. in May.| He stayed.",
    "She left the U.S.| The war had begun.",
    "She left the U.S.| He stayed.",
    "Troops of the U.S. Army and the U.K. government agreed.",
    "The U.S.-led force left.| It was late.",
    "The U.N. Security Council met.| Russia voted no.",
    "He went to the U.N.| But nobody listened.",
    "Sen. Edward M. Kennedy, D-Mass., spoke.| Rep. Barney Frank followed.",
    "Gov. Jerry Brown of Calif. signed it.| The bill was old.",
    "They live in St. Petersburg, Fla., and in St. Louis, Mo.| She does not.",
    "Prof. Dr. Maria Huber spoke.| Drs. Jones and Lee agreed.",
    "Rev. Martin Luther King Jr. was born in Atlanta, Ga., in 1929.",
    "Martin Luther King Jr.| He was a preacher.",
    "Sammy Davis Jr. said so.| Dale Earnhardt Jr. won.",
    "Mt. Everest is high.| Ft. Lauderdale is flat.",
    "Capt. James T. Kirk met Cmdr. Spock.| Col. Green shot first.",
    "Messrs. Smith and Wesson met Mmes. Brown and Grey.",
    "MR. VILLARS TO LADY HOWARD",
    "DR. SMITH MET MRS. JONES AND ST. JOHN.| THEY SPOKE.",
    "Pvt. Ryan, Cpl. Upham and Sgt. Horvath came.| Pfc. Reiben did not.",
    "Sta. Ana is a town.| Sto. Tomas is another.",
    "Maj. Gen. Smedley D. Butler, Brig. Gen. Billy Mitchell and Adm. Nimitz.",
    "He worked for Apple Inc. in Cupertino, Calif., until 2001.",
    "Apple Inc. said it would pay.| Microsoft Corp. refused.",
    "He sold it to News Corp.| The price was high.",
    "He works at Barnes & Noble Inc.| He likes it.",
    "Visakha Gases Pvt. Ltd. makes gas.| Its owner is rich.",
    "Goldman Sachs & Co. and J.P. Morgan Chase & Co. lent money.",
    "The Acme Co.'s profit fell.| Nobody knew.",
    "They met at 5 p.m. in Rome.| They parted at 6 a.m. on Monday.",
    "They met at 5 p.m.| He was late.",
    "It opens at 9 a.m.| Tickets are cheap.",
    "It opened at 7:30 P.M. EST and closed at 2 A.M. ET.| It was full.",
    "In 44 B.C. Caesar died.| Augustus came in 27 B.C. and died in A.D. 14.",
    "He has a Ph.D. from Yale.| She has an M.A. and a B.Sc. from Oxford.",
    "Jane Roe, M.D., and John Doe, Ph.D., wrote it.",
    "It rained on Jan. 21, on Feb. 3 and on Sept. 11.| It stopped.",
    "It happened in Dec. 2008.| He was there.",
    "It happened on Wed. Nov. 5 in Ill. and Pa.| They were glad.",
    "Joint Base Andrews is near Washington, D.C.| The joint event was short.",
    "Washington, D.C. Mayor Muriel Bowser spoke.",
    "He was born in Washington, D.C.| He died in Rome.",
    "No. 10 is a house.| No. 5 is a scent.| No.| It is not.",
    "See p. 12, pp. 14-16, vol. 2, ch. 3 and fig. 4.| Then see no. 7.",
    "The answer is no.| Nobody came.",
    "Art. 5 says so.| Modern art.| It is dear.",
    "Use a tool, e.g. a saw, i.e. a thing with teeth.| It cuts.",
    "Use a tool (e.g. Excel).| It helps.",
    "Some towns, e.g. Paris, Rome, etc. are old.| Others are new.",
    "They sell nuts, bolts, etc.| The shop is old.",
    "Smith et al. found it.| Jones et al. (2003) did not.",
    "It was Smith v. Jones.| Roe vs. Wade came later.",
    "He lived c. 1400.| He was born ca. 1380 in Prague.",
    "He lives at 12 Main St. in Akron.| The house is red.",
    "He lives on 5th Ave. near Oak Blvd. in Queens.",
    "He lives on Main St.| The house is red.",
    "It weighs 5 lbs. 3 oz. at birth.| It grew.",
    "The distance is 5 km.| They walked.",
    "Temperatures reached 45 deg. in the shade.| It was hot.",
    "He ran the 100 m.| He won.",
    "William L. Curry, Colonel, 29 July 1945 to 1 May 1946.",
    "Louis XIV.| He was king.",
    "George II. was king.| He died.",
    "It was World War II.| Europe lay in ruins.",
    "John Smith Sr. and his son met.| They spoke.",
    "Robert Downey Sr.| He made films.",
    "Yes, I did.| I. M. Pei built it.",
    "So did I.| The rest stayed.",
    "My wife and I.| We went home.",
    /* numbers, links, files */
    "It costs $2.5 million.| It rose 3.4 percent.",
    "Version 2.0.1 came.| Version 3.",
    "The score was 3.| Then 4.",
    "Sales rose to 5.| 10 of them were lost.",
    "In 2010.| 2011 was worse.",
    "At 10.30 he left.| At 11.45 she came.",
    "See www.example.com.| It is free.",
    "See http://a.example/b.html?x=1.| It is free.",
    "Mail jane.doe@example.com.| She answers.",
    "Mail jane.doe@example.com or call.| She answers.",
    "Amazon.com said so.| Yahoo! Inc. did not.",
    "The file is named a.txt.| Open it.",
    "He uses Node.js and ASP.NET.| They work.",
    "It rose .5 percent.| Then it fell.",
    "Rs. 500 was paid.| Nobody saw it.",
    /* quotes */
    "\"Is it over?\" he said.| \"It is!\" she cried.| They left.",
    "“Is it over?” he said.| “It is!” she cried.| They left.",
    "“Stop,” said Anne.| “Why?” asked Bob.| “Because.”| He stopped.",
    "'Is it over?' he said.| 'It is,' said she.| They left.",
    "‘Is it over?’ asked Ann.| ‘It is.’| They left.",
    "\"It is over.\"| He left.",
    "“It is over.”| He left.",
    "“It is over.”| (He left.)",
    "He said: \"It is over.\"| Then he left.",
    "He said, \"It is over.| We go.\"| Then he left.",
    "He asked \"Why?\" and left.| Nobody spoke.",
    "(He left.)| She stayed.",
    "He left (it was late).| She stayed.",
    "He left.| (It was late.)",
    "It was \"great.\"| Then it was not.",
    "“We will win!” Smith said.| “We must.”",
    "“Who won?” Smith asked.| Nobody knew.",
    "Jeopardy! is a show.| Guess Who? is a game.",
    "“Oh!” cried Mrs. Bennet.| “Ah!” said he.",
    "The band Panic! at the Disco played.| Wham! did not.",
    "Who?| Me?| No!",
    "What?!| No way!!| Yes...| Maybe.",
    /* dots */
    "He waited ... and waited.| Then he left.",
    "He waited...| The door opened.",
    "He waited…| The door opened.",
    "I was ... I am not sure.| Go on.",
    "Well... yes.| I think so...",
    "“I thought...”| She stopped.",
    "To be or not to be. . . .| That is it.",
    /* without a space, or lower case */
    "It ended there.|Then he left.",
    "He asked why?|She did not say.",
    "it rained.| we went home.| nobody cared.",
    "iPhone sales rose.| eBay fell.",
    "It was late.| al-Assad left.",
    "It was late.| van Gogh painted.",
    "He went to eBay.| iTunes came later.",
    /* datelines and bylines */
    "WASHINGTON (AP) — The president spoke.| He left.",
    "PARIS, Jan. 21 (Reuters) - Shares fell.| Banks rose.",
    "NEW YORK -- Stocks fell.| Bonds rose.",
    "By JOHN SMITH|\nAssociated Press Writer|\nROME (AP) -- The pope spoke.| He left.",
    "By Jane Doe, Staff Writer||\n\nThe mayor spoke.| He left.",
    "Ilan I. Berman|\nThe Hill|\nMay 4, 2011",
    "Ilan Berman|\nThe Hill||\n\nRussia is at war.| It began it.",
    "Photo: Jane Doe / AP|\nThe mayor speaks in Rome on Monday.|\nHe left early.",
    "Subject: Meeting with Bob Kay|\nFrom: Ann Lee|\nTo: Carl Day||\n\nDear Carl,||\n\nWe meet.",
    "From: Ann Lee <ann@x.org>|\nDate: Mon, 5 May 2003 10:00:00 -0700|\nSubject: Re: Rome",
    "Dear Mr. Smith:||\n\nThank you.| Yours,||\n\nJohn Doe",
    "Best regards,|\nJohn Doe|\nAcme Inc.|\n12 Main St.|\nAkron, Ohio",
    /* lists, tables, Markdown */
    "1. Rome is old.|\n2. Paris is not.|\n3. Oslo is cold.",
    "1) Rome|\n2) Paris|\n3) Oslo",
    "a) Rome|\nb) Paris|\nc) Oslo",
    "(a) Rome|\n(b) Paris|\n(c) Oslo",
    "* Rome|\n* Paris|\n* Oslo",
    "• Rome|\n• Paris|\n• Oslo",
    "– Rome|\n– Paris|\n– Oslo",
    "- John Smith of Rome and\n  others|\n- Ann Lee",
    "# Title|\nText begins.| It ends.",
    "Title|\n=====|\nText begins.",
    "**Bold words.**| Then more.| *Also this.*| End.",
    "_It is so._| They left.",
    "> Quoted text.| More of it.",
    "Name\tTown|\nAnn Lee\tRome|\nBob Kay\tOslo",
    "Name,Town|\nAnn Lee,Rome|\nBob Kay,Oslo",
    "Chapter 1.|\nIt began.| It went on.",
    "CHAPTER I.||\n\nIt was late.| They slept.",
    "I.||\n\nIt was late.",
    "Copyright 2011 Acme Inc.| All rights reserved.",
    "© 2011 Reuters.| All rights reserved.",
    /* biography, footnotes */
    "He died in 1990.[1][2]| His son lived.",
    "He died in 1990.¹| His son lived.",
    "He died in 1990 [1].| His son lived.",
    "John Smith (b. 1950, d. 2001) was a poet.| He was born in Rome.",
    "John Smith (born Jan. 5, 1950) is a poet.| He lives.",
    "Anna (née Braun) married Karl (m. 1920; div. 1930).| She died.",
    "He was 5 ft. 7 in. tall.| She was not.",
    "Op. 12 no. 3 is short.| It is in C.| The end.",
    "It was the 1st.| The 2nd followed.",
    "He was No. 1.| She was No. 2.",
    "It is 10 o'clock.| It is late.",
    "The '90s came.| They went.",
    "He came in '95.| She left.",
    "The Jones' were late.| They ate.",
    /* line breaks inside a sentence */
    "The minister met the new president of the United States and his\nForeign Secretary in Rome.| "
    "They spoke.",
    "The prize went to three women from Oslo, to two men from Madrid,\nParis and Rome.| They left.",
    "It was signed on Monday by the envoys of both countries and by Mr.\nBlack of the Post.| End.",
    "Ann Lee|\nRome is a big town with a long past and many old houses in\nit, they say.",
    /* capitals */
    "HE LIVES IN GA.| THEY LEFT.",
    "HE LIVES IN THE U.S.| THEY LEFT.",
    "SENATE CALLS ON THE U.S. TO ACT IN E. ON PLANS",
    "MR. CARNEY: Good afternoon.| We begin.",
    "ACME INC. PAID JOHN DOE JR. WELL.| THE REST STAYED.",
    "Good morning, Sir.| Come in.",
};

/* The text of a case without its marks. */
static size_t strip(const char *marked, char *text)
{
    size_t size = 0;

    for (; *marked; marked++)
        if (*marked != '|')
            text[size++] = *marked;
    text[size] = 0;
    return size;
}

static void test_ends(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        char text[2048], marked[2048];
        size_t size = strip(cases[i], text), at = 0, out = 0;
        ng_text scanned = { 0 };
        assert_int_equal(ng_text_scan(cx, &arena, (ng_view){ text, size }, 10000, &scanned), NG_OK);
        for (size_t k = 0; k < scanned.sentence_count; k++) {
            const ng_sentence *sentence = &scanned.sentences[k];
            memcpy(marked + out, text + at, sentence->end - at);
            out += sentence->end - at;
            at = sentence->end;
            if (k + 1 < scanned.sentence_count) {
                marked[out++] = '|';
                if (sentence[1].paragraph != sentence->paragraph)
                    marked[out++] = '|';
            }
        }
        marked[out] = 0;
        assert_string_equal(marked, cases[i]);
    }
}

static void test_headings(void **state)
{
    static const char text[] = "# Title\n\nBy Jane Doe\n\nIt began here.\n\n- an item\n- another\n";
    static const bool wanted[] = { true, true, false, true, true };
    ng_text scanned = { 0 };

    (void)state;
    assert_int_equal(ng_text_scan(cx, &arena, ng_view_of(text), 10000, &scanned), NG_OK);
    assert_int_equal(scanned.sentence_count, sizeof wanted / sizeof *wanted);
    for (size_t i = 0; i < scanned.sentence_count; i++)
        assert_int_equal(scanned.sentences[i].is_heading, wanted[i]);
}

/* A sentence without end is cut at the next token after the limit. */
static void test_limit(void **state)
{
    enum { WORDS = 1000, LIMIT = 100 };
    static char text[WORDS * 5];
    ng_text scanned = { 0 };

    (void)state;
    for (size_t i = 0; i < WORDS; i++)
        memcpy(text + i * 5, "word ", 5);
    assert_int_equal(ng_text_scan(cx, &arena, (ng_view){ text, sizeof text }, LIMIT, &scanned),
                     NG_OK);
    assert_true(scanned.sentence_count >= WORDS * 5 / (LIMIT + 5));
    for (size_t i = 0; i < scanned.sentence_count; i++)
        assert_true(scanned.sentences[i].end - scanned.sentences[i].start <= LIMIT);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_ends),
        cmocka_unit_test(test_headings),
        cmocka_unit_test(test_limit),
    };

    return cmocka_run_group_tests(tests, set_up, tear_down);
}
