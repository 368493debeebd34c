/* Text for Graphviz: plain attribute values, bold labels, and the heading with the key.
 *
 * Graphviz reads two kinds of strings. Plain ones know backslash escapes and character entities;
 * HTML-like ones are XML. cgraph up to 2.42 stores both in one table by content, so a plain value
 * equal to an HTML-like one would be read as HTML. All our HTML-like strings begin with a raw
 * newline, which a plain value never holds (it becomes the two bytes \n): they cannot be equal. */
#include "drawing_internal.h"

#include <inttypes.h>

#include <math.h>
#include <string.h>

enum { WRAP_FROM = 34, WRAP_LINE = 26 };

typedef void (*put_char)(FILE *out, const char *bytes, size_t size);

/* Bytes of the code point at `text`, which is valid UTF-8. */
static size_t char_size(const char *text)
{
    unsigned char first = (unsigned char)*text;

    return first < 0x80 ? 1 : first < 0xE0 ? 2 : first < 0xF0 ? 3 : 4;
}

/* Code points of a text. */
static size_t char_count(draw_text text)
{
    size_t count = 0;

    for (size_t i = 0; i < text.size; i++)
        count += ((unsigned char)text.data[i] & 0xC0) != 0x80;
    return count;
}

/* True for U+FFFE and U+FFFF, which XML forbids. */
static bool is_forbidden(const char *bytes, size_t size)
{
    return size == 3 &&
           (memcmp(bytes, "\xEF\xBF\xBE", 3) == 0 || memcmp(bytes, "\xEF\xBF\xBF", 3) == 0);
}

/* True for U+FEFF: a value of nothing else would be written without quotes, and cgraph's reader
 * takes it for a byte order mark. */
static bool is_byte_order_mark(const char *bytes, size_t size)
{
    return size == 3 && memcmp(bytes, "\xEF\xBB\xBF", 3) == 0;
}

/* What both kinds of strings share: no control bytes, no forbidden code points. */
static void put_clean(FILE *out, const char *bytes, size_t size)
{
    if ((unsigned char)*bytes < 0x20 || *bytes == 0x7F || is_byte_order_mark(bytes, size))
        (void)fputc(' ', out);
    else if (is_forbidden(bytes, size))
        (void)fputs("\xEF\xBF\xBD", out);
    else
        (void)fwrite(bytes, 1, size, out);
}

/* One character of a plain value. */
static void put_plain_char(FILE *out, const char *bytes, size_t size)
{
    if (*bytes == '\\')
        (void)fputs("\\\\", out);
    else if (*bytes == '&')
        (void)fputs("&amp;", out);
    else if (*bytes == '\n')
        (void)fputs("\\n", out);
    else
        put_clean(out, bytes, size);
}

/* One character of an HTML-like value. Graphviz expands \N and the like in its text, too; and it
 * feeds its XML parser in pieces, where a last ] would wait for a possible ]]> and be lost. */
static void put_html_char(FILE *out, const char *bytes, size_t size)
{
    switch (*bytes) {
    case '\\':
        (void)fputs("\\\\", out);
        break;
    case ']':
        (void)fputs("&#93;", out);
        break;
    case '&':
        (void)fputs("&amp;", out);
        break;
    case '<':
        (void)fputs("&lt;", out);
        break;
    case '>':
        (void)fputs("&gt;", out);
        break;
    case '"':
        (void)fputs("&quot;", out);
        break;
    case '\n':
        (void)fputs("<BR/>", out);
        break;
    default:
        put_clean(out, bytes, size);
    }
}

/* One character of an XML element. */
static void put_xml_char(FILE *out, const char *bytes, size_t size)
{
    if (*bytes == '&')
        (void)fputs("&amp;", out);
    else if (*bytes == '<')
        (void)fputs("&lt;", out);
    else if (*bytes == '>')
        (void)fputs("&gt;", out);
    else
        put_clean(out, bytes, size);
}

/* One character of the title, which stays on one line. */
static void put_title_char(FILE *out, const char *bytes, size_t size)
{
    put_html_char(out, *bytes == '\n' ? " " : bytes, size);
}

/* The longest beginning of at most max_bytes, whole code points, with room for an ellipsis when
 * something is left out. */
static size_t cut_size(draw_text text, size_t max_bytes)
{
    size_t size = 0;

    if (text.size <= max_bytes)
        return text.size;
    while (size + char_size(text.data + size) <= max_bytes - 3)
        size += char_size(text.data + size);
    return size;
}

/* Writes the kept part through `put` and an ellipsis where it was cut. `line` > 0: the first space
 * after so many characters of a line becomes a newline. */
