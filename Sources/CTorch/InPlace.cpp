#include <cmath>

#include "Boundary.hpp"

using namespace ctorch;

CTorchStatus ctorch_copy_into(CTorchTensorRef target, CTorchTensorRef source) {
    return guarded([&] { unwrap(target).copy_(unwrap(source)); });
}

CTorchStatus ctorch_scale_in_place(CTorchTensorRef target, double scale) {
    return guarded([&] { unwrap(target).mul_(scale); });
}

CTorchStatus ctorch_lerp_in_place(CTorchTensorRef target, CTorchTensorRef source, double weight) {
    return guarded([&] { unwrap(target).lerp_(unwrap(source), weight); });
}

CTorchStatus ctorch_adamw_step(const CTorchTensorRef *parameters, const CTorchTensorRef *gradients,
                               const CTorchTensorRef *first_moments, const CTorchTensorRef *second_moments,
                               int32_t count, double learning_rate, double beta1, double beta2, double epsilon,
                               double weight_decay, int64_t step) {
    return guarded([&] {
        const double steps = static_cast<double>(step);
        const double correction1 = 1 - std::pow(beta1, steps);
        const double correction2 = std::sqrt(1 - std::pow(beta2, steps));
        for (int32_t i = 0; i < count; i++) {
            if (gradients[i] == nullptr) continue;
            at::Tensor &parameter = unwrap(parameters[i]);
            const at::Tensor &gradient = unwrap(gradients[i]);
            at::Tensor &first = unwrap(first_moments[i]);
            at::Tensor &second = unwrap(second_moments[i]);
            first.lerp_(gradient, 1 - beta1);
            second.mul_(beta2).addcmul_(gradient, gradient, 1 - beta2);
            if (weight_decay != 0) parameter.mul_(1 - learning_rate * weight_decay);
            const at::Tensor denominator = second.sqrt().div_(correction2).add_(epsilon);
            parameter.addcdiv_(first, denominator, -learning_rate / correction1);
        }
    });
}
