#include "Boundary.hpp"

using namespace ctorch;

bool ctorch_requires_gradient(CTorchTensorRef tensor) { return unwrap(tensor).requires_grad(); }

CTorchStatus ctorch_set_requires_gradient(CTorchTensorRef tensor, bool required) {
    return guarded([&] { unwrap(tensor).set_requires_grad(required); });
}

CTorchStatus ctorch_detach(CTorchTensorRef tensor, CTorchTensorRef *out) {
    return returning(out, [&] { return unwrap(tensor).detach(); });
}

CTorchStatus ctorch_backward(CTorchTensorRef scalar) {
    return guarded([&] { unwrap(scalar).backward(); });
}

CTorchStatus ctorch_gradient(CTorchTensorRef leaf, CTorchTensorRef *out) {
    return guarded([&] {
        const at::Tensor &gradient = unwrap(leaf).grad();
        *out = gradient.defined() ? wrap(gradient) : nullptr;
    });
}

CTorchStatus ctorch_clear_gradient(CTorchTensorRef leaf) {
    return guarded([&] { unwrap(leaf).mutable_grad() = at::Tensor(); });
}
