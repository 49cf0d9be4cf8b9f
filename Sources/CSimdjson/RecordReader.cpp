#include "RecordReader.hpp"

#include "ValueWords.hpp"

namespace coco {

using simdjson::dom::element_type;

namespace {
enum : uint32_t { ID = 1, WIDTH = 2, HEIGHT = 4, FILE_NAME = 8, COCO_URL = 16, ABSOLUTE_URL = 32 };
enum : uint32_t { IMAGE_ID = 2, CATEGORY_ID = 4, BBOX = 8, ISCROWD = 16 };
enum : uint32_t { NAME = 2 };

constexpr CCOCOText absent{0, CCOCO_ABSENT};
} // namespace

void RecordReader::read(CCOCOList list, uint64_t index, Element record, const Diagnosis *nonfinite) {
    list_ = list;
    nonfinite_ = nonfinite;
    nonfinite_is_told_ = false;
    seen_ = 0;
    faults_.clear();

    Object object;
    const bool is_object = record.get(object) == simdjson::SUCCESS;
    if (!is_object) fault(CCOCO_FAULT_NOT_AN_OBJECT, "", record);
    const auto known = [](uint8_t unread, uint8_t bit, const int64_t &id) { return unread & bit ? nullptr : &id; };
    switch (list) {
    case CCOCO_IMAGES: {
        CCOCOImage image{};
        image.file_name = image.coco_url = image.absolute_url = absent;
        image.unread = CCOCO_UNREAD_ID | CCOCO_UNREAD_SIZE | CCOCO_UNREAD_NAME;
        labels_.images.push_back(image);
        if (is_object) read_image(object);
        const CCOCOImage &read = labels_.images.back();
        settle(index, known(read.unread, CCOCO_UNREAD_ID, read.id), nullptr);
        break;
    }
    case CCOCO_ANNOTATIONS: {
        CCOCOAnnotation annotation{};
        annotation.unread = CCOCO_UNREAD_ID | CCOCO_UNREAD_IMAGE_ID | CCOCO_UNREAD_CATEGORY_ID;
        if (!is_object) annotation.unread |= CCOCO_UNREAD_BOX;
        labels_.annotations.push_back(annotation);
        if (is_object) read_annotation(object);
        const CCOCOAnnotation &read = labels_.annotations.back();
        settle(index, known(read.unread, CCOCO_UNREAD_ID, read.id),
               known(read.unread, CCOCO_UNREAD_IMAGE_ID, read.image_id));
        break;
    }
    case CCOCO_CATEGORIES: {
        CCOCOCategory category{};
        category.name = absent;
        category.unread = CCOCO_UNREAD_ID | CCOCO_UNREAD_NAME;
        labels_.categories.push_back(category);
        if (is_object) read_category(object);
        const CCOCOCategory &read = labels_.categories.back();
        settle(index, known(read.unread, CCOCO_UNREAD_ID, read.id), nullptr);
        break;
    }
    case CCOCO_NO_LIST: break;
    }
}

void RecordReader::read_image(const Object &record) {
    CCOCOImage &image = labels_.images.back();
    bool has_width = false, has_height = false;
    for (const auto [key, value] : record) {
        if (key == "id") {
            if (first_time(key, ID) && read_id(key, value, image.id)) image.unread &= ~CCOCO_UNREAD_ID;
        } else if (key == "width") {
            has_width = first_time(key, WIDTH) && read_number(key, value, image.width);
        } else if (key == "height") {
            has_height = first_time(key, HEIGHT) && read_number(key, value, image.height);
        } else if (key == "file_name") {
            if (first_time(key, FILE_NAME) && read_text(key, value, false, image.file_name)) {
                image.unread &= ~CCOCO_UNREAD_NAME;
            }
        } else if (key == "coco_url") {
            if (first_time(key, COCO_URL)) read_text(key, value, false, image.coco_url);
        } else if (key == "absolute_url") {
            if (first_time(key, ABSOLUTE_URL)) read_text(key, value, false, image.absolute_url);
        }
    }
    if (!(seen_ & ID)) missing("id");
    if (!(seen_ & WIDTH)) missing("width");
    if (!(seen_ & HEIGHT)) missing("height");
    if (has_width && has_height) image.unread &= ~CCOCO_UNREAD_SIZE;
    // Without a file name, the last part of an address names the photo.
    if (image.coco_url.length != CCOCO_ABSENT || image.absolute_url.length != CCOCO_ABSENT) {
        image.unread &= ~CCOCO_UNREAD_NAME;
    } else if (!(seen_ & FILE_NAME)) {
        missing("file_name");
    }
}

void RecordReader::read_annotation(const Object &record) {
    CCOCOAnnotation &annotation = labels_.annotations.back();
    for (const auto [key, value] : record) {
        if (key == "id") {
            if (first_time(key, ID) && read_id(key, value, annotation.id)) annotation.unread &= ~CCOCO_UNREAD_ID;
        } else if (key == "image_id") {
            if (first_time(key, IMAGE_ID) && read_id(key, value, annotation.image_id)) {
                annotation.unread &= ~CCOCO_UNREAD_IMAGE_ID;
            }
        } else if (key == "category_id") {
            if (first_time(key, CATEGORY_ID) && read_id(key, value, annotation.category_id)) {
                annotation.unread &= ~CCOCO_UNREAD_CATEGORY_ID;
            }
        } else if (key == "bbox") {
            if (!first_time(key, BBOX) || value.is_null()) continue;
            annotation.has_box = read_box(value, annotation.box);
            if (!annotation.has_box) annotation.unread |= CCOCO_UNREAD_BOX;
        } else if (key == "iscrowd") {
            if (first_time(key, ISCROWD)) read_crowd(value, annotation.is_crowd);
        }
    }
    if (!(seen_ & ID)) missing("id");
    if (!(seen_ & IMAGE_ID)) missing("image_id");
    if (!(seen_ & CATEGORY_ID)) missing("category_id");
}

void RecordReader::read_category(const Object &record) {
    CCOCOCategory &category = labels_.categories.back();
    for (const auto [key, value] : record) {
        if (key == "id") {
            if (first_time(key, ID) && read_id(key, value, category.id)) category.unread &= ~CCOCO_UNREAD_ID;
        } else if (key == "name") {
            if (first_time(key, NAME) && read_text(key, value, true, category.name)) {
                category.unread &= ~CCOCO_UNREAD_NAME;
            }
        }
    }
    if (!(seen_ & ID)) missing("id");
    if (!(seen_ & NAME)) missing("name");
}

bool RecordReader::first_time(std::string_view field, uint32_t bit) {
    const bool is_first = !(seen_ & bit);
    if (!is_first) fault(CCOCO_FAULT_TWICE, field, CCOCO_TYPE_MISSING, "");
    seen_ |= bit;
    return is_first;
}

bool RecordReader::read_id(std::string_view field, Element value, int64_t &to) {
    if (value.type() == element_type::INT64) return value.get(to) == simdjson::SUCCESS;
    double number;
    if (value.type() != element_type::DOUBLE || value.get(number) != simdjson::SUCCESS) {
        const bool is_huge = value.type() == element_type::UINT64;
        fault(value.is_null() ? CCOCO_FAULT_MISSING : is_huge ? CCOCO_FAULT_NOT_AN_INTEGER : CCOCO_FAULT_TYPE, field,
              value);
        return false;
    }
    // Beyond 2^53 a decimal number no longer says which integer is meant.
    if (number != static_cast<double>(static_cast<int64_t>(number < 0x1p53 && number > -0x1p53 ? number : 0))) {
        fault(CCOCO_FAULT_NOT_AN_INTEGER, field, value);
        return false;
    }
    to = static_cast<int64_t>(number);
    fault(CCOCO_FAULT_INTEGER_AS_DECIMAL, field, value);
    return true;
}

bool RecordReader::read_number(std::string_view field, Element value, double &to) {
    if (value.get(to) == simdjson::SUCCESS) return true;
    to = 0;
    fault(value.is_null() ? CCOCO_FAULT_MISSING : CCOCO_FAULT_TYPE, field, value);
    return false;
}

bool RecordReader::read_text(std::string_view field, Element value, bool is_required, CCOCOText &to) {
    std::string_view text;
    if (value.get(text) == simdjson::SUCCESS) {
        to = labels_.keep(text);
        return true;
    }
    // An exporter that knows no address writes null, which is the same as no field.
    if (value.is_null() && !is_required) {
        if (field == "file_name") seen_ &= ~FILE_NAME;
        return false;
    }
    fault(value.is_null() ? CCOCO_FAULT_MISSING : CCOCO_FAULT_TYPE, field, value);
    return false;
}

bool RecordReader::read_box(Element value, double (&to)[4]) {
    simdjson::dom::array values;
    if (value.get(values) != simdjson::SUCCESS) {
        fault(CCOCO_FAULT_TYPE, "bbox", value);
        return false;
    }
    size_t count = 0;
    bool is_read = true;
    for (const auto number : values) {
        if (count < 4 && number.get(to[count]) != simdjson::SUCCESS) {
            static const char *const fields[4] = {"bbox[0]", "bbox[1]", "bbox[2]", "bbox[3]"};
            fault(CCOCO_FAULT_TYPE, fields[count], number);
            is_read = false;
        }
        count++;
    }
    if (count == 4) return is_read;
    fault(CCOCO_FAULT_BOX_COUNT, "bbox", CCOCO_TYPE_ARRAY, std::to_string(count));
    return false;
}

void RecordReader::read_crowd(Element value, uint8_t &to) {
    bool flag;
    double number;
    if (value.get(flag) == simdjson::SUCCESS) {
        to = flag;
    } else if (value.get(number) == simdjson::SUCCESS && (number == 0 || number == 1)) {
        to = number == 1;
    } else if (!value.is_null()) {
        fault(CCOCO_FAULT_CROWD, "iscrowd", value);
    }
}

void RecordReader::fault(CCOCOFaultKind kind, std::string_view field, Element value) {
    CCOCOType type = type_of(value);
    const std::string words = words_of(value);
    if (nonfinite_ && type == CCOCO_TYPE_TEXT && is_nonfinite_word(words.data(), words.size())) {
        kind = CCOCO_FAULT_NONFINITE;
        type = CCOCO_TYPE_NONFINITE;
    }
    fault(kind, field, type, words);
}

void RecordReader::fault(CCOCOFaultKind kind, std::string_view field, CCOCOType type, std::string_view found) {
    if (kind == CCOCO_FAULT_NONFINITE) nonfinite_is_told_ = true;
    CCOCOFault fault{};
    fault.kind = kind;
    fault.found_type = type;
    copy_text(fault.field, field);
    copy_text(fault.found, found);
    faults_.push_back(fault);
}

void RecordReader::settle(uint64_t index, const int64_t *id, const int64_t *image_id) {
    if (nonfinite_ && !nonfinite_is_told_) {
        fault(CCOCO_FAULT_NONFINITE, nonfinite_->field, CCOCO_TYPE_NONFINITE, nonfinite_->found);
    }
    for (CCOCOFault &fault : faults_) {
        if (!labels_.count(list_, fault.kind)) continue;
        const Place place = window_.place(window_.mark);
        fault.list = list_;
        fault.index = index;
        fault.has_id = id != nullptr;
        fault.id = id ? *id : 0;
        fault.has_image_id = image_id != nullptr;
        fault.image_id = image_id ? *image_id : 0;
        fault.line = place.line;
        fault.column = place.column;
        labels_.list(fault);
    }
}

} // namespace coco
