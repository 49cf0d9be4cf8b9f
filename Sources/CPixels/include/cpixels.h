#pragma once

// Loops over 8-bit RGB pixels that must be fast. Pixels are rows from top to bottom without padding, three bytes each.
// Buffers are the caller's and must not overlap. Nothing here keeps state, so any thread may call anything.

#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

enum {
    CPIXELS_OK = 0,
    CPIXELS_OUT_OF_MEMORY = 1,
};

/// Resamples to `resized_width` x `resized_height` with a cubic kernel, widened when shrinking so that every pixel
/// counts. Pixel centres lie at half coordinates; beyond the border nothing counts.
///
/// The arithmetic is the same, bit for bit, whatever vector instructions the machine has. Sides are at least 1.
/// On failure `resized` is undefined.
int32_t cpixels_resize(
    const uint8_t *pixels, int32_t width, int32_t height, uint8_t *resized, int32_t resized_width,
    int32_t resized_height);

/// Turns pixels as stored into upright ones.
///
/// `orientation` is EXIF's, 1...8: what stands at the stored top left. `width` and `height` are of the stored pixels;
/// 5...8 swap them in `upright`.
void cpixels_turn_upright(
    const uint8_t *pixels, int32_t width, int32_t height, int32_t orientation, uint8_t *upright);

#ifdef __cplusplus
}
#endif
