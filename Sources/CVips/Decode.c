#include "Colour.h"
#include "Load.h"

#include "cpixels.h"

#include <string.h>

typedef struct {
    cvips_source source;
    cvips_header header;
    int32_t width, height;
    uint8_t *pixels;
} decoding;

/// Makes a photo that is far larger than wanted smaller while its rows stream by, so that it is never in memory as a
/// whole. It stays at least twice as large as wanted, which leaves the choice of kernel to the final resampling.
static int shrink(VipsImage *photo, VipsImage **shrunk, int32_t width, int32_t height)
{
    int across = VIPS_MAX(1, photo->Xsize / (2 * width)), down = VIPS_MAX(1, photo->Ysize / (2 * height));
    if (across == 1 && down == 1)
        return vips_copy(photo, shrunk, NULL);
    return vips_shrink(photo, shrunk, across, down, NULL);
}

/// Computes an 8-bit RGB image into memory that has room for it, on the calling thread. libvips' own functions for this
/// hand the work to a pool of threads, which costs more than it gains when every core has a photo of its own already.
static int32_t write_rgb(VipsImage *image, uint8_t *pixels)
{
    // As many as libvips' decoders like to make at a time.
    enum { strip_rows = 16 };
    size_t row_bytes = (size_t)image->Xsize * 3;
    if (image->Bands != 3 || image->BandFmt != VIPS_FORMAT_UCHAR) {
        vips_error("pomona", "colours came out as %d bands of %s samples", image->Bands,
                   vips_enum_nick(VIPS_TYPE_BAND_FORMAT, image->BandFmt));
        return CVIPS_FAILED;
    }
    VipsRegion *region = vips_region_new(image);
    int failed = region == NULL;
    for (int top = 0; !failed && top < image->Ysize; top += strip_rows) {
        VipsRect strip = {0, top, image->Xsize, VIPS_MIN(strip_rows, image->Ysize - top)};
        failed = vips_region_prepare(region, &strip);
        for (int y = top; !failed && y < top + strip.height; y++, pixels += row_bytes)
            memcpy(pixels, VIPS_REGION_ADDR(region, 0, y), row_bytes);
    }
    g_clear_object(&region);
    return failed ? cvips_status_of_failure() : CVIPS_OK;
}

static uint8_t *new_rgb(int32_t width, int32_t height)
{
    uint8_t *pixels = g_try_malloc((gsize)width * (gsize)height * 3);
    if (!pixels)
        vips_error("pomona", "no memory for %d x %d pixels", width, height);
    return pixels;
}

/// Writes an image that is RGB but of another size, and still as stored, as the upright photo of the wanted size.
static int32_t write_resized_upright(VipsImage *image, const decoding *it, int32_t width, int32_t height)
{
    gboolean resizes = image->Xsize != width || image->Ysize != height;
    gboolean turns = it->header.orientation != 1;
    if (!resizes && !turns)
        return write_rgb(image, it->pixels);

    uint8_t *decoded = new_rgb(image->Xsize, image->Ysize);
    uint8_t *resized = resizes && turns ? new_rgb(width, height) : NULL;
    int32_t status = decoded && (resized || !(resizes && turns)) ? CVIPS_OK : CVIPS_OUT_OF_MEMORY;
    if (status == CVIPS_OK)
        status = write_rgb(image, decoded);
    if (status == CVIPS_OK && resizes &&
        cpixels_resize(decoded, image->Xsize, image->Ysize, turns ? resized : it->pixels, width, height) != CPIXELS_OK)
        status = CVIPS_OUT_OF_MEMORY;
    if (status == CVIPS_OK && turns)
        cpixels_turn_upright(resizes ? resized : decoded, width, height, it->header.orientation, it->pixels);
    g_free(resized);
    g_free(decoded);
    return status;
}

/// The steps of a decode. `steps` has room for four images, which the caller releases.
static int32_t render(const decoding *it, VipsImage **steps)
{
    gboolean sideways = it->header.orientation >= 5;
    int32_t width = sideways ? it->height : it->width;
    int32_t height = sideways ? it->width : it->height;
    double scale = VIPS_MAX((double)width / it->header.width, (double)height / it->header.height);

    if (cvips_open(&it->source, VIPS_MIN(scale, 1), &steps[0]) != 0)
        return cvips_status_of_failure();
    int32_t supported = cvips_check_samples(steps[0]);
    if (supported != CVIPS_OK)
        return supported;
    // Over white first: then no colour hidden under transparent pixels can bleed into visible ones.
    if (cvips_flatten_onto_white(steps[0], &steps[1]) != 0 || shrink(steps[1], &steps[2], width, height) != 0 ||
        cvips_convert_to_srgb(steps[2], &steps[3]) != 0)
        return cvips_status_of_failure();
    return write_resized_upright(steps[3], it, width, height);
}

static int32_t decode(void *context)
{
    VipsImage *steps[4] = {NULL};
    int32_t status = render(context, steps);
    for (int i = 3; i >= 0; i--)
        g_clear_object(&steps[i]);
    return status;
}

int32_t cvips_decode(
    const uint8_t *bytes, int64_t count, int32_t format, const cvips_header *header, int32_t width, int32_t height,
    uint8_t *pixels, char *message, int64_t message_capacity)
{
    decoding context = {{bytes, count, format}, *header, width, height, pixels};
    return cvips_guarded(decode, &context, message, message_capacity);
}
