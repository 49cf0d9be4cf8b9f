#include "Scanner.hpp"

#include <array>

#include "Diagnosis.hpp"
#include "Failure.hpp"

namespace coco {

namespace {

enum : uint8_t { plain, quote, opening, closing };

constexpr std::array<uint8_t, 256> bracket_classes() {
    std::array<uint8_t, 256> table{};
    table['"'] = quote;
    table['['] = table['{'] = opening;
    table[']'] = table['}'] = closing;
    return table;
}

constexpr std::array<bool, 256> text_stops() {
    std::array<bool, 256> table{};
    table['"'] = table['\\'] = true;
    return table;
}

constexpr auto bracket_class = bracket_classes();
constexpr auto stops_text = text_stops();

bool is_space(uint8_t byte) { return byte == ' ' || byte == '\n' || byte == '\r' || byte == '\t'; }

bool ends_word(uint8_t byte) {
    return is_space(byte) || byte == ',' || byte == ':' || byte == ']' || byte == '}' || byte == '[' || byte == '{' ||
           byte == '"';
}

} // namespace

int Scanner::next() {
    for (;;) {
        while (window_.position < window_.end()) {
            const uint8_t byte = window_.data()[window_.position];
            if (!is_space(byte)) {
                window_.mark = window_.position;
                return byte;
            }
            window_.position++;
        }
        window_.mark = window_.position;
        if (!window_.more()) return -1;
    }
}

void Scanner::cut(uint32_t depth) {
    window_.mark = window_.position;
    switch (bracket_class[window_.data()[window_.position]]) {
    case opening: cut_brackets(depth); break;
    case quote: cut_text(); break;
    default: cut_word();
    }
    const size_t length = window_.position - window_.mark;
    if (length > limits_.record_bytes) {
        Failure failure(CCOCO_RECORD_TOO_LARGE);
        failure.value.limit = limits_.record_bytes;
        const Place start = window_.place(window_.mark);
        throw failure.at(start.line, start.column);
    }
}

void Scanner::cut_brackets(uint32_t depth) {
    const uint32_t outside = depth;
    do {
        const uint8_t *at = window_.data() + window_.position, *end = window_.data() + window_.end();
        while (at < end && bracket_class[*at] == plain) at++;
        window_.position = static_cast<size_t>(at - window_.data());
        if (at == end) {
            if (!window_.more()) fail_at_end();
            continue;
        }
        switch (bracket_class[*at]) {
        case quote: cut_text(); break;
        case opening:
            if (++depth > limits_.depth) fail_for_depth();
            window_.position++;
            break;
        default:
            depth--;
            window_.position++;
        }
    } while (depth > outside);
}

void Scanner::cut_text() {
    window_.position++;
    for (;;) {
        const uint8_t *at = window_.data() + window_.position, *end = window_.data() + window_.end();
        while (at < end && !stops_text[*at]) at++;
        window_.position = static_cast<size_t>(at - window_.data());
        if (at == end) {
            if (!window_.more()) fail_at_end();
        } else if (*at == '"') {
            window_.position++;
            return;
        } else {
            // A backslash and whatever it escapes.
            if (at + 1 == end && !window_.more()) fail_at_end();
            window_.position += 2;
        }
    }
}

void Scanner::cut_word() {
    for (;;) {
        if (window_.position == window_.end() && !window_.more()) break;
        if (ends_word(window_.data()[window_.position])) break;
        window_.position++;
    }
    if (window_.position == window_.mark) fail_at_byte();
}

void Scanner::fail_at_end() {
    Failure failure(CCOCO_NOT_JSON);
    failure.value.syntax = CCOCO_SYNTAX_END;
    const Place end = window_.place(window_.end());
    throw failure.at(end.line, end.column);
}

void Scanner::fail_at_byte(CCOCOSyntax syntax) {
    Failure failure(CCOCO_NOT_JSON);
    failure.value.syntax = syntax;
    failure.found(excerpt(window_.data() + window_.position, window_.end() - window_.position));
    const Place place = window_.place(window_.position);
    throw failure.at(place.line, place.column);
}

void Scanner::fail_for_depth() {
    Failure failure(CCOCO_TOO_DEEP);
    failure.value.limit = limits_.depth;
    const Place place = window_.place(window_.position);
    throw failure.at(place.line, place.column);
}

} // namespace coco
