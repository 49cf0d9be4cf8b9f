#include "Colour.h"

#include <string.h>

int32_t cvips_check_samples(VipsImage *photo)
{
    gboolean integers = photo->BandFmt == VIPS_FORMAT_UCHAR || photo->BandFmt == VIPS_FORMAT_USHORT;
    // TIFF's CIELAB is the exception: libvips unpacks it to floating point numbers itself.
    gboolean lab = photo->Type == VIPS_INTERPRETATION_LAB && photo->BandFmt == VIPS_FORMAT_FLOAT;
    if (photo->Coding == VIPS_CODING_NONE && (integers || lab) && vips_colourspace_issupported(photo))
        return CVIPS_OK;
    vips_error("pomona", "%d band%s of %s samples", photo->Bands, photo->Bands == 1 ? "" : "s",
               vips_enum_nick(VIPS_TYPE_BAND_FORMAT, photo->BandFmt));
    return CVIPS_UNSUPPORTED;
}

int cvips_flatten_onto_white(VipsImage *photo, VipsImage **flat)
{
    if (!vips_image_hasalpha(photo))
        return vips_copy(photo, flat, NULL);

    // One value stands for all bands.
    double white[3] = {255};
    int bands = 1;
    switch (photo->Type) {
    case VIPS_INTERPRETATION_CMYK:
        white[0] = 0;
        break;
    case VIPS_INTERPRETATION_LAB:
        white[0] = 100;
        bands = 3;
        break;
    case VIPS_INTERPRETATION_RGB16:
    case VIPS_INTERPRETATION_GREY16:
        white[0] = 65535;
        break;
    default:
        break;
    }
    VipsArrayDouble *background = vips_array_double_new(white, bands);
    int failed = vips_flatten(photo, flat, "background", background, NULL);
    vips_area_unref(VIPS_AREA(background));
    return failed;
}

static uint32_t big_endian_32(const uint8_t *bytes)
{
    return (uint32_t)bytes[0] << 24 | (uint32_t)bytes[1] << 16 | (uint32_t)bytes[2] << 8 | bytes[3];
}

static gboolean contains(const uint8_t *bytes, size_t count, const char *word, size_t length)
{
    for (size_t i = 0; i + length <= count; i++)
        if (memcmp(bytes + i, word, length) == 0)
            return TRUE;
    return FALSE;
}

/// Whether a profile calls itself sRGB, as most do; converting from sRGB to sRGB costs more than decoding.
/// ICC.1:2010, sections 7.2 and 7.3: after 128 bytes the number of tags, then (signature, offset, size) of each.
static gboolean is_srgb(const uint8_t *profile, size_t length)
{
    static const char utf16[] = {0, 's', 0, 'R', 0, 'G', 0, 'B'};
    if (length < 132)
        return FALSE;
    uint32_t tags = big_endian_32(profile + 128);
    for (size_t i = 0; i < tags && 132 + 12 * (i + 1) <= length; i++) {
        const uint8_t *tag = profile + 132 + 12 * i;
        size_t offset = big_endian_32(tag + 4), size = big_endian_32(tag + 8);
        if (memcmp(tag, "desc", 4) == 0 && offset <= length && size <= length - offset)
            return contains(profile + offset, size, "sRGB", 4) ||
                   contains(profile + offset, size, utf16, sizeof utf16);
    }
    return FALSE;
}

/// Whether the photo carries an ICC profile to convert from. Cameras and editors leave profiles that do not fit the
/// photo behind often enough that it must not be refused for one: such a profile counts as none.
static gboolean has_useful_profile(VipsImage *photo)
{
    const void *profile = NULL;
    size_t length = 0;
    return vips_image_get_typeof(photo, VIPS_META_ICC_NAME) != 0 &&
           vips_image_get_blob(photo, VIPS_META_ICC_NAME, &profile, &length) == 0 &&
           !(photo->Bands == 3 && is_srgb(profile, length)) &&
           vips_icc_is_compatible_profile(photo, profile, length);
}

int cvips_convert_to_srgb(VipsImage *photo, VipsImage **converted)
{
    if (has_useful_profile(photo))
        return vips_icc_transform(
            photo, converted, "srgb", "embedded", TRUE, "intent", VIPS_INTENT_RELATIVE, "black_point_compensation",
            TRUE, "depth", 8, NULL);
    // CMYK without a profile goes through libvips' own one.
    return vips_colourspace(photo, converted, VIPS_INTERPRETATION_sRGB, NULL);
}
