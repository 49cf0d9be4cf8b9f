// The face in C. Every call goes through `guarded`, where exceptions become statuses.
#include <algorithm>
#include <memory>
#include <new>
#include <stdexcept>
#include <string>

#include "FileReader.hpp"

namespace coco {

namespace {

/// Runs `body`, which may throw, and answers with a status; what was wrong goes to `failure`.
template <class Body> CCOCOStatus guarded(CCOCOFailure *failure, Body &&body) noexcept {
    Failure caught(CCOCO_OK);
    try {
        body();
        return CCOCO_OK;
    } catch (const Failure &thrown) {
        caught = thrown;
    } catch (const std::bad_alloc &) {
        caught = Failure(CCOCO_OUT_OF_MEMORY);
    } catch (const std::length_error &) {
        caught = Failure(CCOCO_OUT_OF_MEMORY);
    } catch (const std::exception &error) {
        caught = Failure(CCOCO_INTERNAL).found(error.what());
    } catch (...) {
        caught = Failure(CCOCO_INTERNAL).found("an unknown C++ exception");
    }
    if (failure != nullptr) *failure = caught.value;
    return caught.value.status;
}

/// The labels as the caller sees them, with their storage behind.
struct OwnedLabels : CCOCOLabels {
    Labels storage;

    explicit OwnedLabels(uint32_t examples) : CCOCOLabels{}, storage(examples) {}
};

constexpr uint32_t deepest = 1024;

CCOCOLimits bounded(const CCOCOLimits *given) {
    CCOCOLimits limits = *given;
    limits.depth = std::min(std::max(limits.depth, 2U), deepest);
    // simdjson reads at most 4 GB at once.
    limits.record_bytes = std::min<uint64_t>(limits.record_bytes, UINT32_MAX / 2);
    return limits;
}

void read_all(Source &source, const CCOCOLimits &limits, CCOCOLabels **out) {
    auto labels = std::make_unique<OwnedLabels>(limits.examples);
    FileReader(source, limits, labels->storage).read();
    static_cast<CCOCOLabels &>(*labels) = labels->storage.view();
    *out = labels.release();
}

} // namespace

} // namespace coco

CCOCOStatus ccoco_read_file(const char *path, const CCOCOLimits *limits, CCOCOLabels **out, CCOCOFailure *failure) {
    return coco::guarded(failure, [&] {
        const CCOCOLimits bounded = coco::bounded(limits);
        coco::FileSource source(path, bounded.file_bytes);
        coco::read_all(source, bounded, out);
    });
}

CCOCOStatus ccoco_read_bytes(const uint8_t *bytes, size_t count, const CCOCOLimits *limits, CCOCOLabels **out,
                             CCOCOFailure *failure) {
    return coco::guarded(failure, [&] {
        const CCOCOLimits bounded = coco::bounded(limits);
        coco::ByteSource source(bytes, count);
        coco::read_all(source, bounded, out);
    });
}

void ccoco_free(CCOCOLabels *labels) { delete static_cast<coco::OwnedLabels *>(labels); }

const char *ccoco_simdjson_version(void) {
    try {
        static const std::string version =
            std::to_string(simdjson::SIMDJSON_VERSION_MAJOR) + "." +
            std::to_string(simdjson::SIMDJSON_VERSION_MINOR) + "." +
            std::to_string(simdjson::SIMDJSON_VERSION_REVISION) + " (" +
            simdjson::get_active_implementation()->name() + ")";
        return version.c_str();
    } catch (...) {
        return "unknown";
    }
}
