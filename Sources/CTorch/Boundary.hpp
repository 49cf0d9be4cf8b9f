// The one place where C++ exceptions become status codes.
#pragma once

#include <ATen/ATen.h>

#include <string>
#include <utility>

#include "include/ctorch.h"

namespace ctorch {

void remember_error(const char *text) noexcept;

inline at::Tensor &unwrap(CTorchTensorRef handle) { return *reinterpret_cast<at::Tensor *>(handle); }

inline CTorchTensorRef wrap(at::Tensor tensor) {
    return reinterpret_cast<CTorchTensorRef>(new at::Tensor(std::move(tensor)));
}

/// Runs `body`, which may throw, and answers with a status.
template <class Body> CTorchStatus guarded(Body &&body) noexcept {
    try {
        body();
        return CTORCH_OK;
    } catch (const c10::OutOfMemoryError &error) {
        remember_error(error.what_without_backtrace());
        return CTORCH_OUT_OF_MEMORY;
    } catch (const std::bad_alloc &) {
        remember_error("memory is exhausted");
        return CTORCH_OUT_OF_MEMORY;
    } catch (const c10::Error &error) {
        // The CPU allocator reports exhaustion as a plain error whose text names it.
        const std::string text = error.what_without_backtrace();
        remember_error(text.c_str());
        return text.find("DefaultCPUAllocator: ") != std::string::npos ? CTORCH_OUT_OF_MEMORY : CTORCH_FAILED;
    } catch (const std::exception &error) {
        remember_error(error.what());
        return CTORCH_FAILED;
    } catch (...) {
        remember_error("an unknown C++ exception");
        return CTORCH_FAILED;
    }
}

/// Runs `body`, which computes a tensor, and hands the result out as a new handle.
template <class Body> CTorchStatus returning(CTorchTensorRef *out, Body &&body) noexcept {
    return guarded([&] { *out = wrap(body()); });
}

inline at::IntArrayRef dimensions(const int64_t *values, int32_t count) {
    return at::IntArrayRef(values, static_cast<size_t>(count));
}

inline std::vector<at::Tensor> tensors(const CTorchTensorRef *handles, int32_t count) {
    std::vector<at::Tensor> list;
    list.reserve(static_cast<size_t>(count));
    for (int32_t i = 0; i < count; i++) list.push_back(unwrap(handles[i]));
    return list;
}

inline c10::optional<at::Tensor> optional(CTorchTensorRef handle) {
    if (handle == nullptr) return c10::nullopt;
    return unwrap(handle);
}

} // namespace ctorch
