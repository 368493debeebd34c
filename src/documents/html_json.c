/* JSON-LD: what a page tells search engines of its article. jansson lives here.
 *
 * Scripts of type application/ld+json hold objects of schema.org, alone, in arrays or in an @graph.
 * They are walked breadth first, so that the page's own article comes before articles that it
 * mentions; lists, comments and reviews are not entered. */
#include "html.h"

#include <jansson.h>

enum {
    OBJECT_LIMIT = 1024,    /* objects that are looked at */
    SCRIPT_BYTES = 4 << 20, /* a longer script is passed over */
    AUTHOR_LIMIT = 16
};

typedef struct walk {
    ng_ctx *cx;
    ng_html_story *story;
    const json_t *objects[OBJECT_LIMIT];
    size_t count;
} walk;

void ng_html_story_init(ng_html_story *story)
{
    ng_buffer_init(&story->title, SIZE_MAX / 4);
    ng_buffer_init(&story->author, SIZE_MAX / 4);
    ng_buffer_init(&story->date, SIZE_MAX / 4);
    ng_buffer_init(&story->site, SIZE_MAX / 4);
    ng_buffer_init(&story->text, SIZE_MAX / 4);
}

void ng_html_story_destroy(ng_ctx *cx, ng_html_story *story)
{
    ng_buffer_destroy(cx, &story->title);
    ng_buffer_destroy(cx, &story->author);
    ng_buffer_destroy(cx, &story->date);
    ng_buffer_destroy(cx, &story->site);
    ng_buffer_destroy(cx, &story->text);
}

/* A string, empty when it is none. */
static ng_view view_of(const json_t *value)
{
    if (!json_is_string(value))
        return NG_VIEW_NONE;
    return (ng_view){ json_string_value(value), json_string_length(value) };
}

/* Is the object of a type whose name ends like this? @type is a string or an array of them. */
static bool is_of_type(const json_t *object, const char *ending)
{
    const json_t *type = json_object_get(object, "@type");
    size_t count = json_is_array(type) ? json_array_size(type) : 1;

    for (size_t i = 0; i < count && i < OBJECT_LIMIT; i++)
        if (ng_view_ends(view_of(json_is_array(type) ? json_array_get(type, i) : type),
                         ng_view_of(ending)))
            return true;
    return false;
}

/* How much the object is the page's article: 0 not at all, 1 the page, 2 the article. */
static int rank_of(const json_t *object)
{
    if (is_of_type(object, "Article") || is_of_type(object, "Posting") ||
        is_of_type(object, "Report") || is_of_type(object, "Review"))
        return 2;
    return is_of_type(object, "WebPage") || is_of_type(object, "CreativeWork") ||
           is_of_type(object, "VideoObject");
}

/* ---- taking over ---- */

/* Appends a string, its references replaced: many pages escape twice. */
static ng_status take(walk *w, ng_view text, ng_buffer *out)
{
    if (memchr(text.data, '\0', text.size))
        return NG_OK;
    return ng_html_unescape(w->cx, text, out);
}

/* Takes a string over where there is none yet. */
static ng_status take_first(walk *w, ng_view text, ng_buffer *out)
{
    return out->size > 0 || text.size == 0 ? NG_OK : take(w, text, out);
}

/* The object that a reference {"@id": ...} means. */
static const json_t *find_object(const walk *w, const json_t *reference)
{
    ng_view id = view_of(json_object_get(reference, "@id"));

    for (size_t i = 0; i < w->count && id.size > 0; i++)
        if (json_object_get(w->objects[i], "name") &&
            ng_view_equal(view_of(json_object_get(w->objects[i], "@id")), id))
            return w->objects[i];
    return reference;
}

/* The name of a person or organization: a string, an object, a reference, or an array's first. */
static ng_view name_of(const walk *w, const json_t *value)
{
    const json_t *name = NULL;

    if (json_is_array(value))
        value = json_array_get(value, 0);
    if (json_is_string(value))
        return view_of(value);
    name = json_object_get(value, "name");
    if (!name)
        name = json_object_get(find_object(w, value), "name");
    return view_of(json_is_array(name) ? json_array_get(name, 0) : name);
}

/* Takes over the names of all authors, parted by "; ". */
static ng_status take_authors(walk *w, const json_t *authors)
{
    ng_buffer *out = &w->story->author;
    size_t count = json_is_array(authors) ? json_array_size(authors) : 1;
    ng_status status = NG_OK;

    if (out->size > 0)
        return NG_OK;
    for (size_t i = 0; i < count && i < AUTHOR_LIMIT && status == NG_OK; i++) {
        ng_view name =
            ng_html_trim(name_of(w, json_is_array(authors) ? json_array_get(authors, i) : authors));

        if (name.size == 0 || ng_view_starts(name, NG_VIEW("http")))
            continue;
        if (out->size > 0)
            status = ng_buffer_add(w->cx, out, NG_VIEW("; "));
        if (status == NG_OK)
            status = take(w, name, out);
    }
    return status;
}

