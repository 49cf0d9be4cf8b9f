#include "Load.h"

static int jpeg_shrink(double scale)
{
    return scale <= 0.125 ? 8 : scale <= 0.25 ? 4 : scale <= 0.5 ? 2 : 1;
}

int cvips_open(const cvips_source *source, double scale, VipsImage **photo)
{
    // libvips takes a pointer without const and does not write through it.
    void *bytes = (void *)source->bytes;
    size_t count = (size_t)source->count;
    // A photo whose data ends early is an error, not a photo with a grey lower half. Mere warnings of the decoders
    // (stray bytes between markers, odd metadata) are common in good photos.
    VipsFailOn fail_on = VIPS_FAIL_ON_ERROR;
    VipsAccess access = VIPS_ACCESS_SEQUENTIAL;

    switch (source->format) {
    case CVIPS_JPEG:
        return vips_jpegload_buffer(
            bytes, count, photo, "access", access, "fail_on", fail_on, "shrink", jpeg_shrink(scale), NULL);
    case CVIPS_PNG:
        return vips_pngload_buffer(bytes, count, photo, "access", access, "fail_on", fail_on, NULL);
    case CVIPS_GIF:
        return vips_gifload_buffer(bytes, count, photo, "access", access, "fail_on", fail_on, NULL);
    case CVIPS_WEBP:
        return vips_webpload_buffer(
            bytes, count, photo, "access", access, "fail_on", fail_on, "scale", scale, NULL);
    case CVIPS_TIFF:
        return vips_tiffload_buffer(bytes, count, photo, "access", access, "fail_on", fail_on, NULL);
    default:
        vips_error("pomona", "%d is no format to read", source->format);
        return -1;
    }
}
