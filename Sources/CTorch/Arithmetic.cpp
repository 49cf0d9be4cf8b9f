#include "Boundary.hpp"

using namespace ctorch;

CTorchStatus ctorch_unary(CTorchUnary operation, CTorchTensorRef handle, CTorchTensorRef *out) {
    return returning(out, [&]() -> at::Tensor {
        const at::Tensor &x = unwrap(handle);
        switch (operation) {
        case CTORCH_NEGATE: return x.neg();
        case CTORCH_EXP: return x.exp();
        case CTORCH_LOG: return x.log();
        case CTORCH_SQRT: return x.sqrt();
        case CTORCH_ABS: return x.abs();
        case CTORCH_SQUARE: return x.square();
        case CTORCH_SILU: return at::silu(x);
        case CTORCH_RELU: return at::relu(x);
        case CTORCH_HARDSWISH: return at::hardswish(x);
        }
        TORCH_CHECK(false, "unary operation ", static_cast<int>(operation), " does not exist");
    });
}

CTorchStatus ctorch_binary(CTorchBinary operation, CTorchTensorRef left, CTorchTensorRef right, CTorchTensorRef *out) {
    return returning(out, [&]() -> at::Tensor {
        const at::Tensor &a = unwrap(left);
        const at::Tensor &b = unwrap(right);
        switch (operation) {
        case CTORCH_ADD: return a + b;
        case CTORCH_SUBTRACT: return a - b;
        case CTORCH_MULTIPLY: return a * b;
        case CTORCH_DIVIDE: return a / b;
        case CTORCH_MINIMUM: return at::minimum(a, b);
        case CTORCH_MAXIMUM: return at::maximum(a, b);
        }
        TORCH_CHECK(false, "binary operation ", static_cast<int>(operation), " does not exist");
    });
}

CTorchStatus ctorch_affine(CTorchTensorRef x, double scale, double offset, CTorchTensorRef *out) {
    return returning(out, [&]() -> at::Tensor {
        if (offset == 0) return unwrap(x) * scale;
        if (scale == 1) return unwrap(x) + offset;
        return unwrap(x) * scale + offset;
    });
}

CTorchStatus ctorch_sum(CTorchTensorRef x, CTorchTensorRef *out) {
    return returning(out, [&] { return unwrap(x).sum(); });
}

CTorchStatus ctorch_sum_over(CTorchTensorRef x, const int64_t *axes, int32_t count, bool keep, CTorchTensorRef *out) {
    return returning(out, [&] { return unwrap(x).sum(dimensions(axes, count), keep); });
}

CTorchStatus ctorch_mean_over(CTorchTensorRef x, const int64_t *axes, int32_t count, bool keep, CTorchTensorRef *out) {
    return returning(out, [&] { return unwrap(x).mean(dimensions(axes, count), keep); });
}

CTorchStatus ctorch_norm(CTorchTensorRef x, CTorchTensorRef *out) {
    return returning(out, [&] { return unwrap(x).norm(); });
}

CTorchStatus ctorch_softmax(CTorchTensorRef x, int64_t dimension, CTorchTensorRef *out) {
    return returning(out, [&] { return at::softmax(unwrap(x), dimension); });
}

CTorchStatus ctorch_log_softmax(CTorchTensorRef x, int64_t dimension, CTorchTensorRef *out) {
    return returning(out, [&] { return at::log_softmax(unwrap(x), dimension); });
}
