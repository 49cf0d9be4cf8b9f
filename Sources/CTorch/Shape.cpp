#include "Boundary.hpp"

using namespace ctorch;

CTorchStatus ctorch_reshape(CTorchTensorRef x, const int64_t *shape, int32_t rank, CTorchTensorRef *out) {
    return returning(out, [&] { return unwrap(x).reshape(dimensions(shape, rank)); });
}

CTorchStatus ctorch_permute(CTorchTensorRef x, const int64_t *order, int32_t rank, CTorchTensorRef *out) {
    return returning(out, [&] { return unwrap(x).permute(dimensions(order, rank)); });
}

CTorchStatus ctorch_slice(CTorchTensorRef x, int64_t dimension, int64_t start, int64_t end, int64_t step,
                          CTorchTensorRef *out) {
    return returning(out, [&] { return at::slice(unwrap(x), dimension, start, end, step); });
}

CTorchStatus ctorch_concatenate(const CTorchTensorRef *parts, int32_t count, int64_t dimension, CTorchTensorRef *out) {
    return returning(out, [&] { return at::cat(tensors(parts, count), dimension); });
}

CTorchStatus ctorch_stack(const CTorchTensorRef *parts, int32_t count, int64_t dimension, CTorchTensorRef *out) {
    return returning(out, [&] { return at::stack(tensors(parts, count), dimension); });
}

CTorchStatus ctorch_select(CTorchTensorRef x, int64_t dimension, CTorchTensorRef indices, CTorchTensorRef *out) {
    return returning(out, [&] { return unwrap(x).index_select(dimension, unwrap(indices)); });
}

CTorchStatus ctorch_pick(CTorchTensorRef x, CTorchTensorRef indices, CTorchTensorRef *out) {
    return returning(out, [&] { return unwrap(x).gather(1, unwrap(indices).unsqueeze(1)).squeeze(1); });
}
