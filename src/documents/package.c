/* Parts of a zip archive that lies in memory, found by their names: office documents and books are
 * such archives.
 *
 * The archive's own list of entries at its end is what counts: a file that was cut off has none and
 * is refused. What is unpacked is bounded by the limit of a document, all parts together, whatever
 * sizes the archive claims; entries that nobody asked for are not unpacked. */
#include "office.h"

#if NG_WITH_ARCHIVE
#include <archive.h>
#include <archive_entry.h>
#include <errno.h>
#endif

/* Orders parts by name. */
static int compare_parts(const void *a, const void *b, void *user)
{
    const ng_part *x = a;
    const ng_part *y = b;

    (void)user;
    return ng_view_compare(x->name, y->name);
}

ng_part *ng_part_find(ng_part *parts, size_t count, ng_view name)
{
    size_t low = 0;
    size_t high = count;

    while (low < high) {
        size_t middle = low + (high - low) / 2;
        int order = ng_view_compare(parts[middle].name, name);

        if (order == 0)
            return &parts[middle];
        if (order < 0)
            low = middle + 1;
        else
            high = middle;
    }
    return NULL;
}

void ng_parts_destroy(ng_ctx *cx, ng_part *parts, size_t count)
{
    for (size_t i = 0; i < count; i++)
        ng_buffer_destroy(cx, &parts[i].bytes);
}

/* ---- names ---- */

/* The value of a hexadecimal digit, or -1. */
static int digit_of(char byte)
{
    if (byte >= '0' && byte <= '9')
        return byte - '0';
    byte |= 0x20;
    return byte >= 'a' && byte <= 'f' ? byte - 'a' + 10 : -1;
}

/* The byte at `at`, which goes behind it. */
static char take_byte(ng_view link, size_t *at)
{
    int high = *at + 2 < link.size ? digit_of(link.data[*at + 1]) : -1;
    int low = *at + 2 < link.size ? digit_of(link.data[*at + 2]) : -1;

    if (link.data[*at] != '%' || high < 0 || low < 0)
        return link.data[(*at)++];
    *at += 3;
    return (char)(high * 16 + low);
}

/* Takes the last folder away, when the name ends in one called "." or "..". */
static void follow_dots(ng_buffer *name)
{
    ng_view view = ng_buffer_view(name);
    int count = ng_view_equal(view, NG_VIEW("./")) || ng_view_ends(view, NG_VIEW("/./")) ? 1 : 0;

    if (ng_view_equal(view, NG_VIEW("../")) || ng_view_ends(view, NG_VIEW("/../")))
        count = 2;
    for (; count > 0 && name->size > 0; count--) {
        name->size--;
        while (name->size > 0 && name->data[name->size - 1] != '/')
            name->size--;
    }
}

ng_status ng_package_path(ng_ctx *cx, ng_view base, ng_view link, ng_buffer *out)
{
    size_t at = 0;
    ng_status status = NG_OK;

    while (base.size > 0 && base.data[base.size - 1] != '/')
        base.size--;
    if (link.size > 0 && link.data[0] == '/') {
        base.size = 0;
        at = 1;
    }
    status = ng_buffer_add(cx, out, base);
    while (status == NG_OK && at < link.size && link.data[at] != '#' && link.data[at] != '?') {
        status = ng_buffer_add_byte(cx, out, take_byte(link, &at));
        if (status == NG_OK && out->data[out->size - 1] == '/')
            follow_dots(out);
    }
    if (out->data)
        out->data[out->size] = '\0';
    return status;
}

/* ---- unpacking ---- */

#if NG_WITH_ARCHIVE

/* What libarchive complains about. */
static ng_status fail_package(const ng_package *package, struct archive *handle)
{
    const char *reason = archive_error_string(handle);

    if (archive_errno(handle) == ENOMEM)
        return ng_fail(package->cx, NG_E_MEMORY, "%s: no memory to unpack it", package->label);
    if (!reason || strncmp(reason, "Unrecognized", strlen("Unrecognized")) == 0)
        reason = "its list of parts is not there";
    return ng_fail(package->cx, NG_E_DATA, "%s: damaged or cut off: %s", package->label, reason);
}

