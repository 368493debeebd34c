/* Archives and compressed files, unpacked as they are read: libarchive lives here.
 *
 * An archive is read through the stream that it lies in, which may itself be an entry of another
 * one; nothing is written to disk, so an entry's name is a label and never a path. zip and 7-Zip
 * begin at their end: they are read in any order from a file, front to back (zip) or not at all
 * (7-Zip) from a pipe or from within another archive.
 *
 * A file may unpack to much more than it is. What is unpacked is bounded by a multiple of what was
 * read for it, once it is more than FREE_BYTES; entries that are passed over count as well where
 * they must be unpacked to be passed. */
#include "documents_internal.h"

#include <errno.h>

static const uint64_t free_bytes = (uint64_t)256 << 20;

#if NG_WITH_ARCHIVE
#include <archive.h>
#include <archive_entry.h>

struct ng_archive {
    ng_ctx *cx; /* of the call being made */
    struct archive *handle;
    ng_stream *stream; /* the packed bytes */
    const ng_options *options;
    ng_status read_status; /* of the stream, when a call of ours failed inside libarchive */
    uint64_t unpacked_bytes;
    bool is_single; /* one compressed file, no archive */
    bool is_broken; /* nothing more can be read */
    bool is_in_entry;
};

/* ---- what libarchive calls ---- */

/* Hands over what the stream holds. */
static la_ssize_t read_packed(struct archive *handle, void *data, const void **bytes_out)
{
    ng_archive *archive = data;
    ng_stream *stream = archive->stream;
    ng_view piece = NG_VIEW_NONE;

    if (stream->start == stream->end)
        archive->read_status = ng_stream_refill(archive->cx, stream);
    if (archive->read_status != NG_OK) {
        archive_set_error(handle, EIO, "cannot be read");
        return ARCHIVE_FATAL;
    }
    piece = ng_stream_view(stream);
    stream->start = stream->end; /* taken; the bytes stay until the next refill */
    *bytes_out = piece.data;
    return (la_ssize_t)piece.size;
}

/* Goes to a place of the file. */
static la_int64_t seek_packed(struct archive *handle, void *data, la_int64_t offset, int whence)
{
    ng_archive *archive = data;
    int64_t place = 0;

    archive->read_status = ng_stream_seek(archive->cx, archive->stream, offset, whence, &place);
    if (archive->read_status == NG_OK)
        return place;
    archive_set_error(handle, EIO, "cannot be read");
    return ARCHIVE_FATAL;
}

/* ---- failures ---- */

/* Records what libarchive complains about. Its words may be another encoding's: control bytes are
 * taken care of by ng_fail. */
static ng_status fail_archive(ng_ctx *cx, ng_archive *archive, int result)
{
    const char *reason = archive_error_string(archive->handle);

    archive->is_broken |= result == ARCHIVE_FATAL;
    if (archive->read_status != NG_OK)
        return archive->read_status;
    if (archive_errno(archive->handle) == ENOMEM)
        return ng_fail(cx, NG_E_MEMORY, "%s: no memory to unpack it", archive->stream->label);
    return ng_fail(cx, NG_E_DATA, "%s: cannot be unpacked: %s", archive->stream->label,
                   reason ? reason : "it is damaged");
}

/* Bounds what is unpacked by what was read. */
static ng_status check_ratio(ng_ctx *cx, ng_archive *archive, uint64_t size)
{
    uint64_t ratio = archive->options->unpack_ratio;

    archive->unpacked_bytes += size;
    if (archive->unpacked_bytes <= free_bytes ||
        archive->unpacked_bytes / ratio <= archive->stream->read_bytes)
        return NG_OK;
    archive->is_broken = true;
    return ng_fail(
        cx, NG_E_LIMIT,
        "%s: unpacks to more than %llu times its size; raise --max-unpack-ratio if it is "
        "no trap",
        archive->stream->label, (unsigned long long)ratio);
}

/* ---- opening ---- */

