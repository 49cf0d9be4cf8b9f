#include "Boundary.h"

#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>

static pthread_once_t once = PTHREAD_ONCE_INIT;
static const char *failure = NULL;

// libvips opens every plug-in that it finds beside itself (PDF, HEIF, ImageMagick, OpenSlide) while it starts. None of
// them is used here; they cost 25 ms warm and 90 ms cold, and code that is not loaded cannot be attacked. Only the
// environment steers where it looks, and only before main() is it certain that no other thread reads the environment.
__attribute__((constructor)) static void keep_plugins_out(void) { setenv("VIPSHOME", "/nonexistent", 0); }

static void discard(const gchar *domain, GLogLevelFlags level, const gchar *text, gpointer data)
{
    (void)domain;
    (void)level;
    (void)text;
    (void)data;
}

static void start(void)
{
    if (cvips_bind(&failure) != CVIPS_OK)
        return;

    // Damaged photos make libvips warn on standard error, where it belongs to nobody. Errors come back as text anyway.
    g_log_set_handler(
        "VIPS", G_LOG_LEVEL_WARNING | G_LOG_LEVEL_MESSAGE | G_LOG_LEVEL_INFO | G_LOG_LEVEL_DEBUG, discard, NULL);

    if (vips_init("pomona") != 0) {
        failure = "libvips could not be initialised";
        return;
    }
    if (vips_version(0) != VIPS_MAJOR_VERSION || vips_version(1) < VIPS_MINOR_VERSION) {
        failure = "the installed libvips is not the one Pomona was built with, nor a newer one of its kind";
        return;
    }

    // Photos are decoded side by side, so one thread inside each of them is enough; and no photo is decoded twice in
    // a way that a cache of operations would notice, so that would only hold memory.
    vips_concurrency_set(1);
    vips_cache_set_max(0);
    vips_cache_set_max_mem(0);
    vips_cache_set_max_files(0);

    // Everything that reads is blocked, then the five formats are let in.
    vips_block_untrusted_set(TRUE);
    vips_operation_block_set("VipsForeignLoad", TRUE);
    vips_operation_block_set("VipsForeignLoadJpeg", FALSE);
    vips_operation_block_set("VipsForeignLoadPng", FALSE);
    vips_operation_block_set("VipsForeignLoadNsgif", FALSE);
    vips_operation_block_set("VipsForeignLoadWebp", FALSE);
    vips_operation_block_set("VipsForeignLoadTiff", FALSE);
}

int32_t cvips_start(const char **reason)
{
    pthread_once(&once, start);
    *reason = failure;
    return failure ? CVIPS_NOT_STARTED : CVIPS_OK;
}

static pthread_once_t version_once = PTHREAD_ONCE_INIT;
static char version_text[32];

static void write_version(void)
{
    const char *reason = NULL;
    if (cvips_start(&reason) == CVIPS_OK)
        snprintf(version_text, sizeof version_text, "%d.%d.%d", vips_version(0), vips_version(1), vips_version(2));
}

const char *cvips_version(void)
{
    pthread_once(&version_once, write_version);
    return version_text;
}
