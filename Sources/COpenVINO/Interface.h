#pragma once

// The part of OpenVINO's C interface that is used, declared by its meaning: functions are looked up by name, and the
// libraries of 2024 to 2026 agree on these.

#include "copenvino.h"

#include <stddef.h>

typedef struct ov_core ov_core;
typedef struct ov_compiled_model ov_compiled_model;
typedef struct ov_infer_request ov_infer_request;
typedef struct ov_tensor ov_tensor;

typedef struct {
    const char *build;
    const char *description;
} ov_version;

/// OpenVINO's functions return 0 for success and a negative number otherwise.
typedef struct {
    int (*get_version)(ov_version *version);
    void (*free_version)(ov_version *version);
    /// Both texts are OpenVINO's; the second is the latest failure of the calling thread.
    const char *(*status_text)(int status);
    const char *(*last_error)(void);
    void (*free_text)(const char *text);

    int (*new_core)(ov_core **core);
    void (*free_core)(ov_core *core);
    /// Takes one key and its value.
    int (*set_property)(const ov_core *core, const char *device, ...);
    /// Takes `argument_count` keys and values, in turn.
    int (*compile_file)(
        const ov_core *core, const char *path, const char *device, size_t argument_count, ov_compiled_model **model,
        ...);

    void (*free_model)(ov_compiled_model *model);
    /// The text is given back with `free_text`.
    int (*model_property)(const ov_compiled_model *model, const char *key, char **value);
    int (*new_request)(const ov_compiled_model *model, ov_infer_request **request);

    void (*free_request)(ov_infer_request *request);
    int (*request_tensor)(const ov_infer_request *request, const char *name, ov_tensor **tensor);
    int (*run)(ov_infer_request *request);

    /// Frees the handle; the numbers stay the request's.
    void (*free_tensor)(ov_tensor *tensor);
    int (*tensor_bytes)(const ov_tensor *tensor, size_t *count);
    int (*tensor_elements)(const ov_tensor *tensor, size_t *count);
    int (*tensor_data)(const ov_tensor *tensor, void **data);
} ov_interface;

struct copenvino_library {
    ov_interface openvino;
    char version[128];
};

struct copenvino_model {
    const ov_interface *openvino;
    /// Each model has a core of its own, because settings belong to a core.
    ov_core *core;
    ov_compiled_model *compiled;
};

struct copenvino_request {
    const ov_interface *openvino;
    ov_infer_request *request;
    ov_tensor *input;
};

/// Copies a text as far as there is room.
void copenvino_copy_text(char *target, int64_t capacity, const char *text);

/// COPENVINO_OK for a status of OpenVINO's that says success, otherwise COPENVINO_FAILED with its reason.
int32_t copenvino_check(const ov_interface *openvino, int status, char *message, int64_t message_capacity);
