#include "FileReader.hpp"

#include <new>

#include "ValueWords.hpp"

namespace coco {

namespace {

CCOCOList list_named(std::string_view key) {
    if (key == "images") return CCOCO_IMAGES;
    if (key == "annotations") return CCOCO_ANNOTATIONS;
    if (key == "categories") return CCOCO_CATEGORIES;
    return CCOCO_NO_LIST;
}

CCOCOType type_from(int first_byte) {
    switch (first_byte) {
    case '[': return CCOCO_TYPE_ARRAY;
    case '{': return CCOCO_TYPE_OBJECT;
    case '"': return CCOCO_TYPE_TEXT;
    case 't': case 'f': return CCOCO_TYPE_BOOLEAN;
    case 'n': return CCOCO_TYPE_NULL;
    default: return CCOCO_TYPE_NUMBER;
    }
}

} // namespace

FileReader::FileReader(Source &source, const CCOCOLimits &limits, Labels &labels)
    : limits_(limits), labels_(labels), window_(source, limits), scanner_(window_, limits), records_(labels, window_) {}

void FileReader::read() {
    const int first = first_byte();
    if (first < 0) throw Failure(CCOCO_EMPTY);
    if (first != '{') {
        // A sound value of another type is told apart from what is no JSON at all.
        const bool is_list = first == '[';
        if (!is_list) {
            scanner_.cut(0);
            parse(CCOCO_NO_LIST, 0);
        }
        Failure failure(CCOCO_NOT_AN_OBJECT);
        failure.value.found_type = is_list ? CCOCO_TYPE_ARRAY : type_of(value_);
        const Place place = window_.place(window_.mark);
        throw failure.at(place.line, place.column);
    }
    window_.position++;
    read_members();
    if (scanner_.next() >= 0) scanner_.fail_at_byte(CCOCO_SYNTAX_TRAILING_TEXT);
    labels_.byte_count = window_.total();
}

int FileReader::first_byte() {
    const int first = scanner_.next();
    // The byte order mark that some editors put before UTF-8.
    if (first != 0xEF) return first;
    while (window_.end() - window_.position < 3) {
        if (!window_.more()) return first;
    }
    const uint8_t *bytes = window_.data() + window_.position;
    if (bytes[1] != 0xBB || bytes[2] != 0xBF) return first;
    window_.position += 3;
    return scanner_.next();
}

void FileReader::read_members() {
    int byte = scanner_.next();
    if (byte == '}') {
        window_.position++;
        return;
    }
    for (;;) {
        if (byte < 0) scanner_.fail_at_end();
        if (byte != '"') scanner_.fail_at_byte();
        const std::string key = read_key();
        byte = scanner_.next();
        if (byte < 0) scanner_.fail_at_end();
        if (byte != ':') scanner_.fail_at_byte();
        window_.position++;
        if (scanner_.next() < 0) scanner_.fail_at_end();
        read_value(key);

        byte = scanner_.next();
        if (byte < 0) scanner_.fail_at_end();
        window_.position++;
        if (byte == '}') return;
        if (byte != ',') {
            window_.position--;
            scanner_.fail_at_byte();
        }
        byte = scanner_.next();
        if (byte == '}') scanner_.fail_at_byte(CCOCO_SYNTAX_TRAILING_COMMA);
    }
}

std::string FileReader::read_key() {
    scanner_.cut(1);
    parse(CCOCO_NO_LIST, 0);
    return words_of(value_);
}

void FileReader::read_value(const std::string &key) {
    const CCOCOList list = list_named(key);
    const int first = scanner_.next();
    if (list != CCOCO_NO_LIST) {
        CCOCOStatus status = CCOCO_OK;
        if (first != '[') status = CCOCO_LIST_NOT_AN_ARRAY;
        if (labels_.has_list[list]) status = CCOCO_LIST_TWICE;
        if (status != CCOCO_OK) {
            Failure failure(status);
            failure.value.list = list;
            failure.value.found_type = type_from(first);
            const Place place = window_.place(window_.position);
            throw failure.at(place.line, place.column);
        }
        labels_.has_list[list] = 1;
    }
    // Lists that mean nothing here are read record by record too, so that they may be of any length.
    if (first == '[') return read_list(list);
    scanner_.cut(1);
    parse(CCOCO_NO_LIST, 0);
}

void FileReader::read_list(CCOCOList list) {
    window_.position++;
    int byte = scanner_.next();
    if (byte == ']') {
        window_.position++;
        return;
    }
    for (uint64_t index = 0;; index++) {
        if (byte < 0) scanner_.fail_at_end();
        if (list != CCOCO_NO_LIST && index >= limits_.records) {
            Failure failure(CCOCO_TOO_MANY_RECORDS);
            failure.value.list = list;
            failure.value.limit = limits_.records;
            throw failure;
        }
        read_record(list, index);

        byte = scanner_.next();
        if (byte < 0) scanner_.fail_at_end();
        window_.position++;
        if (byte == ']') return;
        if (byte != ',') {
            window_.position--;
            scanner_.fail_at_byte();
        }
        byte = scanner_.next();
        if (byte == ']') scanner_.fail_at_byte(CCOCO_SYNTAX_TRAILING_COMMA);
    }
}

void FileReader::read_record(CCOCOList list, uint64_t index) {
    scanner_.cut(2);
    parse(list, index);
    if (list != CCOCO_NO_LIST) records_.read(list, index, value_, has_nonfinite_ ? &nonfinite_ : nullptr);
}

void FileReader::parse(CCOCOList list, uint64_t index) {
    const uint8_t *bytes = window_.data() + window_.mark;
    const size_t count = window_.position - window_.mark;
    has_nonfinite_ = false;
    const simdjson::error_code error = parse_bytes(bytes, count);
    if (error == simdjson::SUCCESS) return;
    if (error == simdjson::MEMALLOC) throw std::bad_alloc();

    nonfinite_ = diagnose(bytes, count);
    if (nonfinite_.syntax == CCOCO_SYNTAX_NONFINITE && list != CCOCO_NO_LIST) {
        const simdjson::padded_string quoted(quoting_nonfinite(bytes, count));
        const auto *copy = reinterpret_cast<const uint8_t *>(quoted.data());
        if (parse_bytes(copy, quoted.size()) == simdjson::SUCCESS) {
            has_nonfinite_ = true;
            return;
        }
        const Diagnosis other = diagnose(copy, quoted.size());
        if (other.syntax != CCOCO_SYNTAX_NONE) nonfinite_ = other;
    }
    if (nonfinite_.syntax == CCOCO_SYNTAX_NONE) {
        Failure failure(CCOCO_INTERNAL);
        throw failure.found(simdjson::error_message(error));
    }
    refuse(nonfinite_, list, index);
}

simdjson::error_code FileReader::parse_bytes(const uint8_t *bytes, size_t count) {
    if (count > parser_.capacity()) {
        size_t capacity = size_t(1) << 16;
        while (capacity < count) capacity *= 2;
        if (const auto error = parser_.allocate(capacity, limits_.depth + 1)) return error;
    }
    return parser_.parse(bytes, count, false).get(value_);
}

void FileReader::refuse(const Diagnosis &diagnosis, CCOCOList list, uint64_t index) {
    Failure failure(CCOCO_NOT_JSON);
    failure.value.syntax = diagnosis.syntax;
    failure.value.list = list;
    failure.value.index = index;
    failure.found(diagnosis.found);
    copy_text(failure.value.field, diagnosis.field);
    const Place place = window_.place(window_.mark + diagnosis.index);
    throw failure.at(place.line, place.column);
}

} // namespace coco