/* What is understood, and nothing that would start another program. */
static int support_formats(struct archive *handle)
{
    int result = ARCHIVE_OK;

    result |= archive_read_support_filter_gzip(handle);
    result |= archive_read_support_filter_bzip2(handle);
    result |= archive_read_support_filter_xz(handle);
    result |= archive_read_support_filter_lzma(handle);
    result |= archive_read_support_filter_zstd(handle);
    result |= archive_read_support_filter_lz4(handle);
    result |= archive_read_support_format_tar(handle);
    result |= archive_read_support_format_zip(handle);
    result |= archive_read_support_format_7zip(handle);
    result |= archive_read_support_format_empty(handle);
    result |= archive_read_support_format_raw(handle);
    return result;
}

/* Opens the handle over the stream. */
static ng_status open_handle(ng_ctx *cx, ng_archive *archive)
{
    struct archive *handle = archive->handle;
    int result = ARCHIVE_OK;

    if (support_formats(handle) == ARCHIVE_FATAL)
        return ng_fail(cx, NG_E_MEMORY, "no memory to unpack %s", archive->stream->label);
    (void)archive_read_set_callback_data(handle, archive);
    (void)archive_read_set_read_callback(handle, read_packed);
    if (archive->stream->can_seek)
        (void)archive_read_set_seek_callback(handle, seek_packed);
    result = archive_read_open1(handle);
    return result == ARCHIVE_OK || result == ARCHIVE_WARN ? NG_OK
                                                          : fail_archive(cx, archive, result);
}

ng_status ng_archive_open(ng_ctx *cx, ng_stream *stream, const ng_options *options,
                          ng_archive **archive_out)
{
    ng_archive *archive = ng_alloc(cx, sizeof *archive);
    ng_status status = NG_OK;

    if (!archive)
        return ng_fail(cx, NG_E_MEMORY, "no memory to unpack %s", stream->label);
    if (!stream->can_seek && ng_view_starts(ng_stream_view(stream), NG_VIEW("7z\xBC\xAF"))) {
        ng_free(cx, archive);
        return ng_fail(cx, NG_E_DATA,
                       "%s: a 7-Zip archive can be read from a file of its own alone, not from a "
                       "pipe or another archive; unpack it first",
                       stream->label);
    }
    *archive = (ng_archive){ .cx = cx, .stream = stream, .options = options };
    archive->handle = archive_read_new();
    status = archive->handle ? open_handle(cx, archive)
                             : ng_fail(cx, NG_E_MEMORY, "no memory to unpack %s", stream->label);
    if (status == NG_OK)
        *archive_out = archive;
    else
        ng_archive_free(cx, archive);
    return status;
}

void ng_archive_free(ng_ctx *cx, ng_archive *archive)
{
    if (!archive)
        return;
    archive->cx = cx;
    if (archive->handle)
        (void)archive_read_free(archive->handle);
    ng_free(cx, archive);
}

/* ---- entries ---- */

/* Unpacks what is left of the entry, for its size is to be bounded, too. zip and 7-Zip need not:
 * libarchive goes on to the next. */
static ng_status skip_entry(ng_ctx *cx, ng_archive *archive)
{
    int format = archive_format(archive->handle) & ARCHIVE_FORMAT_BASE_MASK;
    const void *block = NULL;
    size_t size = 0;
    la_int64_t offset = 0;
    ng_status status = NG_OK;

    if (!archive->is_in_entry)
        return NG_OK;
    archive->is_in_entry = false;
    while (status == NG_OK && !archive->is_single && format == ARCHIVE_FORMAT_TAR) {
        int result = archive_read_data_block(archive->handle, &block, &size, &offset);

        if (result == ARCHIVE_EOF)
            break;
        if (ng_ctx_is_cancelled(cx))
            return ng_fail(cx, NG_E_LIMIT, "interrupted");
        status = result < ARCHIVE_WARN ? fail_archive(cx, archive, result)
                                       : check_ratio(cx, archive, size);
    }
    return status;
}

