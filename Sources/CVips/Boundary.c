#include "Boundary.h"

#include <pthread.h>
#include <stdio.h>
#include <string.h>

// libvips has one error buffer for the whole process, and with several photos decoding at once it holds everybody's
// messages in turn. So work runs beside other work, and when it fails it is run again alone, with an empty buffer,
// to learn why. Failures are rare, and the second run makes their message certain to be their own.
static pthread_rwlock_t running;
static pthread_once_t once = PTHREAD_ONCE_INIT;

static void make_lock(void)
{
    pthread_rwlockattr_t attributes;
    pthread_rwlockattr_init(&attributes);
    // The default lets a steady stream of decodes keep a failed one waiting for ever.
    pthread_rwlockattr_setkind_np(&attributes, PTHREAD_RWLOCK_PREFER_WRITER_NONRECURSIVE_NP);
    pthread_rwlock_init(&running, &attributes);
    pthread_rwlockattr_destroy(&attributes);
}

int32_t cvips_guarded(cvips_work work, void *context, char *message, int64_t message_capacity)
{
    message[0] = 0;

    const char *reason = NULL;
    if (cvips_start(&reason) != CVIPS_OK) {
        snprintf(message, (size_t)message_capacity, "%s", reason);
        return CVIPS_NOT_STARTED;
    }

    pthread_once(&once, make_lock);
    pthread_rwlock_rdlock(&running);
    int32_t status = work(context);
    pthread_rwlock_unlock(&running);
    if (status == CVIPS_OK)
        return status;

    pthread_rwlock_wrlock(&running);
    vips_error_clear();
    status = work(context);
    if (status != CVIPS_OK)
        snprintf(message, (size_t)message_capacity, "%s", vips_error_buffer());
    vips_error_clear();
    pthread_rwlock_unlock(&running);
    return status;
}

int32_t cvips_status_of_failure(void)
{
    // libvips has no status for it: vips_tracked_malloc says this, and nothing else does.
    return strstr(vips_error_buffer(), "out of memory") ? CVIPS_OUT_OF_MEMORY : CVIPS_FAILED;
}
