#include "Window.hpp"

#include <algorithm>
#include <cstring>

#include "Failure.hpp"
#include <simdjson.h>

namespace coco {

namespace {
// Small enough to stay in a core's cache between reading, cutting and parsing.
constexpr size_t default_window = size_t(1) << 20;

std::unique_ptr<uint8_t[]> padded(size_t capacity) {
    return std::unique_ptr<uint8_t[]>(new uint8_t[capacity + simdjson::SIMDJSON_PADDING]());
}
} // namespace

Window::Window(Source &source, const CCOCOLimits &limits)
    : source_(source), limits_(limits),
      capacity_(limits.window_bytes > 0 ? static_cast<size_t>(limits.window_bytes) : default_window),
      bytes_(padded(capacity_)) {}

bool Window::more() {
    drop();
    if (end_ == capacity_) make_room();
    const size_t got = source_.read(bytes_.get() + end_, capacity_ - end_);
    end_ += got;
    total_ += got;
    if (total_ > limits_.file_bytes) {
        Failure failure(CCOCO_FILE_TOO_LARGE);
        failure.value.limit = limits_.file_bytes;
        throw failure;
    }
    return got > 0;
}

void Window::drop() {
    if (mark == 0) return;
    const Place place = this->place(mark);
    lines_dropped_ = place.line - 1;
    column_dropped_ = place.column - 1;
    std::memmove(bytes_.get(), bytes_.get() + mark, end_ - mark);
    end_ -= mark;
    position -= mark;
    mark = 0;
}

void Window::make_room() {
    if (capacity_ >= limits_.record_bytes) {
        Failure failure(CCOCO_RECORD_TOO_LARGE);
        failure.value.limit = limits_.record_bytes;
        const Place start = place(mark);
        throw failure.at(start.line, start.column);
    }
    const size_t larger = std::min<uint64_t>(uint64_t(capacity_) * 2, limits_.record_bytes);
    auto bytes = padded(larger);
    std::memcpy(bytes.get(), bytes_.get(), end_);
    bytes_ = std::move(bytes);
    capacity_ = larger;
}

Place Window::place(size_t index) const {
    const uint8_t *first = bytes_.get(), *last = first + index;
    uint64_t breaks = 0;
    const uint8_t *start = first;
    while (const void *found = std::memchr(start, '\n', static_cast<size_t>(last - start))) {
        start = static_cast<const uint8_t *>(found) + 1;
        breaks++;
    }
    if (breaks == 0) return {lines_dropped_ + 1, column_dropped_ + index + 1};
    return {lines_dropped_ + breaks + 1, static_cast<uint64_t>(last - start) + 1};
}

} // namespace coco
