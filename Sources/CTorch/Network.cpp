#include <ATen/core/Reduction.h>

#include "Boundary.hpp"

using namespace ctorch;

CTorchStatus ctorch_conv2d(CTorchTensorRef x, CTorchTensorRef weight, CTorchTensorRef bias, int64_t stride,
                           int64_t padding, int64_t groups, CTorchTensorRef *out) {
    return returning(out, [&] {
        return at::conv2d(unwrap(x), unwrap(weight), optional(bias), {stride, stride}, {padding, padding}, {1, 1},
                          groups);
    });
}

CTorchStatus ctorch_linear(CTorchTensorRef x, CTorchTensorRef weight, CTorchTensorRef bias, CTorchTensorRef *out) {
    return returning(out, [&] { return at::linear(unwrap(x), unwrap(weight), optional(bias)); });
}

CTorchStatus ctorch_batch_norm(CTorchTensorRef x, CTorchTensorRef weight, CTorchTensorRef bias,
                               CTorchTensorRef running_mean, CTorchTensorRef running_variance, bool batch_statistics,
                               double momentum, double epsilon, CTorchTensorRef *out) {
    return returning(out, [&] {
        return at::batch_norm(unwrap(x), unwrap(weight), unwrap(bias), unwrap(running_mean), unwrap(running_variance),
                              batch_statistics, momentum, epsilon, true);
    });
}

CTorchStatus ctorch_max_pool2d(CTorchTensorRef x, int64_t kernel, int64_t stride, int64_t padding,
                               CTorchTensorRef *out) {
    return returning(
        out, [&] { return at::max_pool2d(unwrap(x), {kernel, kernel}, {stride, stride}, {padding, padding}); });
}

CTorchStatus ctorch_upsample_nearest(CTorchTensorRef handle, int64_t factor, CTorchTensorRef *out) {
    return returning(out, [&] {
        const at::Tensor &x = unwrap(handle);
        return at::upsample_nearest2d(x, {x.size(2) * factor, x.size(3) * factor});
    });
}

CTorchStatus ctorch_binary_cross_entropy_sum(CTorchTensorRef logits, CTorchTensorRef targets, CTorchTensorRef *out) {
    return returning(out, [&] {
        return at::binary_cross_entropy_with_logits(unwrap(logits), unwrap(targets), {}, {}, at::Reduction::Sum);
    });
}
