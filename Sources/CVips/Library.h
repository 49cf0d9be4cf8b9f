#pragma once

// libvips is opened when the first photo is decoded, not when the program starts: it brings some hundred libraries with it
// (17 MB of memory, 40 ms), and much of what the program does needs none of them. Its headers are used as they are; each of
// its functions is called through a pointer of the same name.

#include <stdint.h>
#include <vips/vips.h>

#define CVIPS_FUNCTIONS(X) \
    X(g_free) X(g_log_set_handler) X(g_object_unref) X(g_try_malloc) X(vips_area_unref) X(vips_array_double_new) \
    X(vips_band_format_get_type) X(vips_block_untrusted_set) X(vips_cache_set_max) X(vips_cache_set_max_files) \
    X(vips_cache_set_max_mem) X(vips_colourspace) X(vips_colourspace_issupported) X(vips_concurrency_set) \
    X(vips_copy) X(vips_enum_nick) X(vips_error) X(vips_error_buffer) X(vips_error_clear) X(vips_flatten) \
    X(vips_format_sizeof_unsafe) X(vips_gifload_buffer) X(vips_icc_is_compatible_profile) X(vips_icc_transform) \
    X(vips_image_get_blob) X(vips_image_get_orientation) X(vips_image_get_typeof) X(vips_image_hasalpha) \
    X(vips_image_new_from_memory) X(vips_init) X(vips_jpegload_buffer) X(vips_jpegsave_buffer) \
    X(vips_operation_block_set) X(vips_pngload_buffer) X(vips_pngsave_buffer) X(vips_region_new) \
    X(vips_region_prepare) X(vips_shrink) X(vips_tiffload_buffer) X(vips_version) X(vips_webpload_buffer) \
    X(vips_webpsave_buffer)

#undef g_free

struct cvips_functions {
#define CVIPS_FIELD(name) __typeof__(&name) name;
    CVIPS_FUNCTIONS(CVIPS_FIELD)
#undef CVIPS_FIELD
};

/// All set once ``cvips_bind`` succeeded; nobody changes them afterwards.
extern struct cvips_functions cvips_library;

/// Opens libvips: CVIPS_OK, or CVIPS_NOT_STARTED with the reason in `*reason` (static text). Not safe to call from two
/// threads at once.
int32_t cvips_bind(const char **reason);

#ifndef CVIPS_NAMES_ONLY
#define g_free cvips_library.g_free
#define g_log_set_handler cvips_library.g_log_set_handler
#define g_object_unref cvips_library.g_object_unref
#define g_try_malloc cvips_library.g_try_malloc
#define vips_area_unref cvips_library.vips_area_unref
#define vips_array_double_new cvips_library.vips_array_double_new
#define vips_band_format_get_type cvips_library.vips_band_format_get_type
#define vips_block_untrusted_set cvips_library.vips_block_untrusted_set
#define vips_cache_set_max cvips_library.vips_cache_set_max
#define vips_cache_set_max_files cvips_library.vips_cache_set_max_files
#define vips_cache_set_max_mem cvips_library.vips_cache_set_max_mem
#define vips_colourspace cvips_library.vips_colourspace
#define vips_colourspace_issupported cvips_library.vips_colourspace_issupported
#define vips_concurrency_set cvips_library.vips_concurrency_set
#define vips_copy cvips_library.vips_copy
#define vips_enum_nick cvips_library.vips_enum_nick
#define vips_error cvips_library.vips_error
#define vips_error_buffer cvips_library.vips_error_buffer
#define vips_error_clear cvips_library.vips_error_clear
#define vips_flatten cvips_library.vips_flatten
#define vips_format_sizeof_unsafe cvips_library.vips_format_sizeof_unsafe
#define vips_gifload_buffer cvips_library.vips_gifload_buffer
#define vips_icc_is_compatible_profile cvips_library.vips_icc_is_compatible_profile
#define vips_icc_transform cvips_library.vips_icc_transform
#define vips_image_get_blob cvips_library.vips_image_get_blob
#define vips_image_get_orientation cvips_library.vips_image_get_orientation
#define vips_image_get_typeof cvips_library.vips_image_get_typeof
#define vips_image_hasalpha cvips_library.vips_image_hasalpha
#define vips_image_new_from_memory cvips_library.vips_image_new_from_memory
#define vips_init cvips_library.vips_init
#define vips_jpegload_buffer cvips_library.vips_jpegload_buffer
#define vips_jpegsave_buffer cvips_library.vips_jpegsave_buffer
#define vips_operation_block_set cvips_library.vips_operation_block_set
#define vips_pngload_buffer cvips_library.vips_pngload_buffer
#define vips_pngsave_buffer cvips_library.vips_pngsave_buffer
#define vips_region_new cvips_library.vips_region_new
#define vips_region_prepare cvips_library.vips_region_prepare
#define vips_shrink cvips_library.vips_shrink
#define vips_tiffload_buffer cvips_library.vips_tiffload_buffer
#define vips_version cvips_library.vips_version
#define vips_webpload_buffer cvips_library.vips_webpload_buffer
#define vips_webpsave_buffer cvips_library.vips_webpsave_buffer
#endif
