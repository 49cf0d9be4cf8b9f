#include "Interface.h"

#include <stdlib.h>

void copenvino_free_request(copenvino_request *request)
{
    if (!request)
        return;
    if (request->input)
        request->openvino->free_tensor(request->input);
    if (request->request)
        request->openvino->free_request(request->request);
    free(request);
}

/// The numbers of a tensor, which must be single precision. Reading the element type as OpenVINO counts it would tie
/// this to one version's numbering; four bytes an element say enough, since the networks are of our own making.
static int32_t values_of(
    const ov_interface *openvino, const ov_tensor *tensor, const char *name, copenvino_values *values, char *message,
    int64_t message_capacity)
{
    size_t elements = 0, bytes = 0;
    void *data = NULL;
    int32_t status = copenvino_check(openvino, openvino->tensor_elements(tensor, &elements), message, message_capacity);
    if (status == COPENVINO_OK)
        status = copenvino_check(openvino, openvino->tensor_bytes(tensor, &bytes), message, message_capacity);
    if (status == COPENVINO_OK)
        status = copenvino_check(openvino, openvino->tensor_data(tensor, &data), message, message_capacity);
    if (status != COPENVINO_OK)
        return status;
    if (bytes != elements * sizeof(float) || (!data && bytes)) {
        copenvino_copy_text(message, message_capacity, name);
        return COPENVINO_FAILED;
    }
    *values = (copenvino_values){data, (int64_t)elements};
    return COPENVINO_OK;
}

static int32_t prepare(
    copenvino_request *it, const copenvino_model *model, const char *input_name, copenvino_values *input,
    char *message, int64_t message_capacity)
{
    const ov_interface *openvino = model->openvino;
    int32_t status = copenvino_check(
        openvino, openvino->new_request(model->compiled, &it->request), message, message_capacity);
    if (status == COPENVINO_OK)
        status = copenvino_check(
            openvino, openvino->request_tensor(it->request, input_name, &it->input), message, message_capacity);
    if (status == COPENVINO_OK)
        status = values_of(openvino, it->input, input_name, input, message, message_capacity);
    return status;
}

int32_t copenvino_new_request(
    const copenvino_model *model, const char *input_name, copenvino_request **request, copenvino_values *input,
    char *message, int64_t message_capacity)
{
    *request = NULL;
    *input = (copenvino_values){NULL, 0};
    message[0] = 0;
    copenvino_request *created = calloc(1, sizeof *created);
    if (!created)
        return COPENVINO_OUT_OF_MEMORY;
    created->openvino = model->openvino;
    int32_t status = prepare(created, model, input_name, input, message, message_capacity);
    if (status != COPENVINO_OK) {
        *input = (copenvino_values){NULL, 0};
        copenvino_free_request(created);
        return status;
    }
    *request = created;
    return COPENVINO_OK;
}

int32_t copenvino_run(copenvino_request *request, char *message, int64_t message_capacity)
{
    return copenvino_check(
        request->openvino, request->openvino->run(request->request), message, message_capacity);
}

int32_t copenvino_output(
    const copenvino_request *request, const char *name, copenvino_values *output, char *message,
    int64_t message_capacity)
{
    *output = (copenvino_values){NULL, 0};
    ov_tensor *tensor = NULL;
    int32_t status = copenvino_check(
        request->openvino, request->openvino->request_tensor(request->request, name, &tensor), message,
        message_capacity);
    if (status != COPENVINO_OK)
        return status;
    status = values_of(request->openvino, tensor, name, output, message, message_capacity);
    request->openvino->free_tensor(tensor);
    return status;
}