static void put_cut(FILE *out, draw_text text, size_t max_bytes, size_t line, put_char put)
{
    size_t end = cut_size(text, max_bytes);
    size_t column = 0;

    for (size_t i = 0; i < end; i += char_size(text.data + i)) {
        bool is_break = line && column >= line && text.data[i] == ' ';
        put(out, is_break ? "\n" : text.data + i, char_size(text.data + i));
        column = is_break || text.data[i] == '\n' ? 0 : column + 1;
    }
    if (end < text.size)
        (void)fputs("\xE2\x80\xA6", out);
}

/* Characters after which a label's line breaks at the next space: lines of about one length. */
static size_t wrap_of(draw_text label)
{
    draw_text kept = { label.data, cut_size(label, DRAW_LABEL_BYTES) };
    size_t count = char_count(kept);

    if (count <= WRAP_FROM)
        return 0;
    count /= (count + WRAP_LINE - 1) / WRAP_LINE;
    return count > 4 ? count - 4 : count;
}

void draw_put_plain(FILE *out, draw_text text, size_t max_bytes)
{
    put_cut(out, text, max_bytes, 0, put_plain_char);
}

void draw_put_xml(FILE *out, draw_text text, size_t max_bytes)
{
    put_cut(out, text, max_bytes, 0, put_xml_char);
}

void draw_put_label(FILE *out, draw_text label)
{
    put_cut(out, label, DRAW_LABEL_BYTES, wrap_of(label), put_plain_char);
}

void draw_put_bold_label(FILE *out, draw_text label)
{
    (void)fputs("\n<B>", out);
    put_cut(out, label, DRAW_LABEL_BYTES, wrap_of(label), put_html_char);
    (void)fputs("</B>", out);
}

size_t draw_longest_line(draw_text label)
{
    size_t end = cut_size(label, DRAW_LABEL_BYTES);
    size_t wrap = wrap_of(label);
    size_t column = 0, longest = 0;

    for (size_t i = 0; i < end; i += char_size(label.data + i)) {
        bool is_break = label.data[i] == '\n' || (wrap && column >= wrap && label.data[i] == ' ');
        column = is_break ? 0 : column + 1;
        longest = column > longest ? column : longest;
    }
    return longest;
}

/* ---- the heading ---- */

/* The words for what a node's size shows. */
static const char *size_words(const char *size_by)
{
    static const char *const words[][2] = {
        { "strength", "stronger ties overall" },
        { "degree", "tied to more others" },
        { "betweenness", "more often on the shortest ways between others" },
        { "closeness", "nearer to all others" },
        { "harmonic", "nearer to all others" },
        { "eigenvector", "tied to those who are central themselves" },
        { "pagerank", "tied to those who are central themselves" },
        { "mentions", "named more often" },
    };

    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (strcmp(size_by, words[i][0]) == 0)
            return words[i][1];
    return NULL;
}

/* "Larger name: stronger ties overall (strength). Thicker line: more sentences with both actors."
 */
static void put_explanation(FILE *out, const draw_spec *spec, const draw_plan *plan)
{
    const char *words = size_words(spec->size_by);
    draw_text size_by = { spec->size_by, strlen(spec->size_by) };

    (void)fputs("Larger name: ", out);
    if (words)
        (void)fprintf(out, "%s (", words);
    put_cut(out, size_by, 40, 0, put_html_char);
    (void)fputs(words ? ")" : "", out);
    if (spec->is_by_community)
        (void)fputs(". Colour: community, by its most central actor", out);
    if (!plan->edge_count)
        return;
    if (spec->full_weight > spec->max_weight) {
        (void)fprintf(out, ". All ties are equally strong: weight %.6g", spec->max_weight);
        return;
    }
    (void)fputs(". Thicker line: ", out);
    if (spec->unit.size) {
        (void)fputs("more ", out);
        put_cut(out, spec->unit, 40, 0, put_html_char);
    } else {
        (void)fputs("named together more often", out);
    }
    if (spec->max_weight > 0)
        (void)fprintf(out, " (at most %.6g)", spec->max_weight);
}

/* "17 actors, 38 ties, 2 without a tie", or which part of them is shown. */
static void put_counts(FILE *out, const draw_spec *spec, const draw_plan *plan)
{
    if (plan->is_cut)
        (void)fprintf(out, "the strongest %zu of %zu actors, %zu of %zu ties", plan->node_count,
                      spec->node_count, plan->edge_count, spec->edge_count);
    else
        (void)fprintf(out, "%zu %s, %zu %s", plan->node_count,
                      plan->node_count == 1 ? "actor" : "actors", plan->edge_count,
                      plan->edge_count == 1 ? "tie" : "ties");
    if (plan->isolated_count && plan->edge_count)
        (void)fprintf(out, "; %zu without a tie below", plan->isolated_count);
    if (spec->has_name_limit && spec->name_limit < plan->node_count)
        (void)fprintf(out, "; names of the %" PRIu64 " most central%s", spec->name_limit,
                      plan->named_leader_count ? " and of those below" : "");
}

