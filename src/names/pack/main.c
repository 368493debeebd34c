/* nergraph-pack-names TABLES_DIR OUT: packs the dictionaries at build time. The only part of names
 * that prints; it is no part of the library. */
#include "pack.h"

/* Reads, packs, writes. */
static ng_status run(ng_ctx *cx, const char *directory, const char *out_path)
{
    ng_pack pack;
    ng_buffer out;
    ng_status status = pack_init(cx, &pack);

    ng_buffer_init(&out, PACKED_FILE_BYTES);
    if (status == NG_OK)
        status = pack_read_tables(cx, &pack, directory);
    if (status == NG_OK)
        status = pack_write(cx, &pack, &out);
    if (status == NG_OK)
        status = ng_file_replace(cx, out_path, ng_buffer_view(&out));
    if (status == NG_OK)
        printf("%s: %zu phrases in %zu bytes\n", out_path, ng_intern_count(pack.phrases), out.size);
    ng_buffer_destroy(cx, &out);
    pack_destroy(cx, &pack);
    return status;
}

static void print_line(void *user, ng_status about, const char *line)
{
    (void)user;
    (void)about;
    fprintf(stderr, "nergraph-pack-names: %s\n", line);
}

int main(int argc, char **argv)
{
    ng_ctx *cx = ng_ctx_new();
    ng_status status = NG_OK;

    if (!cx)
        return NG_E_MEMORY;
    ng_ctx_on_message(cx, print_line, NULL);
    if (argc != 3)
        status = ng_fail(cx, NG_E_USAGE, "use: nergraph-pack-names TABLES_DIR OUT");
    else
        status = run(cx, argv[1], argv[2]);
    if (status != NG_OK)
        print_line(NULL, status, ng_ctx_error(cx));
    ng_ctx_free(cx);
    return (int)status;
}
