// A plain C face for the part of libtorch that Pomona trains and predicts with.
//
// Ownership: a function that returns a tensor writes a new handle through its last parameter; the caller frees it with
// ctorch_free. Handles that go in are borrowed and never change hands. A handle is a reference: detach, reshape and
// permute may share memory with what they came from.
//
// Failure: every function answers CTORCH_OK or why it failed. On failure nothing is written through out-parameters and
// ctorch_last_error() describes the failure until the same thread calls again. No C++ exception leaves this library.
//
// Threads: gradient mode and the error text belong to the calling thread; one tensor must not be used by two threads at
// once.
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

typedef struct CTorchTensor *CTorchTensorRef;

typedef int32_t CTorchStatus;
enum { CTORCH_OK = 0, CTORCH_FAILED = 1, CTORCH_OUT_OF_MEMORY = 2 };

/// Element types, numbered by this library (not by libtorch).
enum { CTORCH_FLOAT32 = 0, CTORCH_INT64 = 1, CTORCH_UINT8 = 2, CTORCH_FLOAT16 = 3, CTORCH_BOOL = 4 };

/// Devices. Only the first CUDA device is used.
enum { CTORCH_CPU = 0, CTORCH_CUDA = 1 };

/// The thread's last failure as a NUL-terminated text that the library owns.
const char *ctorch_last_error(void);

// --- Runtime ---------------------------------------------------------------------------------------------------------

/// The version of libtorch this was compiled against, such as "1.13.1". Owned by the library.
const char *ctorch_version(void);
bool ctorch_cuda_is_available(void);
/// Whether a GPU tries its ways to convolve at the first use of every shape and keeps to the fastest.
void ctorch_search_convolutions(bool enabled);
int32_t ctorch_thread_count(void);
CTorchStatus ctorch_set_thread_count(int32_t count);
/// Turns gradient recording of this thread on or off; answers what it was.
bool ctorch_set_gradient_recording(bool enabled);

// --- Making, reading and freeing -------------------------------------------------------------------------------------

/// Copies `byte_count` bytes in row-major order into a new CPU tensor and moves it to `device`.
CTorchStatus ctorch_from_bytes(const void *bytes, size_t byte_count, const int64_t *shape, int32_t rank,
                               int32_t element_type, int32_t device, CTorchTensorRef *out);
CTorchStatus ctorch_full(const int64_t *shape, int32_t rank, double value, int32_t element_type, int32_t device,
                         CTorchTensorRef *out);
/// Copies the elements in row-major order to `bytes`, which must hold exactly `byte_count`.
CTorchStatus ctorch_copy_to_host(CTorchTensorRef tensor, void *bytes, size_t byte_count);
void ctorch_free(CTorchTensorRef tensor);

int32_t ctorch_rank(CTorchTensorRef tensor);
void ctorch_shape(CTorchTensorRef tensor, int64_t *shape);
int32_t ctorch_element_type(CTorchTensorRef tensor);
int32_t ctorch_device(CTorchTensorRef tensor);
CTorchStatus ctorch_clone(CTorchTensorRef tensor, CTorchTensorRef *out);

// --- Automatic differentiation ---------------------------------------------------------------------------------------

bool ctorch_requires_gradient(CTorchTensorRef tensor);
CTorchStatus ctorch_set_requires_gradient(CTorchTensorRef tensor, bool required);
CTorchStatus ctorch_detach(CTorchTensorRef tensor, CTorchTensorRef *out);
/// Adds d(scalar)/d(leaf) to the gradient of every leaf that `scalar` was computed from.
CTorchStatus ctorch_backward(CTorchTensorRef scalar);
/// The accumulated gradient; writes NULL where there is none yet.
CTorchStatus ctorch_gradient(CTorchTensorRef leaf, CTorchTensorRef *out);
CTorchStatus ctorch_clear_gradient(CTorchTensorRef leaf);

// --- Elementwise -----------------------------------------------------------------------------------------------------

typedef enum {
    CTORCH_NEGATE, CTORCH_EXP, CTORCH_LOG, CTORCH_SQRT, CTORCH_ABS, CTORCH_SQUARE, CTORCH_SILU, CTORCH_RELU,
    CTORCH_HARDSWISH
} CTorchUnary;
CTorchStatus ctorch_unary(CTorchUnary operation, CTorchTensorRef x, CTorchTensorRef *out);

typedef enum {
    CTORCH_ADD, CTORCH_SUBTRACT, CTORCH_MULTIPLY, CTORCH_DIVIDE, CTORCH_MINIMUM, CTORCH_MAXIMUM
} CTorchBinary;
/// Both operands broadcast against each other.
CTorchStatus ctorch_binary(CTorchBinary operation, CTorchTensorRef a, CTorchTensorRef b, CTorchTensorRef *out);

/// x * scale + offset.
CTorchStatus ctorch_affine(CTorchTensorRef x, double scale, double offset, CTorchTensorRef *out);

