#include "Interface.h"

#include <dlfcn.h>
#include <stdlib.h>
#include <string.h>

void copenvino_copy_text(char *target, int64_t capacity, const char *text)
{
    size_t room = (size_t)capacity - 1, length = text ? strlen(text) : 0;
    if (length > room)
        length = room;
    if (length)
        memcpy(target, text, length);
    target[length] = 0;
}

int32_t copenvino_check(const ov_interface *openvino, int status, char *message, int64_t message_capacity)
{
    message[0] = 0;
    if (status == 0)
        return COPENVINO_OK;
    const char *reason = openvino->last_error();
    copenvino_copy_text(message, message_capacity, reason && *reason ? reason : openvino->status_text(status));
    return COPENVINO_FAILED;
}

/// Where each function of the interface goes and what OpenVINO calls it.
static const struct {
    size_t offset;
    const char *name;
} symbols[] = {
    {offsetof(ov_interface, get_version), "ov_get_openvino_version"},
    {offsetof(ov_interface, free_version), "ov_version_free"},
    {offsetof(ov_interface, status_text), "ov_get_error_info"},
    {offsetof(ov_interface, last_error), "ov_get_last_err_msg"},
    {offsetof(ov_interface, free_text), "ov_free"},
    {offsetof(ov_interface, new_core), "ov_core_create"},
    {offsetof(ov_interface, free_core), "ov_core_free"},
    {offsetof(ov_interface, set_property), "ov_core_set_property"},
    {offsetof(ov_interface, compile_file), "ov_core_compile_model_from_file"},
    {offsetof(ov_interface, free_model), "ov_compiled_model_free"},
    {offsetof(ov_interface, model_property), "ov_compiled_model_get_property"},
    {offsetof(ov_interface, new_request), "ov_compiled_model_create_infer_request"},
    {offsetof(ov_interface, free_request), "ov_infer_request_free"},
    {offsetof(ov_interface, request_tensor), "ov_infer_request_get_tensor"},
    {offsetof(ov_interface, run), "ov_infer_request_infer"},
    {offsetof(ov_interface, free_tensor), "ov_tensor_free"},
    {offsetof(ov_interface, tensor_bytes), "ov_tensor_get_byte_size"},
    {offsetof(ov_interface, tensor_elements), "ov_tensor_get_size"},
    {offsetof(ov_interface, tensor_data), "ov_tensor_data"},
};

static int32_t find_symbols(void *handle, ov_interface *openvino, char *message, int64_t message_capacity)
{
    for (size_t i = 0; i < sizeof symbols / sizeof *symbols; i++) {
        void *symbol = dlsym(handle, symbols[i].name);
        if (!symbol) {
            copenvino_copy_text(message, message_capacity, symbols[i].name);
            return COPENVINO_NO_SYMBOL;
        }
        // POSIX lets a pointer to data be taken for one to a function; ISO C has no cast for it.
        memcpy((char *)openvino + symbols[i].offset, &symbol, sizeof symbol);
    }
    return COPENVINO_OK;
}

int32_t copenvino_open(const char *path, copenvino_library **library, char *message, int64_t message_capacity)
{
    *library = NULL;
    message[0] = 0;
    copenvino_library *opened = calloc(1, sizeof *opened);
    if (!opened)
        return COPENVINO_OUT_OF_MEMORY;

    int32_t status = COPENVINO_OK;
    void *handle = dlopen(path, RTLD_NOW | RTLD_LOCAL);
    if (!handle) {
        copenvino_copy_text(message, message_capacity, dlerror());
        status = COPENVINO_NOT_OPENED;
    } else {
        status = find_symbols(handle, &opened->openvino, message, message_capacity);
    }
    if (status == COPENVINO_OK) {
        ov_version version = {NULL, NULL};
        status = copenvino_check(
            &opened->openvino, opened->openvino.get_version(&version), message, message_capacity);
        if (status == COPENVINO_OK) {
            copenvino_copy_text(opened->version, sizeof opened->version, version.build);
            opened->openvino.free_version(&version);
        }
    }

    if (status != COPENVINO_OK) {
        // Nothing of it has run but its start-up code, so closing is safe here and only here.
        if (handle)
            dlclose(handle);
        free(opened);
        return status;
    }
    *library = opened;
    return COPENVINO_OK;
}

const char *copenvino_version(const copenvino_library *library) { return library->version; }
