#include "Interface.h"

#include <stdlib.h>

// The models of this program are compiled for the processor; graphics cards are libtorch's business.
static const char device[] = "CPU";

void copenvino_free_model(copenvino_model *model)
{
    if (!model)
        return;
    if (model->compiled)
        model->openvino->free_model(model->compiled);
    if (model->core)
        model->openvino->free_core(model->core);
    free(model);
}

static int32_t compile(
    copenvino_model *model, const char *path, const copenvino_property *properties, int32_t property_count,
    char *message, int64_t message_capacity)
{
    const ov_interface *openvino = model->openvino;
    int32_t status = copenvino_check(openvino, openvino->new_core(&model->core), message, message_capacity);
    for (int32_t i = 0; i < property_count && status == COPENVINO_OK; i++)
        status = copenvino_check(
            openvino, openvino->set_property(model->core, device, properties[i].key, properties[i].value), message,
            message_capacity);
    if (status == COPENVINO_OK)
        status = copenvino_check(
            openvino, openvino->compile_file(model->core, path, device, 0, &model->compiled), message,
            message_capacity);
    return status;
}

int32_t copenvino_compile(
    const copenvino_library *library, const char *path, const copenvino_property *properties, int32_t property_count,
    copenvino_model **model, char *message, int64_t message_capacity)
{
    *model = NULL;
    message[0] = 0;
    copenvino_model *created = calloc(1, sizeof *created);
    if (!created)
        return COPENVINO_OUT_OF_MEMORY;
    created->openvino = &library->openvino;
    int32_t status = compile(created, path, properties, property_count, message, message_capacity);
    if (status != COPENVINO_OK) {
        copenvino_free_model(created);
        return status;
    }
    *model = created;
    return COPENVINO_OK;
}

int32_t copenvino_model_property(
    const copenvino_model *model, const char *key, char *value, int64_t value_capacity, char *message,
    int64_t message_capacity)
{
    value[0] = 0;
    char *text = NULL;
    int32_t status = copenvino_check(
        model->openvino, model->openvino->model_property(model->compiled, key, &text), message, message_capacity);
    if (status == COPENVINO_OK) {
        copenvino_copy_text(value, value_capacity, text);
        model->openvino->free_text(text);
    }
    return status;
}