// --- Reductions ------------------------------------------------------------------------------------------------------

CTorchStatus ctorch_sum(CTorchTensorRef x, CTorchTensorRef *out);
CTorchStatus ctorch_sum_over(CTorchTensorRef x, const int64_t *dimensions, int32_t count, bool keep,
                             CTorchTensorRef *out);
CTorchStatus ctorch_mean_over(CTorchTensorRef x, const int64_t *dimensions, int32_t count, bool keep,
                              CTorchTensorRef *out);
/// The L2 norm of all elements together, as a scalar tensor.
CTorchStatus ctorch_norm(CTorchTensorRef x, CTorchTensorRef *out);
CTorchStatus ctorch_softmax(CTorchTensorRef x, int64_t dimension, CTorchTensorRef *out);
CTorchStatus ctorch_log_softmax(CTorchTensorRef x, int64_t dimension, CTorchTensorRef *out);

// --- Shape -----------------------------------------------------------------------------------------------------------

CTorchStatus ctorch_reshape(CTorchTensorRef x, const int64_t *shape, int32_t rank, CTorchTensorRef *out);
CTorchStatus ctorch_permute(CTorchTensorRef x, const int64_t *order, int32_t rank, CTorchTensorRef *out);
CTorchStatus ctorch_slice(CTorchTensorRef x, int64_t dimension, int64_t start, int64_t end, int64_t step,
                          CTorchTensorRef *out);
CTorchStatus ctorch_concatenate(const CTorchTensorRef *parts, int32_t count, int64_t dimension, CTorchTensorRef *out);
CTorchStatus ctorch_stack(const CTorchTensorRef *parts, int32_t count, int64_t dimension, CTorchTensorRef *out);
/// Rows of `x` along `dimension` at the positions in `indices` (int64, one-dimensional).
CTorchStatus ctorch_select(CTorchTensorRef x, int64_t dimension, CTorchTensorRef indices, CTorchTensorRef *out);
/// For each row of `x` [N, C] the element at the position `indices` [N] (int64): [N].
CTorchStatus ctorch_pick(CTorchTensorRef x, CTorchTensorRef indices, CTorchTensorRef *out);

// --- Network ---------------------------------------------------------------------------------------------------------

/// x: [N, C, H, W], weight: [O, C / groups, K, K], bias: [O] or NULL.
CTorchStatus ctorch_conv2d(CTorchTensorRef x, CTorchTensorRef weight, CTorchTensorRef bias, int64_t stride,
                           int64_t padding, int64_t groups, CTorchTensorRef *out);
/// weight: [O, I], bias: [O] or NULL.
CTorchStatus ctorch_linear(CTorchTensorRef x, CTorchTensorRef weight, CTorchTensorRef bias, CTorchTensorRef *out);
/// With `batch_statistics` normalises by the batch's own statistics and moves the running ones (in place) towards them.
CTorchStatus ctorch_batch_norm(CTorchTensorRef x, CTorchTensorRef weight, CTorchTensorRef bias,
                               CTorchTensorRef running_mean, CTorchTensorRef running_variance, bool batch_statistics,
                               double momentum, double epsilon, CTorchTensorRef *out);
CTorchStatus ctorch_max_pool2d(CTorchTensorRef x, int64_t kernel, int64_t stride, int64_t padding,
                               CTorchTensorRef *out);
/// Nearest-neighbour enlargement of both sides by a whole factor.
CTorchStatus ctorch_upsample_nearest(CTorchTensorRef x, int64_t factor, CTorchTensorRef *out);
/// Sum over all elements of the binary cross-entropy of logits against targets of the same shape.
CTorchStatus ctorch_binary_cross_entropy_sum(CTorchTensorRef logits, CTorchTensorRef targets, CTorchTensorRef *out);

// --- In place (leaves must not record gradients while they are changed) -----------------------------------------------

CTorchStatus ctorch_copy_into(CTorchTensorRef target, CTorchTensorRef source);
/// target = target * scale.
CTorchStatus ctorch_scale_in_place(CTorchTensorRef target, double scale);
/// target = target + weight * (source - target).
CTorchStatus ctorch_lerp_in_place(CTorchTensorRef target, CTorchTensorRef source, double weight);

/// One AdamW step on `count` parameters with their gradients and moments, all in place (Loshchilov and Hutter,
/// "Decoupled weight decay regularization", 2019, algorithm 2). A NULL gradient leaves its parameter alone.
CTorchStatus ctorch_adamw_step(const CTorchTensorRef *parameters, const CTorchTensorRef *gradients,
                               const CTorchTensorRef *first_moments, const CTorchTensorRef *second_moments,
                               int32_t count, double learning_rate, double beta1, double beta2, double epsilon,
                               double weight_decay, int64_t step);

#ifdef __cplusplus
}
#endif
