#include "cpixels.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

// Without this the compiler may fuse a multiplication with an addition where the machine can, and the same photo would
// come out one grey level apart on another machine.
#pragma STDC FP_CONTRACT OFF

#if defined(__x86_64__) && defined(__linux__)
#define FOR_EACH_MACHINE __attribute__((target_clones("avx2", "default")))
#else
#define FOR_EACH_MACHINE
#endif

typedef float float4 __attribute__((vector_size(16), aligned(4)));
typedef int32_t int4 __attribute__((vector_size(16)));
typedef uint8_t byte4 __attribute__((vector_size(4)));

/// The weights with which input pixels `first ..< first + count` make one output pixel along one axis.
typedef struct {
    int32_t first;
    int32_t count;
    const float *weights;
} taps;

typedef struct {
    taps *outputs;
    float *weights;
} kernel;

/// How far the kernel reaches, in output pixels when shrinking.
static const double support = 2;

/// Keys' cubic with a = -1/2, also known as Catmull and Rom's: R. Keys, "Cubic convolution interpolation for digital
/// image processing", 1981, equation 4.
static double cubic(double x)
{
    x = fabs(x);
    if (x < 1)
        return (1.5 * x - 2.5) * x * x + 1;
    if (x < 2)
        return ((-0.5 * x + 2.5) * x - 4) * x + 2;
    return 0;
}

static void free_kernel(kernel *it)
{
    free(it->outputs);
    free(it->weights);
}

/// The kernel that takes an axis from `input` to `output` pixels. Free with `free_kernel`, on failure as well.
static int32_t make_kernel(int32_t input, int32_t output, kernel *it)
{
    double step = (double)input / output;
    double width = fmax(step, 1);
    double reach = support * width;
    size_t most = (size_t)ceil(2 * reach) + 2;

    it->outputs = malloc((size_t)output * sizeof *it->outputs);
    it->weights = malloc((size_t)output * most * sizeof *it->weights);
    if (!it->outputs || !it->weights)
        return CPIXELS_OUT_OF_MEMORY;

    for (int32_t i = 0; i < output; i++) {
        double centre = (i + 0.5) * step;
        // The pixels whose centres lie within reach; at least the nearest one does.
        int32_t first = (int32_t)fmax(ceil(centre - reach - 0.5), 0);
        int32_t last = (int32_t)fmin(floor(centre + reach - 0.5) + 1, input);
        float *weights = it->weights + (size_t)i * most;

        double sum = 0;
        for (int32_t j = first; j < last; j++)
            sum += cubic((j + 0.5 - centre) / width);
        for (int32_t j = first; j < last; j++)
            weights[j - first] = (float)(cubic((j + 0.5 - centre) / width) / sum);
        it->outputs[i] = (taps){first, last - first, weights};
    }
    return CPIXELS_OK;
}

/// One output row before the columns are resampled: `blended[i] = sum over k of weights[k] * rows[k][i]`.
FOR_EACH_MACHINE static void blend_rows(
    const uint8_t *restrict first_row, int32_t row_bytes, const taps *vertical, float *restrict blended)
{
    // So many sums stay in registers while the rows go by.
    enum { block = 64 };
    const int32_t count = vertical->count;
    const float *restrict weights = vertical->weights;

    int32_t i = 0;
    for (; i + block <= row_bytes; i += block) {
        float sums[block] = {0};
        for (int32_t k = 0; k < count; k++) {
            const uint8_t *restrict row = first_row + (size_t)k * (size_t)row_bytes + i;
            float weight = weights[k];
            for (int32_t j = 0; j < block; j++)
                sums[j] += weight * (float)row[j];
        }
        memcpy(blended + i, sums, sizeof sums);
    }
    for (; i < row_bytes; i++) {
        float sum = 0;
        for (int32_t k = 0; k < count; k++)
            sum += weights[k] * (float)first_row[(size_t)k * (size_t)row_bytes + (size_t)i];
        blended[i] = sum;
    }
}

/// Rounds to the nearest of 0...255.
static inline byte4 to_bytes(float4 values)
{
    const float4 lowest = {0, 0, 0, 0}, highest = {255, 255, 255, 255};
    float4 clamped = __builtin_elementwise_min(__builtin_elementwise_max(values, lowest), highest);
    return __builtin_convertvector(__builtin_convertvector(clamped + 0.5f, int4), byte4);
}

/// Resamples the columns of one blended row. `blended` has one more float than the row needs: pixels are read as four.
/// So are they written, each fourth byte under the pixel after it; `row` too has one byte more than it needs.
FOR_EACH_MACHINE static void blend_columns(
    const float *restrict blended, const kernel *horizontal, int32_t width, uint8_t *restrict row)
{
    for (int32_t x = 0; x < width; x++) {
        const taps output = horizontal->outputs[x];
        const float *pixel = blended + (size_t)output.first * 3;
        float4 sum = {0, 0, 0, 0};
        for (int32_t k = 0; k < output.count; k++)
            sum += output.weights[k] * *(const float4 *)(pixel + (size_t)k * 3);
        byte4 bytes = to_bytes(sum);
        memcpy(row + (size_t)x * 3, &bytes, sizeof bytes);
    }
}

int32_t cpixels_resize(
    const uint8_t *pixels, int32_t width, int32_t height, uint8_t *resized, int32_t resized_width,
    int32_t resized_height)
{
    kernel horizontal = {NULL, NULL}, vertical = {NULL, NULL};
    size_t row_bytes = (size_t)width * 3;
    size_t resized_bytes = (size_t)resized_width * 3;
    float *blended = calloc(row_bytes + 1, sizeof *blended);
    // The caller's memory has no byte more than it needs.
    uint8_t *row = malloc(resized_bytes + 1);
    int32_t status = blended && row ? CPIXELS_OK : CPIXELS_OUT_OF_MEMORY;
    if (status == CPIXELS_OK)
        status = make_kernel(width, resized_width, &horizontal);
    if (status == CPIXELS_OK)
        status = make_kernel(height, resized_height, &vertical);

    for (int32_t y = 0; status == CPIXELS_OK && y < resized_height; y++) {
        const taps *output = &vertical.outputs[y];
        blend_rows(pixels + (size_t)output->first * row_bytes, (int32_t)row_bytes, output, blended);
        blend_columns(blended, &horizontal, resized_width, row);
        memcpy(resized + (size_t)y * resized_bytes, row, resized_bytes);
    }

    free_kernel(&vertical);
    free_kernel(&horizontal);
    free(row);
    free(blended);
    return status;
}