/* The part that the entry is, when it is wanted. The first of a name counts. */
static ng_part *part_of(struct archive_entry *entry, ng_part *parts, size_t count)
{
    const char *name = archive_entry_pathname_utf8(entry);
    ng_part *part = NULL;

    if (!name)
        name = archive_entry_pathname(entry);
    if (name)
        part = ng_part_find(parts, count, ng_view_of(name));
    return part && !part->is_found ? part : NULL;
}

/* Unpacks the entry. */
static ng_status read_entry(ng_package *package, struct archive *handle, ng_part *part)
{
    enum { LEAST_BYTES = 1 << 10 }; /* there may be many small parts */
    ng_ctx *cx = package->cx;
    ng_buffer *bytes = &part->bytes;
    la_ssize_t count = 1;
    ng_status status = NG_OK;

    part->is_found = true;
    while (status == NG_OK && count > 0) {
        if (ng_ctx_is_cancelled(cx))
            return ng_fail(cx, NG_E_LIMIT, "interrupted");
        status = ng_buffer_reserve(cx, bytes, LEAST_BYTES);
        if (status != NG_OK)
            return status;
        count =
            archive_read_data(handle, bytes->data + bytes->size, bytes->capacity - bytes->size - 1);
        if (count < 0)
            return fail_package(package, handle);
        bytes->size += (size_t)count;
        bytes->data[bytes->size] = '\0';
        package->unpacked_bytes += (uint64_t)count;
        if (package->unpacked_bytes > ng_limit_of(package->options))
            status = ng_fail_too_large(cx, package->label, package->options);
    }
    return status;
}

/* Goes over the entries until all parts are found. */
static ng_status read_entries(ng_package *package, struct archive *handle, ng_part *parts,
                              size_t count)
{
    struct archive_entry *entry = NULL;
    size_t found_count = 0;
    ng_status status = NG_OK;

    while (status == NG_OK && found_count < count) {
        int result = archive_read_next_header(handle, &entry);
        ng_part *part = NULL;

        if (result == ARCHIVE_EOF)
            break;
        if (result < ARCHIVE_WARN)
            return fail_package(package, handle);
        if (ng_ctx_is_cancelled(package->cx))
            return ng_fail(package->cx, NG_E_LIMIT, "interrupted");
        part = part_of(entry, parts, count);
        if (!part)
            continue;
        found_count++;
        if (archive_entry_is_data_encrypted(entry))
            return ng_fail(package->cx, NG_E_DATA, "%s: encrypted; save it without a password",
                           package->label);
        status = read_entry(package, handle, part);
    }
    return status;
}

/* Opens the archive. */
static ng_status open_handle(ng_package *package, struct archive *handle)
{
    if (archive_read_support_format_zip_seekable(handle) == ARCHIVE_FATAL)
        return ng_fail(package->cx, NG_E_MEMORY, "%s: no memory to unpack it", package->label);
    if (archive_read_open_memory(handle, package->bytes.data, package->bytes.size) < ARCHIVE_WARN)
        return fail_package(package, handle);
    return NG_OK;
}

ng_status ng_package_read(ng_package *package, ng_part *parts, size_t count)
{
    struct archive *handle = NULL;
    ng_status status = ng_sort(package->cx, parts, count, sizeof *parts, compare_parts, NULL);

    if (status != NG_OK)
        return status;
    handle = archive_read_new();
    if (!handle)
        return ng_fail(package->cx, NG_E_MEMORY, "%s: no memory to unpack it", package->label);
    status = open_handle(package, handle);
    if (status == NG_OK)
        status = read_entries(package, handle, parts, count);
    (void)archive_read_free(handle);
    return status;
}

#else

/* Built without libarchive: what is packed is refused, in words. */
ng_status ng_package_read(ng_package *package, ng_part *parts, size_t count)
{
    ng_status status = ng_sort(package->cx, parts, count, sizeof *parts, compare_parts, NULL);

    if (status != NG_OK)
        return status;
    return ng_fail(package->cx, NG_E_DATA,
                   "%s: an office document or a book, and this nergraph was built without "
                   "libarchive; save it as text first",
                   package->label);
}
#endif
