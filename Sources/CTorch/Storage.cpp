#include <cstring>

#include "Boundary.hpp"

using namespace ctorch;

namespace {

at::ScalarType scalar_type(int32_t element_type) {
    switch (element_type) {
    case CTORCH_FLOAT32: return at::kFloat;
    case CTORCH_INT64: return at::kLong;
    case CTORCH_UINT8: return at::kByte;
    case CTORCH_FLOAT16: return at::kHalf;
    case CTORCH_BOOL: return at::kBool;
    default: TORCH_CHECK(false, "element type ", element_type, " does not exist");
    }
}

at::Device device_of(int32_t device) {
    return device == CTORCH_CUDA ? at::Device(at::kCUDA, 0) : at::Device(at::kCPU);
}

} // namespace

CTorchStatus ctorch_from_bytes(const void *bytes, size_t byte_count, const int64_t *shape, int32_t rank,
                               int32_t element_type, int32_t device, CTorchTensorRef *out) {
    return returning(out, [&] {
        // Looked at where they lie and copied once, to where they are wanted.
        const at::Tensor borrowed =
            at::from_blob(const_cast<void *>(bytes), dimensions(shape, rank), at::TensorOptions(scalar_type(element_type)));
        TORCH_CHECK(borrowed.nbytes() == byte_count, byte_count, " bytes cannot fill a tensor of ", borrowed.nbytes());
        return borrowed.to(device_of(device), borrowed.scalar_type(), /*non_blocking=*/false, /*copy=*/true);
    });
}

CTorchStatus ctorch_full(const int64_t *shape, int32_t rank, double value, int32_t element_type, int32_t device,
                         CTorchTensorRef *out) {
    return returning(out, [&] {
        return at::full(dimensions(shape, rank), value,
                        at::TensorOptions(scalar_type(element_type)).device(device_of(device)));
    });
}

CTorchStatus ctorch_copy_to_host(CTorchTensorRef tensor, void *bytes, size_t byte_count) {
    return guarded([&] {
        const at::Tensor host = unwrap(tensor).detach().to(at::kCPU).contiguous();
        TORCH_CHECK(host.nbytes() == byte_count, "a tensor of ", host.nbytes(), " bytes does not fit ", byte_count);
        if (byte_count > 0) std::memcpy(bytes, host.data_ptr(), byte_count);
    });
}

void ctorch_free(CTorchTensorRef tensor) { delete reinterpret_cast<at::Tensor *>(tensor); }

int32_t ctorch_rank(CTorchTensorRef tensor) { return static_cast<int32_t>(unwrap(tensor).dim()); }

void ctorch_shape(CTorchTensorRef tensor, int64_t *shape) {
    const auto sizes = unwrap(tensor).sizes();
    std::copy(sizes.begin(), sizes.end(), shape);
}

int32_t ctorch_element_type(CTorchTensorRef tensor) {
    switch (unwrap(tensor).scalar_type()) {
    case at::kFloat: return CTORCH_FLOAT32;
    case at::kLong: return CTORCH_INT64;
    case at::kByte: return CTORCH_UINT8;
    case at::kHalf: return CTORCH_FLOAT16;
    case at::kBool: return CTORCH_BOOL;
    default: return -1;
    }
}

int32_t ctorch_device(CTorchTensorRef tensor) { return unwrap(tensor).is_cuda() ? CTORCH_CUDA : CTORCH_CPU; }

CTorchStatus ctorch_clone(CTorchTensorRef tensor, CTorchTensorRef *out) {
    return returning(out, [&] { return unwrap(tensor).clone(); });
}
