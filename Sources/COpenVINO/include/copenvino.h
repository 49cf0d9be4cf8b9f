#pragma once

// What Pomona needs of OpenVINO, which is opened while the program runs: it starts and works without.
//
// OpenVINO's own C interface (openvino/c/openvino.h) is reached through the symbols of `libopenvino_c.so`; no type of it
// crosses this header and nothing of it is needed to compile.
//
// Every function that can fail returns a status and, when that is not COPENVINO_OK, writes the reason (UTF-8, terminated,
// cut where it does not fit) into `message`, a buffer of `message_capacity` >= 1 bytes that the caller owns. Outputs are
// NULL or zero on failure. Different threads may use different requests of one model at the same time; one request is
// for one thread at a time.

#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

enum {
    COPENVINO_OK = 0,
    /// OpenVINO was asked and could not.
    COPENVINO_FAILED = 1,
    /// The library, or one that it needs, could not be opened.
    COPENVINO_NOT_OPENED = 2,
    /// The library lacks a function that is needed, so it is of another version.
    COPENVINO_NO_SYMBOL = 3,
    COPENVINO_OUT_OF_MEMORY = 4,
};

/// OpenVINO, opened. There is no way to close it: its threads may run until the program ends.
typedef struct copenvino_library copenvino_library;

/// A network compiled for the processor.
typedef struct copenvino_model copenvino_model;

/// Room for one run of a network: inputs, outputs and everything between.
typedef struct copenvino_request copenvino_request;

/// Numbers inside a request, in row-major order. They stay the request's.
typedef struct {
    float *values;
    int64_t count;
} copenvino_values;

/// A setting of the runtime, by OpenVINO's names.
typedef struct {
    const char *key;
    const char *value;
} copenvino_property;

/// Opens `libopenvino_c.so` at a path. `*library` is the caller's and lives until the program ends.
int32_t copenvino_open(const char *path, copenvino_library **library, char *message, int64_t message_capacity);

/// OpenVINO's version and build, such as "2026.4.1-21555-...". The text lives as long as the library.
const char *copenvino_version(const copenvino_library *library);

/// Reads and compiles a network.
///
/// `*model` is a new object that the caller gives back with `copenvino_free_model`.
int32_t copenvino_compile(
    const copenvino_library *library, const char *path, const copenvino_property *properties, int32_t property_count,
    copenvino_model **model, char *message, int64_t message_capacity);

/// A setting of a compiled model as text.
int32_t copenvino_model_property(
    const copenvino_model *model, const char *key, char *value, int64_t value_capacity, char *message,
    int64_t message_capacity);

/// Frees a model. Its requests must be freed before. NULL is allowed.
void copenvino_free_model(copenvino_model *model);

/// Makes room for runs of a model with the named input of single precision numbers.
///
/// `*request` is a new object that the caller gives back with `copenvino_free_request`; `*input` is where the input goes,
/// the same place for every run.
int32_t copenvino_new_request(
    const copenvino_model *model, const char *input_name, copenvino_request **request, copenvino_values *input,
    char *message, int64_t message_capacity);

/// Runs the network over what stands in the input and waits for it.
int32_t copenvino_run(copenvino_request *request, char *message, int64_t message_capacity);

/// An output of single precision numbers after a run; valid until the request runs again or is freed.
int32_t copenvino_output(
    const copenvino_request *request, const char *name, copenvino_values *output, char *message,
    int64_t message_capacity);

/// Frees a request. NULL is allowed.
void copenvino_free_request(copenvino_request *request);

#ifdef __cplusplus
}
#endif
