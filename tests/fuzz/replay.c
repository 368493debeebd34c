/* Runs a fuzz target over saved inputs, without a fuzzer: seeds and what once crashed.
 *
 * usage: replay_NAME FOLDER; says which file it is at before it starts, so that a crash names it.
 */
#include "fuzz.h"

/* One file; false when it cannot be read. */
static bool replay(ng_ctx *cx, const char *path)
{
    ng_buffer bytes;
    ng_status status;
    uint8_t *exact = NULL;

    ng_buffer_init(&bytes, 64u << 20);
    status = ng_file_read(cx, path, 64u << 20, "none", &bytes);
    if (status == NG_OK)
        exact = malloc(bytes.size ? bytes.size : 1); /* so that a read past the end is seen */
    if (exact) {
        if (bytes.size > 0)
            memcpy(exact, bytes.data, bytes.size);
        (void)LLVMFuzzerTestOneInput(exact, bytes.size);
    } else {
        fprintf(stderr, "%s: %s\n", path, ng_ctx_error(cx));
    }
    free(exact);
    ng_buffer_destroy(cx, &bytes);
    return status == NG_OK;
}

int main(int argc, char **argv)
{
    ng_ctx *cx = ng_ctx_new();
    DIR *folder = argc == 2 ? opendir(argv[1]) : NULL;
    size_t count = 0;
    bool is_good = cx && folder;

    if (is_good) {
        for (struct dirent *entry = readdir(folder); entry; entry = readdir(folder)) {
            char path[4096];

            if (entry->d_name[0] == '.')
                continue;
            (void)snprintf(path, sizeof path, "%s/%s", argv[1], entry->d_name);
            printf("%s\n", path);
            (void)fflush(stdout);
            is_good = replay(cx, path) && is_good;
            count++;
        }
    }
    if (folder)
        (void)closedir(folder);
    ng_ctx_free(cx);
    printf("%zu inputs\n", count);
    return is_good && count > 0 ? 0 : 1;
}
