// The part of a file that is in memory, sliding forward over it.
#pragma once

#include <cstdint>
#include <memory>

#include "Source.hpp"
#include "csimdjson.h"

namespace coco {

struct Place {
    uint64_t line, column;
};

class Window {
  public:
    Window(Source &source, const CCOCOLimits &limits);

    /// Index of the next byte to look at.
    size_t position = 0;
    /// Bytes from here on stay in memory; what lies before may be dropped by `more`.
    size_t mark = 0;

    const uint8_t *data() const { return bytes_.get(); }
    size_t end() const { return end_; }

    /// Reads on. Drops what lies before `mark`, so that `position` and `mark` move with their bytes. False at the end.
    bool more();

    /// Where the byte at an index stands in the file.
    Place place(size_t index) const;

    /// Bytes read so far.
    uint64_t total() const { return total_; }

  private:
    void drop();
    void make_room();

    Source &source_;
    const CCOCOLimits &limits_;
    size_t capacity_;
    // Always followed by the padding that simdjson may read past a record.
    std::unique_ptr<uint8_t[]> bytes_;
    size_t end_ = 0;
    uint64_t total_ = 0;
    uint64_t lines_dropped_ = 0;
    // Bytes between the last dropped line break and bytes_[0].
    uint64_t column_dropped_ = 0;
};

} // namespace coco
