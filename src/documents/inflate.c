/* Bytes that a web server sent compressed (gzip, deflate): zlib lives here.
 *
 * "deflate" should be the format of zlib and is sometimes bare; the first bytes tell which. Some
 * archives keep a page unpacked and its header as it was: what is said to be gzip and is not stays
 * as it is. What comes out is bounded like any document, and by a multiple of what went in. */
#include "documents_internal.h"

#if NG_WITH_ZLIB
#include <zlib.h>

enum { ROOM_BYTES = 1 << 16, FREE_BYTES = 1 << 20 };

/* zlib's memory is ours. */
static void *take_memory(void *cx, unsigned count, unsigned size)
{
    return size > 0 && count > SIZE_MAX / size ? NULL : ng_alloc(cx, (size_t)count * size);
}

static void give_memory(void *cx, void *data)
{
    ng_free(cx, data);
}

static bool is_gzip(ng_view packed)
{
    return ng_view_starts(packed, NG_VIEW("\x1F\x8B"));
}

/* The window of zlib, in its own words: of gzip, of its own format, of bare deflate. */
static int window_of(ng_view packed)
{
    unsigned first = packed.size > 1 ? (unsigned char)packed.data[0] : 0;
    unsigned second = packed.size > 1 ? (unsigned char)packed.data[1] : 0;

    if (is_gzip(packed))
        return MAX_WBITS + 16;
    return (first & 15u) == Z_DEFLATED && (first << 8 | second) % 31 == 0 ? MAX_WBITS : -MAX_WBITS;
}

/* Bounds what came out. */
static ng_status check_size(ng_ctx *cx, ng_view packed, const char *label,
                            const ng_options *options, size_t size)
{
    uint64_t ratio = options->unpack_ratio;

    if (size > ng_limit_of(options))
        return ng_fail_too_large(cx, label, options);
    if (size <= FREE_BYTES || size / ratio <= packed.size)
        return NG_OK;
    return ng_fail(cx, NG_E_LIMIT,
                   "%s: unpacks to more than %llu times its size; raise --max-unpack-ratio if it "
                   "is no trap",
                   label, (unsigned long long)ratio);
}

/* Unpacks piece by piece. A gzip file may have members one after the other. */
static ng_status run(ng_ctx *cx, z_stream *zip, ng_view packed, const char *label,
                     const ng_options *options, ng_buffer *out)
{
    int result = Z_OK;

    while (result == Z_OK || (result == Z_STREAM_END && zip->avail_in > 1 &&
                              is_gzip((ng_view){ (const char *)zip->next_in, zip->avail_in }) &&
                              inflateReset(zip) == Z_OK)) {
        ng_status status = ng_buffer_reserve(cx, out, ROOM_BYTES);

        if (status != NG_OK)
            return status;
        if (ng_ctx_is_cancelled(cx))
            return ng_fail(cx, NG_E_LIMIT, "interrupted");
        zip->next_out = (Bytef *)out->data + out->size;
        zip->avail_out = ROOM_BYTES;
        result = inflate(zip, Z_NO_FLUSH);
        out->size += ROOM_BYTES - zip->avail_out;
        status = check_size(cx, packed, label, options, out->size);
        if (status != NG_OK)
            return status;
    }
    out->data[out->size] = '\0';
    if (result == Z_MEM_ERROR)
        return ng_fail(cx, NG_E_MEMORY, "%s: no memory to unpack it", label);
    if (result != Z_STREAM_END)
        return ng_fail(cx, NG_E_DATA, "%s: cannot be unpacked: it is damaged or cut off", label);
    return NG_OK;
}

ng_status ng_inflate(ng_ctx *cx, ng_view packed, const char *label, const ng_options *options,
                     ng_buffer *out)
{
    z_stream zip = { .zalloc = take_memory, .zfree = give_memory, .opaque = cx };
    ng_status status = NG_OK;

    if (packed.size > UINT32_MAX)
        return ng_fail_too_large(cx, label, options);
    zip.next_in = (Bytef *)(uintptr_t)packed.data;
    zip.avail_in = (uInt)packed.size;
    if (inflateInit2(&zip, window_of(packed)) != Z_OK)
        return ng_fail(cx, NG_E_MEMORY, "%s: no memory to unpack it", label);
    status = run(cx, &zip, packed, label, options, out);
    (void)inflateEnd(&zip);
    return status;
}

#else

ng_status ng_inflate(ng_ctx *cx, ng_view packed, const char *label, const ng_options *options,
                     ng_buffer *out)
{
    (void)packed;
    (void)options;
    (void)out;
    return ng_fail(cx, NG_E_DATA, "%s: compressed, and this nergraph was built without zlib",
                   label);
}
#endif
