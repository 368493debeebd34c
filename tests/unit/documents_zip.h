/* For unit tests: a zip archive made of parts. */
#ifndef NG_TEST_DOCUMENTS_ZIP_H
#define NG_TEST_DOCUMENTS_ZIP_H

#include "faults.h"

#include <archive.h>
#include <archive_entry.h>

/* A file in it. */
typedef struct zip_part {
    const char *name; /* NULL: no more */
    ng_view content;
} zip_part;

/* Makes the archive in `room`; with a password when there is one. Returns its bytes. */
static inline ng_view zip_make(const zip_part *parts, size_t count, const char *password,
                               char *room, size_t room_bytes)
{
    struct archive *handle = archive_write_new();
    struct archive_entry *entry = archive_entry_new();
    size_t used = 0;

    assert_non_null(handle);
    assert_non_null(entry);
    assert_int_equal(archive_write_set_format_zip(handle), ARCHIVE_OK);
    if (password) {
        assert_int_equal(archive_write_set_options(handle, "zip:encryption=zipcrypt"), ARCHIVE_OK);
        assert_int_equal(archive_write_set_passphrase(handle, password), ARCHIVE_OK);
    }
    assert_int_equal(archive_write_open_memory(handle, room, room_bytes, &used), ARCHIVE_OK);
    for (size_t i = 0; i < count && parts[i].name; i++) {
        archive_entry_clear(entry);
        archive_entry_set_pathname(entry, parts[i].name);
        archive_entry_set_size(entry, (la_int64_t)parts[i].content.size);
        archive_entry_set_filetype(entry, AE_IFREG);
        archive_entry_set_perm(entry, 0644);
        assert_int_equal(archive_write_header(handle, entry), ARCHIVE_OK);
        assert_int_equal(archive_write_data(handle, parts[i].content.data, parts[i].content.size),
                         (la_ssize_t)parts[i].content.size);
    }
    assert_int_equal(archive_write_close(handle), ARCHIVE_OK);
    archive_entry_free(entry);
    assert_int_equal(archive_write_free(handle), ARCHIVE_OK);
    return (ng_view){ room, used };
}

#endif
