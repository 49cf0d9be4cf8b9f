// A JSON value as a person is told of it.
#pragma once

#include <string>

#include <simdjson.h>

#include "csimdjson.h"

namespace coco {

inline CCOCOType type_of(simdjson::dom::element value) {
    using simdjson::dom::element_type;
    switch (value.type()) {
    case element_type::ARRAY: return CCOCO_TYPE_ARRAY;
    case element_type::OBJECT: return CCOCO_TYPE_OBJECT;
    case element_type::STRING: return CCOCO_TYPE_TEXT;
    case element_type::BOOL: return CCOCO_TYPE_BOOLEAN;
    case element_type::NULL_VALUE: return CCOCO_TYPE_NULL;
    default: return CCOCO_TYPE_NUMBER;
    }
}

/// What a text says, a number or word as JSON writes it; empty for arrays and objects, of which the type is said.
inline std::string words_of(simdjson::dom::element value) {
    std::string_view text;
    if (value.get(text) == simdjson::SUCCESS) return std::string(text);
    if (value.is_array() || value.is_object()) return {};
    return simdjson::minify(value);
}

} // namespace coco
