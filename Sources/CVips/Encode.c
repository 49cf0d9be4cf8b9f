#include "Boundary.h"

/// Wraps the caller's pixels as an image that must not outlive them. NULL on failure.
static VipsImage *wrap_rgb(const uint8_t *pixels, int32_t width, int32_t height)
{
    size_t size = (size_t)width * (size_t)height * 3;
    VipsImage *image = vips_image_new_from_memory(pixels, size, width, height, 3, VIPS_FORMAT_UCHAR);
    if (image)
        image->Type = VIPS_INTERPRETATION_sRGB;
    return image;
}

typedef struct {
    const uint8_t *pixels;
    int32_t width, height;
    int32_t format;
    int32_t quality;
    void *encoded;
    size_t encoded_count;
} encoding;

static int save(VipsImage *image, encoding *it)
{
    switch (it->format) {
    case CVIPS_JPEG:
        return vips_jpegsave_buffer(
            image, &it->encoded, &it->encoded_count, "Q", it->quality, "strip", TRUE, NULL);
    case CVIPS_PNG:
        return vips_pngsave_buffer(image, &it->encoded, &it->encoded_count, "strip", TRUE, NULL);
    case CVIPS_WEBP:
        return vips_webpsave_buffer(
            image, &it->encoded, &it->encoded_count, "Q", it->quality, "strip", TRUE, NULL);
    default:
        vips_error("pomona", "%d is no format to write", it->format);
        return -1;
    }
}

static int32_t encode(void *context)
{
    encoding *it = context;
    it->encoded = NULL;
    it->encoded_count = 0;
    VipsImage *image = wrap_rgb(it->pixels, it->width, it->height);
    int32_t status = image && save(image, it) == 0 ? CVIPS_OK : cvips_status_of_failure();
    g_clear_object(&image);
    return status;
}

int32_t cvips_encode(
    const uint8_t *pixels, int32_t width, int32_t height, int32_t format, int32_t quality, uint8_t **encoded,
    int64_t *encoded_count, char *message, int64_t message_capacity)
{
    encoding context = {pixels, width, height, format, quality, NULL, 0};
    int32_t status = cvips_guarded(encode, &context, message, message_capacity);
    *encoded = status == CVIPS_OK ? context.encoded : NULL;
    *encoded_count = status == CVIPS_OK ? (int64_t)context.encoded_count : 0;
    return status;
}

void cvips_free(uint8_t *encoded) { g_free(encoded); }
