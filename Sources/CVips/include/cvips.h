#pragma once

// What Pomona needs of libvips, as plain C: no type of libvips or GLib crosses this header.
//
// Every function may be called from any thread at any time. The first call sets the library up.
// Every function that can fail returns a status and, when that is not CVIPS_OK, writes what libvips says (UTF-8,
// terminated, cut where it does not fit) into `message`, a buffer of `message_capacity` >= 1 bytes that the caller owns.

#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

enum {
    CVIPS_OK = 0,
    /// The photo is damaged, or libvips could not do it for another reason that the message names.
    CVIPS_FAILED = 1,
    /// An intact photo whose samples have no meaning as colours here; the message says what it holds.
    CVIPS_UNSUPPORTED = 2,
    CVIPS_OUT_OF_MEMORY = 3,
    /// libvips could not be set up, or is older than what these sources were compiled against.
    CVIPS_NOT_STARTED = 4,
};

/// The encodings of photos.
enum {
    CVIPS_JPEG = 1,
    CVIPS_PNG = 2,
    CVIPS_GIF = 3,
    CVIPS_WEBP = 4,
    CVIPS_TIFF = 5,
};

/// What stands at the head of a photo.
typedef struct {
    /// Size in pixels as stored, before the orientation is applied.
    int32_t width;
    int32_t height;
    /// EXIF orientation, 1...8; 1 where there is none or it is out of range.
    int32_t orientation;
} cvips_header;

/// The version of libvips that was found at run time, for example "8.14.1"; empty where none was found. The text lives as
/// long as the program.
const char *cvips_version(void);

/// Reads the head of a photo without decoding pixels.
///
/// `bytes` stays the caller's and is not touched after the call. `header` is zero on failure.
int32_t cvips_read_header(
    const uint8_t *bytes, int64_t count, int32_t format, cvips_header *header, char *message,
    int64_t message_capacity);

/// Decodes the first frame of a photo to upright 8-bit sRGB, alpha over white, at its own size or scaled down.
///
/// `header` is what `cvips_read_header` said of the same bytes. `width` and `height` are the wanted ones of the upright
/// photo, at most its own. `pixels` is the caller's and holds `width * height * 3` bytes; on failure its contents are
/// undefined.
int32_t cvips_decode(
    const uint8_t *bytes, int64_t count, int32_t format, const cvips_header *header, int32_t width, int32_t height,
    uint8_t *pixels, char *message, int64_t message_capacity);

/// Encodes 8-bit RGB pixels as JPEG, PNG or WebP. `quality` is 1...100 and has no meaning for PNG.
///
/// On success `*encoded` holds `*encoded_count` bytes that the caller gives back with `cvips_free`; on failure it is
/// NULL. `pixels` stays the caller's.
int32_t cvips_encode(
    const uint8_t *pixels, int32_t width, int32_t height, int32_t format, int32_t quality, uint8_t **encoded,
    int64_t *encoded_count, char *message, int64_t message_capacity);

/// Frees what `cvips_encode` returned. NULL is allowed.
void cvips_free(uint8_t *encoded);

#ifdef __cplusplus
}
#endif
