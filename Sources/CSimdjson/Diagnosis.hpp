// Says in which way a text is not JSON. simdjson tells only that it is not; this reads the same bytes again, slowly and
// strictly, up to the first fault. It runs on what was refused, never on sound files.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>

#include "csimdjson.h"

namespace coco {

struct Diagnosis {
    CCOCOSyntax syntax = CCOCO_SYNTAX_NONE;
    /// Index of the first byte that is wrong.
    size_t index = 0;
    /// The bytes there.
    std::string found;
    /// The field of the outermost object under which it stands; empty if none.
    std::string field;
};

/// The first fault of one value, or `CCOCO_SYNTAX_NONE` if there is none. The value must not be nested deeper than the
/// scanner lets pass.
Diagnosis diagnose(const uint8_t *bytes, size_t count);

/// A copy of the value in which every bare NaN or Infinity is a text, so that the rest of it can be read.
std::string quoting_nonfinite(const uint8_t *bytes, size_t count);

/// Whether this is how some program writes a number that is not finite: NaN, nan, Infinity, -inf and so on.
bool is_nonfinite_word(const char *text, size_t count);

/// What can be shown of the bytes of a broken text: up to the next delimiter or 24 bytes, with bytes outside of ASCII
/// and control characters as \xNN.
std::string excerpt(const uint8_t *bytes, size_t count);

} // namespace coco
