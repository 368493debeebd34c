/* The names of the formats, and which format a path asks for. */
#include "writers_internal.h"

static const char *const names[NG_FORMAT_COUNT] = {
    [NG_FORMAT_DOT] = "dot",       [NG_FORMAT_SVG] = "svg",
    [NG_FORMAT_PNG] = "png",       [NG_FORMAT_PDF] = "pdf",
    [NG_FORMAT_JSON] = "json",     [NG_FORMAT_CSV] = "csv",
    [NG_FORMAT_GEXF] = "gexf",     [NG_FORMAT_GRAPHML] = "graphml",
    [NG_FORMAT_GML] = "gml",       [NG_FORMAT_PAJEK] = "net",
    [NG_FORMAT_CYJS] = "cyjs",     [NG_FORMAT_VOSVIEWER] = "vosviewer",
    [NG_FORMAT_VOSMAP] = "vosmap", [NG_FORMAT_REPORT] = "md",
    [NG_FORMAT_NGR] = "ngr",
};

const char *ng_format_name(ng_format format)
{
    return (unsigned)format < NG_FORMAT_COUNT ? names[format] : "unknown";
}

/* ASCII letters alone: endings are ASCII, and the locale must not matter. */
static char lower(char byte)
{
    return byte >= 'A' && byte <= 'Z' ? (char)(byte - 'A' + 'a') : byte;
}

/* The name without regard to ASCII case. */
static bool is_named(ng_view name, const char *known)
{
    size_t same = 0;

    while (same < name.size && known[same] && lower(name.data[same]) == known[same])
        same++;
    return same == name.size && !known[same];
}

bool ng_format_find(ng_view name, ng_format *format_out)
{
    if (is_named(name, "pajek")) {
        *format_out = NG_FORMAT_PAJEK;
        return true;
    }
    for (int format = 0; format < NG_FORMAT_COUNT; format++) {
        if (!is_named(name, names[format]))
            continue;
        *format_out = (ng_format)format;
        return true;
    }
    return false;
}

bool ng_format_of_path(const char *path, ng_format *format_out)
{
    const char *slash = strrchr(path, '/');
    const char *dot = strrchr(slash ? slash : path, '.');

    return dot && ng_format_find(ng_view_of(dot + 1), format_out);
}
