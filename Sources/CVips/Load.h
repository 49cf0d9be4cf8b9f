#pragma once

#include "Boundary.h"

/// An encoded photo in the caller's memory.
typedef struct {
    const uint8_t *bytes;
    int64_t count;
    int32_t format;
} cvips_source;

/// Opens the first frame. Pixels are decoded later, row by row, as something asks for them.
///
/// `scale`, in (0, 1], is how far the decoder itself may scale down, which is cheap because the fine detail is never
/// computed: WebP takes it as it is, JPEG the next greater of 1, 1/2, 1/4 and 1/8, the others ignore it.
/// Returns nonzero on failure, otherwise `*photo` is a new reference.
int cvips_open(const cvips_source *source, double scale, VipsImage **photo);
