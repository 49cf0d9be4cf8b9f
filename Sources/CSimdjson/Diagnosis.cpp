#include "Diagnosis.hpp"

#include <algorithm>
#include <cctype>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <string_view>

#include <simdjson.h>

namespace coco {

namespace {

bool is_word_byte(uint8_t byte) {
    return std::isalnum(byte) || byte == '+' || byte == '-' || byte == '.' || byte == '_' || byte >= 0x80;
}

class Walker {
  public:
    Walker(const uint8_t *bytes, size_t count) : bytes_(bytes), count_(count) {}

    Diagnosis walk() {
        if (value(0)) {
            skip_space();
            if (at_ < count_) fail(CCOCO_SYNTAX_CHARACTER);
        }
        return std::move(result_);
    }

  private:
    const uint8_t *bytes_;
    size_t count_;
    size_t at_ = 0;
    Diagnosis result_;
    std::string field_;

    bool fail(CCOCOSyntax syntax) {
        result_.syntax = at_ >= count_ ? CCOCO_SYNTAX_END : syntax;
        result_.index = at_;
        result_.found = excerpt(bytes_ + at_, count_ - at_);
        result_.field = field_;
        return false;
    }

    void skip_space() {
        while (at_ < count_ && std::strchr(" \n\r\t", bytes_[at_]) && bytes_[at_] != 0) at_++;
    }

    bool peek(char wanted) const { return at_ < count_ && bytes_[at_] == static_cast<uint8_t>(wanted); }

    bool value(int depth) {
        skip_space();
        if (at_ >= count_) return fail(CCOCO_SYNTAX_END);
        switch (bytes_[at_]) {
        case '{': return list('}', depth, true);
        case '[': return list(']', depth, false);
        case '"': return text();
        default: return word();
        }
    }

    bool list(char close, int depth, bool has_keys) {
        at_++;
        skip_space();
        if (peek(close)) {
            at_++;
            return true;
        }
        for (;;) {
            skip_space();
            if (has_keys && !key(depth)) return false;
            if (!value(depth + 1)) return false;
            if (has_keys && depth == 0) field_.clear();
            skip_space();
            if (peek(close)) {
                at_++;
                return true;
            }
            if (!peek(',')) return fail(CCOCO_SYNTAX_CHARACTER);
            const size_t comma = at_++;
            skip_space();
            if (peek(close)) {
                at_ = comma;
                return fail(CCOCO_SYNTAX_TRAILING_COMMA);
            }
        }
    }

    bool key(int depth) {
        if (!peek('"')) return fail(CCOCO_SYNTAX_CHARACTER);
        const size_t start = at_ + 1;
        if (!text()) return false;
        if (depth == 0) field_.assign(reinterpret_cast<const char *>(bytes_ + start), at_ - 1 - start);
        skip_space();
        if (!peek(':')) return fail(CCOCO_SYNTAX_CHARACTER);
        at_++;
        return true;
    }

    bool text() {
        const size_t start = at_++;
        for (; at_ < count_ && bytes_[at_] != '"'; at_++) {
            if (bytes_[at_] < 0x20) return fail(CCOCO_SYNTAX_STRING);
            if (bytes_[at_] == '\\' && !escape()) return fail(CCOCO_SYNTAX_STRING);
        }
        if (at_ >= count_) return fail(CCOCO_SYNTAX_END);
        at_++;
        const char *first = reinterpret_cast<const char *>(bytes_ + start);
        if (simdjson::validate_utf8(first, at_ - start)) return true;
        // Halve the distance between a beginning that is sound and one that is not.
        size_t sound = 0, unsound = at_ - start;
        while (unsound - sound > 1) {
            const size_t middle = sound + (unsound - sound) / 2;
            (is_sound_beginning(first, middle, at_ - start) ? sound : unsound) = middle;
        }
        at_ = start + sound;
        return fail(CCOCO_SYNTAX_ENCODING);
    }

    /// Whether the first `length` bytes are sound when the sequence that they may cut in two is completed.
    static bool is_sound_beginning(const char *first, size_t length, size_t whole) {
        for (size_t end = length; end <= std::min(length + 3, whole); end++) {
            if (simdjson::validate_utf8(first, end)) return true;
        }
        return false;
    }

    /// Moves to the last byte of an escape.
    bool escape() {
        if (at_ + 1 >= count_) return false;
        const char letter = static_cast<char>(bytes_[at_ + 1]);
        if (letter == 0 || !std::strchr("\"\\/bfnrtu", letter)) return false;
        if (letter != 'u') {
            at_++;
            return true;
        }
        const int unit = code_unit(at_);
        if (unit < 0) return false;
        // Half of a pair stands only with its other half.
        if (unit >= 0xDC00 && unit < 0xE000) return false;
        if (unit >= 0xD800 && unit < 0xDC00) {
            const int other = code_unit(at_ + 6);
            if (other < 0xDC00 || other >= 0xE000) return false;
            at_ += 6;
        }
        at_ += 5;
        return true;
    }

