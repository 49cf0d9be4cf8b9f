#include <ATen/Context.h>
#include <ATen/Parallel.h>
#include <c10/core/GradMode.h>
#include <torch/version.h>

#include "Boundary.hpp"

namespace ctorch {

static thread_local std::string last_error;

void remember_error(const char *text) noexcept {
    try {
        last_error = text;
    } catch (...) {
        last_error.clear();
    }
}

} // namespace ctorch

const char *ctorch_last_error(void) { return ctorch::last_error.c_str(); }

const char *ctorch_version(void) { return TORCH_VERSION; }

bool ctorch_cuda_is_available(void) {
    try {
        return at::hasCUDA();
    } catch (...) {
        return false;
    }
}

void ctorch_search_convolutions(bool enabled) { at::globalContext().setBenchmarkCuDNN(enabled); }

int32_t ctorch_thread_count(void) { return at::get_num_threads(); }

CTorchStatus ctorch_set_thread_count(int32_t count) {
    return ctorch::guarded([&] { at::set_num_threads(count); });
}

bool ctorch_set_gradient_recording(bool enabled) {
    const bool before = c10::GradMode::is_enabled();
    c10::GradMode::set_enabled(enabled);
    return before;
}