/* Takes over what the story lacks. */
static ng_status take_object(walk *w, const json_t *object, int rank)
{
    ng_html_story *story = w->story;
    ng_status status = take_first(w, view_of(json_object_get(object, "headline")), &story->title);

    if (status == NG_OK && rank == 2)
        status = take_first(w, view_of(json_object_get(object, "name")), &story->title);
    if (status == NG_OK)
        status = take_first(w, view_of(json_object_get(object, "datePublished")), &story->date);
    if (status == NG_OK && rank == 2)
        status = take_first(w, view_of(json_object_get(object, "dateCreated")), &story->date);
    if (status == NG_OK)
        status = take_authors(w, json_object_get(object, "author"));
    if (status == NG_OK && story->author.size == 0)
        status = take_authors(w, json_object_get(object, "creator"));
    if (status == NG_OK)
        status = take_first(w, view_of(json_object_get(object, "articleBody")), &story->text);
    if (status == NG_OK)
        status = take_first(w, name_of(w, json_object_get(object, "publisher")), &story->site);
    return status;
}

/* ---- walking ---- */

/* Adds an object or array to those that are looked at. */
static void add_object(walk *w, const json_t *value)
{
    if (w->count < OBJECT_LIMIT && (json_is_object(value) || json_is_array(value)))
        w->objects[w->count++] = value;
}

/* Adds all objects that may be the article, breadth first. */
static void collect(walk *w, const json_t *root)
{
    static const char *const keys[] = { "@graph", "mainEntity", "mainEntityOfPage" };
    size_t at = w->count;

    add_object(w, root);
    for (; at < w->count; at++) {
        const json_t *value = w->objects[at];

        for (size_t i = 0; i < json_array_size(value) && w->count < OBJECT_LIMIT; i++)
            add_object(w, json_array_get(value, i));
        for (size_t i = 0; i < sizeof keys / sizeof *keys; i++)
            add_object(w, json_object_get(value, keys[i]));
    }
}

/* The first article gives what it has, then the page. */
static ng_status take_all(walk *w)
{
    ng_status status = NG_OK;
    bool has_article = false;

    for (size_t i = 0; i < w->count && status == NG_OK && !has_article; i++) {
        has_article = rank_of(w->objects[i]) == 2;
        if (has_article)
            status = take_object(w, w->objects[i], 2);
    }
    for (size_t i = 0; i < w->count && status == NG_OK; i++) {
        if (rank_of(w->objects[i]) == 1)
            status = take_object(w, w->objects[i], 1);
        else if (is_of_type(w->objects[i], "WebSite"))
            status =
                take_first(w, view_of(json_object_get(w->objects[i], "name")), &w->story->site);
    }
    return status;
}

/* ---- parsing ---- */

/* The place of the first bracket that is not that of <![CDATA[. */
static size_t find_start(ng_view script)
{
    size_t at = 0;

    for (; at < script.size && script.data[at] != '{'; at++) {
        if (script.data[at] != '[')
            continue;
        if (!ng_view_starts(ng_view_part(script, at, script.size), NG_VIEW("[CDATA[")))
            break;
        at += 6;
    }
    return at;
}

/* Parses a script; NULL when it is no JSON. What pages get wrong is mended: a comment or CDATA
 * around it, control bytes in strings, something behind it. */
static ng_status parse(ng_ctx *cx, ng_view script, json_t **root_out)
{
    json_error_t error;
    ng_buffer mended;
    size_t start = find_start(script);
    ng_status status = NG_OK;

    *root_out = NULL;
    if (start == script.size || script.size > SCRIPT_BYTES)
        return NG_OK;
    ng_buffer_init(&mended, SIZE_MAX / 4);
    status = ng_buffer_add(cx, &mended, ng_view_part(script, start, script.size));
    for (size_t i = 0; i < mended.size; i++)
        if ((unsigned char)mended.data[i] < ' ')
            mended.data[i] = ' ';
    if (status == NG_OK)
        *root_out =
            json_loadb(mended.data, mended.size, JSON_ALLOW_NUL | JSON_DISABLE_EOF_CHECK, &error);
    if (status == NG_OK && !*root_out && /* mostly; some look like bad syntax */
        (json_error_code(&error) == json_error_out_of_memory || error.text[0] == '\0'))
        status = ng_fail(cx, NG_E_MEMORY, "no memory for what a page says of itself");
    ng_buffer_destroy(cx, &mended);
    return status;
}

ng_status ng_html_json_read(ng_ctx *cx, const ng_html_facts *facts, ng_html_story *story)
{
    walk *w = NULL;
    json_t *roots[NG_HTML_SCRIPTS] = { NULL };
    ng_status status = NG_OK;

    if (facts->script_count == 0)
        return NG_OK;
    w = ng_alloc(cx, sizeof *w);
    if (!w)
        return ng_fail(cx, NG_E_MEMORY, "no memory for what a page says of itself");
    *w = (walk){ .cx = cx, .story = story };
    for (size_t i = 0; i < facts->script_count && status == NG_OK; i++) {
        status = parse(cx, facts->scripts[i], &roots[i]);
        if (roots[i])
            collect(w, roots[i]);
    }
    if (status == NG_OK)
        status = take_all(w);
    for (size_t i = 0; i < NG_HTML_SCRIPTS; i++)
        json_decref(roots[i]);
    ng_free(cx, w);
    return status;
}