/* The name as it is stored: its bytes, else what it is in UTF-8 (7-Zip keeps UTF-16). */
static const char *get_name(struct archive_entry *entry)
{
    const char *name = archive_entry_pathname(entry);

    if (!name || name[0] == '\0')
        name = archive_entry_pathname_utf8(entry);
    return name ? name : "";
}

/* Describes the entry that libarchive stands at. */
static ng_status describe(ng_ctx *cx, ng_archive *archive, struct archive_entry *entry,
                          ng_entry *entry_out)
{
    archive->is_single = archive_format(archive->handle) == ARCHIVE_FORMAT_RAW;
    archive->is_in_entry = true;
    *entry_out =
        (ng_entry){ .name = archive->is_single ? "" : get_name(entry),
                    .is_single = archive->is_single,
                    .is_file = archive->is_single || (archive_entry_filetype(entry) == AE_IFREG &&
                                                      !archive_entry_hardlink(entry)) };
    if (archive->is_single && archive_filter_code(archive->handle, 0) == ARCHIVE_FILTER_NONE) {
        archive->is_broken = true; /* neither an archive nor compressed, whatever it begins with */
        return ng_fail(cx, NG_E_DATA, "%s: cannot be unpacked: it is damaged",
                       archive->stream->label);
    }
    if (!entry_out->is_file || !archive_entry_is_data_encrypted(entry))
        return NG_OK;
    return ng_fail(cx, NG_E_DATA, "%s/%s: encrypted; save the archive without a password",
                   archive->stream->label, entry_out->name);
}

ng_status ng_archive_next(ng_ctx *cx, ng_archive *archive, ng_entry *entry_out, bool *has_entry_out)
{
    struct archive_entry *entry = NULL;
    ng_status status = NG_OK;
    int result = ARCHIVE_OK;

    archive->cx = cx;
    *has_entry_out = false;
    if (archive->is_broken)
        return NG_OK;
    status = skip_entry(cx, archive);
    if (status != NG_OK)
        return status;
    result = archive_read_next_header(archive->handle, &entry);
    if (result == ARCHIVE_EOF)
        return NG_OK;
    if (result < ARCHIVE_WARN) {
        archive->is_broken = result != ARCHIVE_RETRY;
        return fail_archive(cx, archive, result);
    }
    *has_entry_out = true;
    return describe(cx, archive, entry, entry_out);
}

ng_status ng_archive_read(ng_ctx *cx, ng_archive *archive, char *room, size_t size,
                          size_t *count_out)
{
    la_ssize_t count = 0;

    archive->cx = cx;
    *count_out = 0;
    if (archive->is_broken)
        return NG_OK;
    if (ng_ctx_is_cancelled(cx))
        return ng_fail(cx, NG_E_LIMIT, "interrupted");
    count = archive_read_data(archive->handle, room, size);
    if (count < 0)
        return fail_archive(cx, archive, (int)count);
    *count_out = (size_t)count;
    return check_ratio(cx, archive, (uint64_t)count);
}

#else

/* Built without libarchive: what is packed is refused, in words. */
ng_status ng_archive_open(ng_ctx *cx, ng_stream *stream, const ng_options *options,
                          ng_archive **archive_out)
{
    (void)options;
    (void)archive_out;
    return ng_fail(cx, NG_E_DATA,
                   "%s: packed, and this nergraph was built without libarchive; "
                   "unpack it first",
                   stream->label);
}

void ng_archive_free(ng_ctx *cx, ng_archive *archive)
{
    (void)cx;
    (void)archive;
}

ng_status ng_archive_next(ng_ctx *cx, ng_archive *archive, ng_entry *entry_out, bool *has_entry_out)
{
    (void)cx;
    (void)archive;
    (void)entry_out;
    *has_entry_out = false;
    return NG_OK;
}

ng_status ng_archive_read(ng_ctx *cx, ng_archive *archive, char *room, size_t size,
                          size_t *count_out)
{
    (void)cx;
    (void)archive;
    (void)room;
    (void)size;
    *count_out = 0;
    return NG_OK;
}
#endif
