// The pointers are found by the names they have in the library, so the macros of the header must not stand in the way.
#define CVIPS_NAMES_ONLY
#include "Library.h"

#include "cvips.h"

#include <dlfcn.h>
#include <stdio.h>

struct cvips_functions cvips_library;

static char reason_text[512];

/// The name that programs built against these headers are linked to.
#ifdef __APPLE__
#define LIBRARY_FILE "libvips.42.dylib"
#else
#define LIBRARY_FILE "libvips.so.42"
#endif

int32_t cvips_bind(const char **reason)
{
    *reason = reason_text;
    void *library = dlopen(LIBRARY_FILE, RTLD_NOW | RTLD_GLOBAL);
    if (!library) {
        snprintf(reason_text, sizeof reason_text, "libvips could not be opened: %s", dlerror());
        return CVIPS_NOT_STARTED;
    }
    const struct {
        const char *name;
        void **place;
    } functions[] = {
#define CVIPS_ENTRY(name) {#name, (void **)&cvips_library.name},
        CVIPS_FUNCTIONS(CVIPS_ENTRY)
#undef CVIPS_ENTRY
    };
    for (size_t i = 0; i < sizeof functions / sizeof *functions; i++) {
        *functions[i].place = dlsym(library, functions[i].name);
        if (!*functions[i].place) {
            snprintf(reason_text, sizeof reason_text, "the installed libvips has no %s", functions[i].name);
            return CVIPS_NOT_STARTED;
        }
    }
    *reason = NULL;
    return CVIPS_OK;
}