/* Opens a font of so many points in a heading of this scale. */
static void put_font(FILE *out, const draw_plan *plan, double points, const char *colour)
{
    /* Graphviz takes sizes above 255 for 255 less */
    (void)fprintf(out, "<FONT POINT-SIZE=\"%.0f\" COLOR=\"%s\">", fmin(240, points * plan->scale),
                  colour);
}

/* Opens a row of sample boxes of a fixed size: they would be stretched to the width of the heading
 * else. */
static void open_samples(FILE *out, const draw_plan *plan, int count, int points)
{
    int width = (int)(points * plan->scale), height = (int)(20 * plan->scale);
    int gap = (int)(6 * plan->scale);

    (void)fprintf(out,
                  "<TR><TD ALIGN=\"LEFT\"><TABLE BORDER=\"0\" CELLBORDER=\"0\" CELLPADDING=\"0\" "
                  "CELLSPACING=\"%d\" FIXEDSIZE=\"TRUE\" ALIGN=\"LEFT\" WIDTH=\"%d\" "
                  "HEIGHT=\"%d\"><TR>",
                  gap, count * (width + gap) + gap, height + 2 * gap);
}

/* Opens one box of such a row; the caller writes the words and "</FONT></TD>". */
static void open_sample(FILE *out, const draw_spec *spec, const draw_plan *plan,
                        const draw_outline *look, int points)
{
    (void)fprintf(out,
                  "<TD BORDER=\"%.0f\" COLOR=\"%s\" BGCOLOR=\"%s\" FIXEDSIZE=\"TRUE\" "
                  "WIDTH=\"%d\" HEIGHT=\"%d\"",
                  (look->pen < 1.5 ? 1 : 2) * fmin(2, plan->scale), look->line, look->tint,
                  (int)(points * plan->scale), (int)(20 * plan->scale));
    if (*look->cell)
        (void)fprintf(out, " STYLE=\"%s\"", look->cell);
    (void)fputs(">", out);
    put_font(out, plan, 11, spec->theme->body);
}

/* One sample box for each kind that is drawn, without colour where that tells communities. */
static void put_key(FILE *out, const draw_spec *spec, const draw_plan *plan)
{
    enum { POINTS = 84 };
    int count = 0;

    for (int i = 0; i < DRAW_KIND_COUNT; i++)
        count += plan->has_kind[i];
    open_samples(out, plan, count, POINTS);
    for (int i = 0; i < DRAW_KIND_COUNT; i++) {
        draw_outline look = spec->theme->kinds[i];

        if (!plan->has_kind[i])
            continue;
        if (spec->is_by_community) {
            look.line = spec->theme->quiet;
            look.tint = spec->theme->ground;
        }
        open_sample(out, spec, plan, &look, POINTS);
        (void)fprintf(out, "%s</FONT></TD>", look.words);
    }
    (void)fputs("</TR></TABLE></TD></TR>", out);
}

/* One sample box for each of the largest communities, with the name of its most central actor. */
static void put_community_key(FILE *out, const draw_spec *spec, const draw_plan *plan)
{
    enum { POINTS = 130, NAME_BYTES = 22 };
    int count = 0;

    for (int i = 0; i < DRAW_GROUPS; i++)
        count += plan->leaders[i] != NULL;
    if (count == 0)
        return;
    open_samples(out, plan, count, POINTS);
    for (int i = 0; i < DRAW_GROUPS; i++) {
        const draw_outline look = { .line = spec->theme->groups[i].line,
                                    .tint = spec->theme->groups[i].tint,
                                    .cell = "rounded",
                                    .pen = 1 };

        if (!plan->leaders[i])
            continue;
        open_sample(out, spec, plan, &look, POINTS);
        put_cut(out, plan->leaders[i]->label, NAME_BYTES, 0, put_title_char);
        (void)fputs("</FONT></TD>", out);
    }
    (void)fputs("</TR></TABLE></TD></TR>", out);
}

