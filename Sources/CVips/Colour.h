#pragma once

#include "Boundary.h"

/// Whether the samples are colours that can become sRGB: CVIPS_OK or CVIPS_UNSUPPORTED.
int32_t cvips_check_samples(VipsImage *photo);

/// Lays a photo with alpha over white; another photo comes back as it is. `*flat` is a new reference.
int cvips_flatten_onto_white(VipsImage *photo, VipsImage **flat);

/// Converts an opaque photo to 8-bit sRGB through its ICC profile, where it has one. `*converted` is a new reference.
int cvips_convert_to_srgb(VipsImage *photo, VipsImage **converted);