    /// The value of the \uXXXX at an index, or -1.
    int code_unit(size_t index) const {
        if (index + 6 > count_ || bytes_[index] != '\\' || bytes_[index + 1] != 'u') return -1;
        int unit = 0;
        for (size_t i = index + 2; i < index + 6; i++) {
            if (!std::isxdigit(bytes_[i])) return -1;
            const int digit = std::isdigit(bytes_[i]) ? bytes_[i] - '0' : std::tolower(bytes_[i]) - 'a' + 10;
            unit = unit * 16 + digit;
        }
        return unit;
    }

    bool word() {
        size_t length = 0;
        while (at_ + length < count_ && is_word_byte(bytes_[at_ + length])) length++;
        if (length == 0) return fail(CCOCO_SYNTAX_CHARACTER);
        const std::string_view word(reinterpret_cast<const char *>(bytes_ + at_), length);
        if (is_nonfinite_word(word.data(), length)) return fail(CCOCO_SYNTAX_NONFINITE);
        if (word != "true" && word != "false" && word != "null") {
            const bool numeric = std::isdigit(static_cast<uint8_t>(word.back())) != 0 || word.back() == '.';
            if (!is_number(word)) return fail(numeric ? CCOCO_SYNTAX_NUMBER : CCOCO_SYNTAX_WORD);
            if (!fits(word)) return fail(CCOCO_SYNTAX_NUMBER_RANGE);
        }
        at_ += length;
        return true;
    }

    static bool is_number(std::string_view word) {
        size_t i = 0;
        const auto digits = [&] {
            const size_t start = i;
            while (i < word.size() && std::isdigit(static_cast<uint8_t>(word[i]))) i++;
            return i - start;
        };
        if (i < word.size() && word[i] == '-') i++;
        const size_t first = i, whole = digits();
        if (whole == 0 || (whole > 1 && word[first] == '0')) return false;
        if (i < word.size() && word[i] == '.') {
            i++;
            if (digits() == 0) return false;
        }
        if (i < word.size() && (word[i] == 'e' || word[i] == 'E')) {
            i++;
            if (i < word.size() && (word[i] == '+' || word[i] == '-')) i++;
            if (digits() == 0) return false;
        }
        return i == word.size();
    }

    static bool fits(std::string_view word) {
        simdjson::dom::parser parser;
        return parser.parse(simdjson::padded_string(word)).error() == simdjson::SUCCESS;
    }
};

} // namespace

Diagnosis diagnose(const uint8_t *bytes, size_t count) { return Walker(bytes, count).walk(); }

bool is_nonfinite_word(const char *text, size_t count) {
    std::string word(text, count);
    std::transform(word.begin(), word.end(), word.begin(),
                   [](char c) { return static_cast<char>(std::tolower(static_cast<unsigned char>(c))); });
    if (!word.empty() && (word[0] == '-' || word[0] == '+')) word.erase(0, 1);
    return word == "nan" || word == "inf" || word == "infinity";
}

std::string quoting_nonfinite(const uint8_t *bytes, size_t count) {
    std::string copy;
    copy.reserve(count + 64);
    bool in_text = false;
    for (size_t i = 0; i < count;) {
        const uint8_t byte = bytes[i];
        size_t length = 1;
        if (in_text) {
            if (byte == '\\' && i + 1 < count) length = 2;
            in_text = byte != '"';
        } else if (byte == '"') {
            in_text = true;
        } else if (is_word_byte(byte)) {
            while (i + length < count && is_word_byte(bytes[i + length])) length++;
        }
        const char *part = reinterpret_cast<const char *>(bytes + i);
        if (!in_text && byte != '"' && is_nonfinite_word(part, length)) {
            copy.append("\"").append(part, length).append("\"");
        } else {
            copy.append(part, length);
        }
        i += length;
    }
    return copy;
}

std::string excerpt(const uint8_t *bytes, size_t count) {
    std::string shown;
    for (size_t i = 0; i < count && i < 24; i++) {
        if (i > 0 && std::strchr(",]} \n\r\t", bytes[i]) && bytes[i] != 0) break;
        if (bytes[i] >= 0x20 && bytes[i] < 0x7F) {
            shown += static_cast<char>(bytes[i]);
        } else {
            char hex[8];
            std::snprintf(hex, sizeof hex, "\\x%02X", bytes[i]);
            shown += hex;
        }
    }
    return shown;
}

} // namespace coco
