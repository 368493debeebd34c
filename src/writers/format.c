/* The names of the formats, and which format a path asks for. */
#include "writers_internal.h"

static const char *const names[NG_FORMAT_COUNT] = {
    [NG_FORMAT_DOT] = "dot", [NG_FORMAT_SVG] = "svg",   [NG_FORMAT_PNG] = "png",
    [NG_FORMAT_PDF] = "pdf", [NG_FORMAT_JSON] = "json", [NG_FORMAT_CSV] = "csv",
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

bool ng_format_find(ng_view name, ng_format *format_out)
{
    for (int format = 0; format < NG_FORMAT_COUNT; format++) {
        ng_view known = ng_view_of(names[format]);
        size_t same = 0;

        while (same < known.size && known.size == name.size &&
               lower(name.data[same]) == known.data[same])
            same++;
        if (same == name.size && same == known.size) {
            *format_out = (ng_format)format;
            return true;
        }
    }
    return false;
}

bool ng_format_of_path(const char *path, ng_format *format_out)
{
    const char *slash = strrchr(path, '/');
    const char *dot = strrchr(slash ? slash : path, '.');

    return dot && ng_format_find(ng_view_of(dot + 1), format_out);
}
