// What ends the reading of a file, thrown inside this library and caught at its boundary.
#pragma once

#include <algorithm>
#include <cstring>
#include <string_view>

#include "csimdjson.h"

namespace coco {

/// Copies as much of a text as fits, never cutting a UTF-8 sequence in two, and ends it with NUL.
template <size_t N> void copy_text(char (&to)[N], std::string_view text) {
    size_t length = std::min(text.size(), N - 1);
    if (length < text.size()) {
        while (length > 0 && (static_cast<unsigned char>(text[length]) & 0xC0) == 0x80) length--;
    }
    std::memcpy(to, text.data(), length);
    to[length] = 0;
}

struct Failure {
    CCOCOFailure value{};

    explicit Failure(CCOCOStatus status) {
        value.status = status;
        value.list = CCOCO_NO_LIST;
    }

    Failure &found(std::string_view text) {
        copy_text(value.found, text);
        return *this;
    }

    Failure &at(uint64_t line, uint64_t column) {
        value.line = line;
        value.column = column;
        return *this;
    }
};

} // namespace coco
