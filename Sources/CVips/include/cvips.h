// Temporary narrow face of libvips until the imaging module is complete.
#pragma once
#include <stdint.h>
int32_t cvips_decode_file(const char *path, int32_t fit_width, int32_t fit_height, uint8_t **pixels, int32_t *width,
                          int32_t *height, int32_t *original_width, int32_t *original_height);
void cvips_free(uint8_t *pixels);
int32_t cvips_decode_square(const uint8_t *bytes, int64_t length, int32_t side, uint8_t *pixels);
