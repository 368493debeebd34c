/* Classes of characters and small word lists that the scanner and the sentence finder need.
 *
 * ASCII goes through a table of 128 bytes; everything else asks the Unicode tables of base. The
 * word lists are sorted and searched by halving; they are asked only at full stops. */
#include "tokens_internal.h"

enum { WORD_BYTES_MAX = 12 }; /* the longest word of the lists */

#define P NG_CHAR_PUNCTUATION
#define S NG_CHAR_SPACE
#define L NG_CHAR_LOWER
#define U NG_CHAR_UPPER
#define D NG_CHAR_DIGIT

const uint8_t ng_char_ascii[128] = {
    S, S, S, S, S, S, S, S, S, S, S, S, S, S, S, S, /* control characters */
    S, S, S, S, S, S, S, S, S, S, S, S, S, S, S, S, /* */
    S, P, P, P, P, P, P, P, P, P, P, P, P, P, P, P, /* space ! " # ... */
    D, D, D, D, D, D, D, D, D, D, P, P, P, P, P, P, /* 0 ... 9 : ; < = > ? */
    P, U, U, U, U, U, U, U, U, U, U, U, U, U, U, U, /* @ A ... */
    U, U, U, U, U, U, U, U, U, U, U, P, P, P, P, P, /* P ... [ \ ] ^ _ */
    P, L, L, L, L, L, L, L, L, L, L, L, L, L, L, L, /* ` a ... */
    L, L, L, L, L, L, L, L, L, L, L, P, P, P, P, S, /* p ... { | } ~ DEL */
};

#undef P
#undef S
#undef L
#undef U
#undef D

ng_char_class ng_char_classify(uint32_t code_point)
{
    if (code_point < 128)
        return (ng_char_class)ng_char_ascii[code_point];
    if (code_point == 0x200D || (code_point >= 0xFE00 && code_point <= 0xFE0F) ||
        code_point == 0x20E3 || code_point == 0x00AD || code_point == 0x200C ||
        (code_point >= 0x1F3FB && code_point <= 0x1F3FF))
        return NG_CHAR_JOINER;
    if (code_point == 0xFEFF || (code_point >= 0x200B && code_point <= 0x200F) ||
        (code_point >= 0x202A && code_point <= 0x202E) ||
        (code_point >= 0x2066 && code_point <= 0x2069) || ng_utf8_is_space(code_point) ||
        code_point < 0xA0)
        return NG_CHAR_SPACE;
    if (code_point == 0xFFFD)
        return NG_CHAR_LOWER; /* stands for a letter that was lost: "Jos\xEF\xBF\xBD" is one word */
    if (code_point == 0xB2 || code_point == 0xB3 || code_point == 0xB9 ||
        (code_point >= 0x2070 && code_point <= 0x2079 && code_point != 0x2071))
        return NG_CHAR_PUNCTUATION; /* the number of a note: "Smith\xC2\xB9 says" */
    if (code_point >= 0x2010 && code_point <= 0x2BFF && !ng_utf8_is_letter(code_point))
        return ng_utf8_is_digit(code_point) ? NG_CHAR_DIGIT : NG_CHAR_PUNCTUATION;
    if (ng_utf8_is_upper(code_point))
        return NG_CHAR_UPPER;
    if (ng_utf8_is_letter(code_point))
        return NG_CHAR_LOWER;
    return ng_utf8_is_digit(code_point) ? NG_CHAR_DIGIT : NG_CHAR_PUNCTUATION;
}

/* Order of bytes of a word and an entry of a list. Their first bytes settle most comparisons. */
static int compare_word(ng_view word, const char *entry)
{
    size_t same = 0;

    while (same < word.size && entry[same] != '\0' && word.data[same] == entry[same])
        same++;
    if (same == word.size)
        return entry[same] == '\0' ? 0 : -1;
    return (unsigned char)word.data[same] < (unsigned char)entry[same] ? -1 : 1;
}

/* Finds a word in a sorted list by halving; -1 when it is not there. */
static int find_sorted(ng_view word, const char *const *list, size_t count)
{
    size_t low = 0, high = count;

    while (low < high) {
        size_t middle = low + (high - low) / 2;
        int order = compare_word(word, list[middle]);
        if (order == 0)
            return (int)middle;
        if (order < 0)
            high = middle;
        else
            low = middle + 1;
    }
    return -1;
}

#define COUNT(list) (sizeof(list) / sizeof *(list))

