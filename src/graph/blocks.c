/* Blocks: the layer of a saved graph that finds damage.
 *
 * A file is a magic number with a version and then blocks. A block holds records of one kind, is
 * closed once it has some sixty thousand bytes, and carries a digest of everything in it, its own
 * head included; the last one says how many blocks there are. So a byte that was changed, a piece
 * that is missing and a piece too much are all found, and the message names the block. The layout
 * is documented in docs/ngr.md. */
#include "blocks.h"

#include <errno.h>
#include <fcntl.h>

enum {
    VERSION = 1,
    MAGIC_BYTES = 8,
    DIGEST_BYTES = 32,             /* hexadecimal digits kept of SHA-256 */
    HEAD_BYTES = 9 + DIGEST_BYTES, /* kind, record count, size, digest */
    FULL_BYTES = 60000,
    BLOCK_BYTES_MAX = 1 << 28 /* one record may be as large */
};

static const char magic[MAGIC_BYTES] = { '\x89', 'N', 'G', 'R', '\r', '\n', '\x1a', VERSION };

static void put_four(char *out, uint32_t number)
{
    for (int i = 0; i < 4; i++)
        out[i] = (char)(number >> 8 * i & 0xFF);
}

static uint32_t take_four(const char *from)
{
    uint32_t number = 0;

    for (int i = 0; i < 4; i++)
        number |= (uint32_t)(unsigned char)from[i] << 8 * i;
    return number;
}

/* The digest of a block: of kind, count and size, and of the digest of what it holds. */
static void digest_block(const char head[9], ng_view content, char out[DIGEST_BYTES])
{
    char hex[64], both[9 + 64], whole[64];

    ng_sha256_hex(content, hex);
    memcpy(both, head, 9);
    memcpy(both + 9, hex, sizeof hex);
    ng_sha256_hex((ng_view){ both, sizeof both }, whole);
    memcpy(out, whole, DIGEST_BYTES);
}

static const char *kind_words(char kind)
{
    switch (kind) {
    case NG_BLOCK_RECIPE:
        return "recipe";
    case NG_BLOCK_DOCUMENTS:
        return "documents";
    case NG_BLOCK_NODES:
        return "nodes";
    case NG_BLOCK_APART:
        return "names kept apart";
    case NG_BLOCK_EDGES:
        return "edges";
    default:
        return "end";
    }
}

/* ---- writing ---- */

ng_status ng_blocks_create(ng_ctx *cx, const char *path, ng_block_writer *writer)
{
    ng_status status = NG_OK;

    *writer = (ng_block_writer){ .kind = NG_BLOCK_RECIPE };
    ng_buffer_init(&writer->block, SIZE_MAX / 2);
    status = ng_file_create(cx, path, &writer->file);
    return status == NG_OK ? ng_file_add(cx, writer->file, (ng_view){ magic, sizeof magic })
                           : status;
}

/* Writes what was gathered as a block. */
static ng_status close_block(ng_ctx *cx, ng_block_writer *writer)
{
    char head[HEAD_BYTES];
    ng_view content = ng_buffer_view(&writer->block);
    ng_status status = NG_OK;

    if (writer->record_count == 0)
        return NG_OK;
    head[0] = writer->kind;
    put_four(head + 1, writer->record_count);
    put_four(head + 5, (uint32_t)content.size);
    digest_block(head, content, head + 9);
    status = ng_file_add(cx, writer->file, (ng_view){ head, sizeof head });
    if (status == NG_OK)
        status = ng_file_add(cx, writer->file, content);
    writer->block.size = 0;
    writer->record_count = 0;
    writer->block_count++;
    return status;
}

ng_status ng_blocks_add(ng_ctx *cx, ng_block_writer *writer, char kind, ng_view record)
{
    ng_status status = NG_OK;

    if (record.size > BLOCK_BYTES_MAX - FULL_BYTES)
        return ng_fail(cx, NG_E_LIMIT, "one actor or pair has more than %d bytes of names",
                       BLOCK_BYTES_MAX - FULL_BYTES);
    if (kind != writer->kind || writer->block.size > FULL_BYTES)
        status = close_block(cx, writer);
    writer->kind = kind;
    if (status == NG_OK)
        status = ng_bytes_put_text(cx, &writer->block, record);
    writer->record_count++;
    return status;
}

ng_status ng_blocks_commit(ng_ctx *cx, ng_block_writer *writer)
{
    ng_buffer last;
    ng_file *file = writer->file;
    ng_status status = close_block(cx, writer);

    ng_buffer_init(&last, SIZE_MAX / 2);
    if (status == NG_OK)
        status = ng_bytes_put_number(cx, &last, writer->block_count);
    if (status == NG_OK)
        status = ng_blocks_add(cx, writer, NG_BLOCK_END, ng_buffer_view(&last));
    if (status == NG_OK)
        status = close_block(cx, writer);
    ng_buffer_destroy(cx, &last);
    if (status == NG_OK) {
        writer->file = NULL;
        status = ng_file_commit(cx, file);
    }
    ng_blocks_discard(cx, writer);
    return status;
}

void ng_blocks_discard(ng_ctx *cx, ng_block_writer *writer)
{
    ng_file_discard(cx, writer->file);
    ng_buffer_destroy(cx, &writer->block);
    *writer = (ng_block_writer){ 0 };
}

/* ---- reading ---- */

