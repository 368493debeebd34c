/* SHA-256 of texts and files; nettle lives here. */
#include "base_internal.h"

#include <nettle/sha2.h>
#include <nettle/version.h>

void ng_sha256_hex(ng_view bytes, char hex_out[64])
{
    static const char digits[] = "0123456789abcdef";
    struct sha256_ctx state;
    uint8_t digest[SHA256_DIGEST_SIZE];

    sha256_init(&state);
    sha256_update(&state, bytes.size, (const uint8_t *)bytes.data);
#if NETTLE_VERSION_MAJOR >= 4
    sha256_digest(&state, digest);
#else
    sha256_digest(&state, sizeof digest, digest);
#endif
    for (size_t i = 0; i < sizeof digest; i++) {
        hex_out[2 * i] = digits[digest[i] >> 4];
        hex_out[2 * i + 1] = digits[digest[i] & 15];
    }
}