static const char *const titles[] = {
    "Adj",   "Adm",  "Amb",   "Archbp", "Atty",   "Brig", "Bros", "Capt", "Cdr",  "Cmdr", "Col",
    "Comdr", "Comm", "Commr", "Cong",   "Cpl",    "Cpt",  "Det",  "Dir",  "Dr",   "Drs",  "Ens",
    "Esq",   "Fr",   "Ft",    "Gen",    "Gens",   "Gov",  "Govs", "Gp",   "Hon",  "Insp", "Lieut",
    "Lt",    "Lts",  "M",     "Maj",    "Messrs", "Mgr",  "Mgrs", "Mlle", "Mme",  "Mmes", "Mr",
    "Mrs",   "Ms",   "Msgr",  "Mt",     "Pfc",    "Ph",   "Pres", "Prof", "Pte",  "Pvt",  "Rep",
    "Reps",  "Rev",  "Sen",   "Sens",   "Sgt",    "Sgts", "Spc",  "St",   "Sta",  "Ste",  "Sto",
    "Sup",   "Supt", "Ven",   "adm",    "approx", "ca",   "capt", "cf",   "col",  "dr",   "esp",
    "est",   "gen",  "gov",   "incl",   "lt",     "mr",   "mrs",  "ms",   "prof", "rep",  "rev",
    "sen",   "sgt",  "st",    "viz",    "vs"
};

static const char *const others[] = {
    "AG",    "Ala",  "Alta", "Apr",   "Ariz",  "Ark",  "Assn", "Aug",   "Ave",  "Bhd",   "Blvd",
    "Calif", "Cia",  "Cie",  "Co",    "Colo",  "Conn", "Corp", "Cos",   "Dak",  "Dec",   "Del",
    "Dept",  "Dist", "Div",  "Eng",   "Feb",   "Fla",  "Fri",  "Ga",    "Gmbh", "Gov't", "Hwy",
    "Ill",   "Inc",  "Ind",  "Int'l", "Jan",   "Jr",   "Jul",  "Jun",   "Kan",  "Kans",  "Ky",
    "La",    "Ln",   "Ltd",  "MM",    "Mass",  "Md",   "Mex",  "Mfg",   "Mich", "Minn",  "Miss",
    "Mo",    "Mon",  "Mont", "NM",    "Nat'l", "Neb",  "Nebr", "Nev",   "Nov",  "Oct",   "Okla",
    "Ont",   "Ore",  "Pa",   "Penn",  "Pk",    "Ply",  "Pty",  "Que",   "Rd",   "Sask",  "Sep",
    "Sept",  "Sq",   "Sr",   "Tenn",  "Tex",   "Thu",  "Thur", "Thurs", "Tue",  "Tues",  "Univ",
    "Va",    "Vt",   "Wash", "Wed",   "Wis",   "Wyo",  "al",   "b",     "c",    "d",     "govt",
    "inc",   "jr",   "ltd",  "v"
};

static const char *const units[] = { "deg", "ft",  "hrs", "in", "kg",  "km", "lb", "lbs",
                                     "mi",  "min", "mph", "oz", "sec", "sq", "yr", "yrs" };

static const char *const last_ones[] = { "etc" };

static const char *const numbers[] = { "Art",  "Ch",  "Chap", "Eq",   "Fig",  "Figs", "Mar",
                                       "No",   "Nos", "Nr",   "Op",   "Para", "Pt",   "Rs",
                                       "Sat",  "Sec", "Sun",  "Vol",  "art",  "ch",   "chap",
                                       "div",  "ed",  "fig",  "m",    "no",   "nos",  "p",
                                       "para", "pp",  "r",    "sect", "vol",  "vols" };

/* Capitals after which a sentence goes on, unlike CO and MO, the states. */
static const char *const capitals[] = { "CORP", "INC", "JR", "LTD", "PVT", "SR" };

/* Writes a word of capitals in lower case but for its first letter; false for another word. */
static bool lower_capitals(ng_view word, char out[WORD_BYTES_MAX])
{
    if (word.size < 2 || word.size > WORD_BYTES_MAX)
        return false;
    for (size_t i = 0; i < word.size; i++) {
        if (word.data[i] < 'A' || word.data[i] > 'Z')
            return false;
        out[i] = (char)(i ? word.data[i] | 32 : word.data[i]);
    }
    return true;
}

ng_abbreviation ng_abbreviation_find(ng_view word)
{
    char lower[WORD_BYTES_MAX];

    if (word.size > 6)
        return NG_ABBREVIATION_NONE;
    if (lower_capitals(word, lower)) {
        if (find_sorted(word, capitals, COUNT(capitals)) >= 0)
            return NG_ABBREVIATION_OTHER;
        if (find_sorted((ng_view){ lower, word.size }, titles, COUNT(titles)) >= 0)
            return NG_ABBREVIATION_TITLE;
    }
    if (find_sorted(word, titles, COUNT(titles)) >= 0)
        return NG_ABBREVIATION_TITLE;
    if (find_sorted(word, others, COUNT(others)) >= 0)
        return NG_ABBREVIATION_OTHER;
    if (find_sorted(word, numbers, COUNT(numbers)) >= 0)
        return NG_ABBREVIATION_NUMBER;
    if (find_sorted(word, units, COUNT(units)) >= 0)
        return NG_ABBREVIATION_UNIT;
    return find_sorted(word, last_ones, COUNT(last_ones)) >= 0 ? NG_ABBREVIATION_LAST
                                                               : NG_ABBREVIATION_NONE;
}

