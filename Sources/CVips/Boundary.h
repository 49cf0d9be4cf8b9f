#pragma once

// The one way in: every public function does its work through `cvips_guarded`.

#include "Library.h"
#include "cvips.h"

/// A unit of work. Returns a status; the reason of a failure stands in libvips' error buffer. It must be repeatable:
/// all it changes are outputs that a second run overwrites.
typedef int32_t (*cvips_work)(void *context);

/// Sets libvips up if need be, runs the work, and copies the reason when it fails.
int32_t cvips_guarded(cvips_work work, void *context, char *message, int64_t message_capacity);

/// Sets libvips up once for the process: CVIPS_OK or CVIPS_NOT_STARTED with the reason in `*reason` (static text).
int32_t cvips_start(const char **reason);

/// The status of an operation of libvips that failed, told by its error text.
int32_t cvips_status_of_failure(void);
