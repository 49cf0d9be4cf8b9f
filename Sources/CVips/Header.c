#include "Load.h"

typedef struct {
    cvips_source source;
    cvips_header *header;
} header_reading;

static int32_t read_header(void *context)
{
    const header_reading *it = context;
    VipsImage *photo = NULL;
    if (cvips_open(&it->source, 1, &photo) != 0)
        return cvips_status_of_failure();
    *it->header = (cvips_header){photo->Xsize, photo->Ysize, vips_image_get_orientation(photo)};
    g_object_unref(photo);
    return CVIPS_OK;
}

int32_t cvips_read_header(
    const uint8_t *bytes, int64_t count, int32_t format, cvips_header *header, char *message,
    int64_t message_capacity)
{
    *header = (cvips_header){0, 0, 0};
    header_reading context = {{bytes, count, format}, header};
    return cvips_guarded(read_header, &context, message, message_capacity);
}