/* A sample of each change: boxes for actors, lines below words for ties. */
static void put_change_key(FILE *out, const draw_spec *spec, const draw_plan *plan)
{
    static const struct {
        draw_change change;
        bool is_tie;
        const char *words, *style;
    } samples[] = { { DRAW_NEW, false, "New actor", "rounded" },
                    { DRAW_GONE, false, "Actor gone", "rounded,dashed" },
                    { DRAW_SAME, false, "In both", "rounded" },
                    { DRAW_NEW, true, "New tie", NULL },
                    { DRAW_STRONGER, true, "Stronger", NULL },
                    { DRAW_WEAKER, true, "Weaker", "dotted" },
                    { DRAW_GONE, true, "Tie gone", "dashed" },
                    { DRAW_SAME, true, "As before", NULL } };
    static const int borders[DRAW_CHANGE_COUNT] = { 1, 3, 3, 3, 3 };
    size_t count = sizeof samples / sizeof *samples;
    int width = (int)(84 * plan->scale), height = (int)(20 * plan->scale);

    open_samples(out, plan, (int)count, 84);
    for (size_t i = 0; i < count; i++) {
        const draw_outline *look = &spec->theme->changes[samples[i].change];
        (void)fprintf(out,
                      "<TD BORDER=\"%d\" COLOR=\"%s%s\" BGCOLOR=\"%s\" FIXEDSIZE=\"TRUE\" "
                      "WIDTH=\"%d\" HEIGHT=\"%d\"",
                      samples[i].is_tie ? borders[samples[i].change] : 1, look->line,
                      samples[i].is_tie && samples[i].change == DRAW_STRONGER ? "80" : "",
                      samples[i].is_tie ? spec->theme->ground : look->tint, width, height);
        if (samples[i].is_tie)
            (void)fputs(" SIDES=\"B\"", out);
        if (samples[i].style)
            (void)fprintf(out, " STYLE=\"%s\"", samples[i].style);
        (void)fputs(">", out);
        put_font(out, plan, 11, spec->theme->body);
        (void)fprintf(out, "%s%s%s</FONT></TD>", draw_change_mark(samples[i].change),
                      *draw_change_mark(samples[i].change) ? " " : "", samples[i].words);
    }
    (void)fputs("</TR></TABLE></TD></TR>", out);
}

/* The lines of a note, each in a row of its own: a cell's lines would be centred. */
static void put_note(FILE *out, const draw_spec *spec, const draw_plan *plan, draw_text note)
{
    size_t start = 0;

    for (size_t i = 0; i < note.size; i++) {
        if (note.data[i] != '\n')
            continue;
        put_cut(out, (draw_text){ note.data + start, i - start }, DRAW_VALUE_BYTES, 0,
                put_html_char);
        (void)fputs("</FONT></TD></TR><TR><TD ALIGN=\"LEFT\">", out);
        put_font(out, plan, 11, spec->theme->quiet);
        start = i + 1;
    }
    put_cut(out, (draw_text){ note.data + start, note.size - start }, DRAW_VALUE_BYTES, 0,
            put_html_char);
}

/* What sizes and widths mean, and how much is shown. */
static void put_second_line(FILE *out, const draw_spec *spec, const draw_plan *plan)
{
    put_font(out, plan, 11, spec->theme->quiet);
    if (!plan->node_count) {
        (void)fputs("no actors found", out);
    } else {
        bool has_sizes = spec->max_score > 0;
        if (has_sizes && !spec->note.size)
            put_explanation(out, spec, plan);
        if (!plan->is_cut && !spec->note.size) {
            (void)fputs(has_sizes ? ". " : "", out);
            put_counts(out, spec, plan);
        }
        if (spec->note.size)
            put_note(out, spec, plan, spec->note);
        else
            (void)fputs(".", out);
    }
    (void)fputs("</FONT>", out);
}

draw_text draw_title(const draw_spec *spec)
{
    static const draw_text otherwise = { "Who is named together", 21 };

    return spec->title.size ? spec->title : otherwise;
}

void draw_put_heading(FILE *out, const draw_spec *spec, const draw_plan *plan)
{
    (void)fputs("\n<TABLE BORDER=\"0\" CELLBORDER=\"0\" CELLPADDING=\"1\" CELLSPACING=\"1\">"
                "<TR><TD ALIGN=\"LEFT\">",
                out);
    put_font(out, plan, 20, spec->theme->ink);
    (void)fputs("<B>", out);
    put_cut(out, draw_title(spec), DRAW_LABEL_BYTES, 0, put_title_char);
    (void)fputs("</B></FONT>", out);
    if (plan->is_cut) {
        put_font(out, plan, 13, spec->theme->quiet);
        (void)fputs(" (", out);
        put_counts(out, spec, plan);
        (void)fputs(")</FONT>", out);
    }
    (void)fputs("</TD></TR><TR><TD ALIGN=\"LEFT\">", out);
    put_second_line(out, spec, plan);
    (void)fputs("</TD></TR>", out);
    if (plan->node_count && spec->has_changes)
        put_change_key(out, spec, plan);
    else if (plan->node_count)
        put_key(out, spec, plan);
    if (plan->node_count && !spec->has_changes && spec->is_by_community)
        put_community_key(out, spec, plan);
    (void)fputs("<TR><TD HEIGHT=\"8\"></TD></TR></TABLE>", out);
}
