#include "cvips.h"
#include <string.h>
#include <vips/vips.h>
static void init(void) {
    static gsize once = 0;
    if (g_once_init_enter(&once)) {
        vips_init("pomona");
        vips_concurrency_set(1);
        vips_cache_set_max(0);
        g_once_init_leave(&once, 1);
    }
}
int32_t cvips_decode_file(const char *path, int32_t fit_width, int32_t fit_height, uint8_t **pixels, int32_t *width,
                          int32_t *height, int32_t *original_width, int32_t *original_height) {
    init();
    VipsImage *head = vips_image_new_from_file(path, NULL);
    if (!head) return 1;
    *original_width = vips_image_get_width(head);
    *original_height = vips_image_get_height(head);
    if (vips_image_get_orientation_swap(head)) {
        int t = *original_width; *original_width = *original_height; *original_height = t;
    }
    g_object_unref(head);
    VipsImage *image = NULL, *flat = NULL, *rgb = NULL;
    if (vips_thumbnail(path, &image, fit_width, "height", fit_height, "size", VIPS_SIZE_DOWN, NULL)) return 1;
    if (vips_image_hasalpha(image)) { vips_flatten(image, &flat, NULL); g_object_unref(image); image = flat; }
    if (vips_colourspace(image, &rgb, VIPS_INTERPRETATION_sRGB, NULL)) { g_object_unref(image); return 1; }
    g_object_unref(image);
    size_t size = 0;
    *width = vips_image_get_width(rgb); *height = vips_image_get_height(rgb);
    *pixels = vips_image_write_to_memory(rgb, &size);
    g_object_unref(rgb);
    return *pixels && size == (size_t)*width * *height * 3 ? 0 : 1;
}
void cvips_free(uint8_t *pixels) { g_free(pixels); }
int32_t cvips_decode_square(const uint8_t *bytes, int64_t length, int32_t side, uint8_t *pixels) {
    init();
    VipsImage *image = NULL, *flat = NULL, *rgb = NULL;
    if (vips_thumbnail_buffer((void *)bytes, (size_t)length, &image, side, "height", side, "size", VIPS_SIZE_FORCE, NULL)) return 1;
    if (vips_image_hasalpha(image)) { vips_flatten(image, &flat, NULL); g_object_unref(image); image = flat; }
    if (vips_colourspace(image, &rgb, VIPS_INTERPRETATION_sRGB, NULL)) { g_object_unref(image); return 1; }
    g_object_unref(image);
    size_t size = 0;
    void *data = vips_image_write_to_memory(rgb, &size);
    g_object_unref(rgb);
    if (!data || size != (size_t)side * side * 3) { g_free(data); return 1; }
    memcpy(pixels, data, size);
    g_free(data);
    return 0;
}