static const char *const openers[] = {
    "A",       "About",        "According", "After",    "All",    "Also",      "Although",
    "Among",   "An",           "And",       "Another",  "Any",    "Are",       "As",
    "At",      "Because",      "Before",    "Both",     "But",    "By",        "Can",
    "Despite", "Did",          "Do",        "Does",     "During", "Each",      "Earlier",
    "Even",    "Every",        "Few",       "Finally",  "First",  "For",       "From",
    "Further", "Furthermore",  "Had",       "Has",      "Have",   "He",        "Her",
    "Here",    "His",          "How",       "However",  "I",      "If",        "In",
    "Is",      "It",           "Its",       "Just",     "Last",   "Later",     "Like",
    "Many",    "Meanwhile",    "More",      "Moreover", "Most",   "Much",      "My",
    "Neither", "Nevertheless", "No",        "Nobody",   "None",   "Nor",       "Not",
    "Nothing", "Now",          "Of",        "On",       "Once",   "One",       "Only",
    "Or",      "Other",        "Others",    "Our",      "Over",   "People",    "Perhaps",
    "She",     "Since",        "So",        "Some",     "Soon",   "Still",     "Such",
    "That",    "The",          "Their",     "Then",     "There",  "Therefore", "These",
    "They",    "This",         "Those",     "Though",   "Three",  "Through",   "Thus",
    "To",      "Today",        "Two",       "Under",    "Unlike", "Until",     "Upon",
    "Was",     "We",           "Were",      "What",     "When",   "Where",     "Whether",
    "Which",   "While",        "Who",       "Why",      "With",   "Within",    "Without",
    "Yet",     "You",          "Your",
};

/* Prepositions in capitals are more often inside a headline. */
static const char *const capital_openers[] = { "BUT",   "HE",   "IT",   "SHE", "THE",
                                               "THERE", "THEY", "THIS", "WE" };

bool ng_word_opens_sentence(ng_view word)
{
    return word.size <= WORD_BYTES_MAX &&
           (find_sorted(word, openers, COUNT(openers)) >= 0 ||
            find_sorted(word, capital_openers, COUNT(capital_openers)) >= 0);
}

static const char *const speech[] = {
    "added",     "admitted", "agreed",   "announced", "answered",    "argued",    "asked",
    "asks",      "barked",   "began",    "begged",    "bellowed",    "called",    "chirped",
    "cried",     "cries",    "declared", "demanded",  "enquired",    "exclaimed", "gasped",
    "growled",   "grunted",  "inquired", "insisted",  "interrupted", "joked",     "laughed",
    "moaned",    "murmured", "muttered", "pleaded",   "remarked",    "repeated",  "replied",
    "replies",   "retorted", "roared",   "said",      "says",        "screamed",  "shouted",
    "shrieked",  "sighed",   "snapped",  "sobbed",    "told",        "tweeted",   "wailed",
    "whispered", "wondered", "wrote",    "yelled",
};

bool ng_word_is_speech(ng_view word)
{
    return word.size <= WORD_BYTES_MAX && find_sorted(word, speech, COUNT(speech)) >= 0;
}

static const char *const loose[] = {
    "a",  "an",  "and", "as", "at", "by",  "for",   "from", "her", "his", "in",   "into", "its",
    "my", "nor", "of",  "on", "or", "our", "their", "that", "the", "to",  "with", "your",
};

bool ng_word_wants_more(ng_view word)
{
    return word.size <= 5 && find_sorted(word, loose, COUNT(loose)) >= 0;
}

static const char *const clock_words[] = {
    "Apr",       "April",    "Aug",    "August",   "Central", "Dec",       "December",  "Eastern",
    "Feb",       "February", "Fri",    "Friday",   "GMT",     "Greenwich", "Jan",       "January",
    "July",      "June",     "Local",  "March",    "May",     "Mon",       "Monday",    "Mountain",
    "Nov",       "November", "Oct",    "October",  "Pacific", "Sat",       "Saturday",  "Sept",
    "September", "Sun",      "Sunday", "Thursday", "Tuesday", "UTC",       "Wednesday",
};

bool ng_word_follows_clock(ng_view word)
{
    return word.size <= WORD_BYTES_MAX && find_sorted(word, clock_words, COUNT(clock_words)) >= 0;
}

static const char *const leaders[] = { "abd", "abu", "al", "bin", "bint", "el", "ibn", "umm" };

bool ng_word_leads_name(ng_view word)
{
    return word.size <= 4 && find_sorted(word, leaders, COUNT(leaders)) >= 0;
}

static const char *const domains[] = {
    "ac",  "au", "be",  "biz", "br",  "ca",   "ch", "cn", "co",   "com", "de",
    "edu", "es", "eu",  "fr",  "gov", "html", "il", "in", "info", "io",  "ir",
    "it",  "jp", "mil", "net", "nl",  "org",  "pl", "ru", "tv",   "uk",  "us",
};

bool ng_word_is_domain(ng_view word)
{
    return word.size <= 4 && find_sorted(word, domains, COUNT(domains)) >= 0;
}