static ng_status damaged(ng_ctx *cx, const ng_block_reader *reader, const char *what)
{
    return ng_fail(cx, NG_E_DATA, "%s: block %llu, byte %llu: %s; nothing of it is used",
                   reader->path, (unsigned long long)reader->block_count + 1,
                   (unsigned long long)reader->offset, what);
}

ng_status ng_blocks_complain(ng_ctx *cx, const ng_block_reader *reader)
{
    return ng_fail(cx, NG_E_DATA,
                   "%s: block %llu (%s) holds what this program does not write; nothing of it is "
                   "used",
                   reader->path, (unsigned long long)reader->block_count, kind_words(reader->kind));
}

/* Reads up to `size` bytes. */
static ng_status read_bytes(ng_ctx *cx, ng_block_reader *reader, char *data, size_t size,
                            size_t *got_out)
{
    size_t got = 0;

    while (got < size) {
        ssize_t count = cx->sys->read(reader->fd, data + got, size - got);

        if (count < 0 && errno == EINTR && !ng_ctx_is_cancelled(cx))
            continue;
        if (count < 0)
            return ng_fail(cx, NG_E_IO, "%s: %s", reader->path, strerror(errno));
        if (count == 0)
            break;
        got += (size_t)count;
    }
    *got_out = got;
    return NG_OK;
}

ng_status ng_blocks_open(ng_ctx *cx, const char *path, ng_block_reader *reader)
{
    char start[MAGIC_BYTES];
    size_t got = 0;
    ng_status status = NG_OK;

    *reader = (ng_block_reader){ .path = path, .fd = -1, .kind = NG_BLOCK_RECIPE };
    ng_buffer_init(&reader->block, BLOCK_BYTES_MAX + 1);
    reader->fd = cx->sys->open(path, O_RDONLY | O_CLOEXEC, 0);
    if (reader->fd < 0)
        return ng_fail(cx, NG_E_IO, "%s: %s", path, strerror(errno));
    status = read_bytes(cx, reader, start, sizeof start, &got);
    if (status != NG_OK)
        return status;
    if (got < sizeof start || memcmp(start, magic, MAGIC_BYTES - 1) != 0)
        return ng_fail(cx, NG_E_DATA, "%s: not a saved graph (.ngr)", path);
    if (start[MAGIC_BYTES - 1] != VERSION)
        return ng_fail(cx, NG_E_DATA, "%s: version %d of saved graphs; this program reads %d", path,
                       (unsigned char)start[MAGIC_BYTES - 1], VERSION);
    reader->offset = sizeof start;
    return NG_OK;
}

void ng_blocks_close(ng_ctx *cx, ng_block_reader *reader)
{
    if (reader->fd >= 0)
        (void)cx->sys->close(reader->fd);
    ng_buffer_destroy(cx, &reader->block);
    reader->fd = -1;
}

/* The last block tells how many there were; nothing follows it. */
static ng_status check_end(ng_ctx *cx, ng_block_reader *reader)
{
    ng_cursor at = { ng_buffer_view(&reader->block), 0, false };
    ng_cursor record = { ng_bytes_take_part(&at), 0, false };
    char more = 0;
    size_t got = 0;
    ng_status status = NG_OK;

    if (at.is_bad || ng_bytes_take_number(&record) != reader->block_count || record.is_bad)
        return damaged(cx, reader, "blocks are missing");
    status = read_bytes(cx, reader, &more, 1, &got);
    if (status == NG_OK && got > 0)
        return damaged(cx, reader, "more follows behind the end");
    reader->is_ended = true;
    return status;
}

/* Reads the next block and checks it. */
static ng_status read_block(ng_ctx *cx, ng_block_reader *reader)
{
    char head[HEAD_BYTES], digest[DIGEST_BYTES];
    uint32_t size = 0;
    size_t got = 0;
    ng_status status = read_bytes(cx, reader, head, sizeof head, &got);

    if (status != NG_OK)
        return status;
    if (got < sizeof head)
        return damaged(cx, reader, "the file ends in the middle");
    size = take_four(head + 5);
    if (size > BLOCK_BYTES_MAX)
        return damaged(cx, reader, "damaged");
    reader->block.size = 0;
    status = ng_buffer_reserve(cx, &reader->block, size + 1);
    if (status == NG_OK)
        status = read_bytes(cx, reader, reader->block.data, size, &got);
    if (status != NG_OK)
        return status;
    if (got < size)
        return damaged(cx, reader, "the file ends in the middle");
    reader->block.size = size;
    digest_block(head, ng_buffer_view(&reader->block), digest);
    if (memcmp(digest, head + 9, DIGEST_BYTES) != 0)
        return damaged(cx, reader, "damaged");
    reader->kind = head[0];
    reader->left = take_four(head + 1);
    reader->cursor = (ng_cursor){ ng_buffer_view(&reader->block), 0, false };
    if (reader->kind == NG_BLOCK_END)
        return check_end(cx, reader);
    reader->block_count++;
    reader->offset += sizeof head + size;
    return NG_OK;
}

ng_status ng_blocks_next(ng_ctx *cx, ng_block_reader *reader, char *kind_out, ng_view *record_out)
{
    while (reader->left == 0 && !reader->is_ended) {
        ng_status status = read_block(cx, reader);

        if (status != NG_OK)
            return status;
    }
    *kind_out = reader->kind;
    *record_out = NG_VIEW_NONE;
    if (reader->is_ended)
        return NG_OK;
    *record_out = ng_bytes_take_part(&reader->cursor);
    reader->left--;
    return reader->cursor.is_bad ? ng_blocks_complain(cx, reader) : NG_OK;
}
