// Packs one parsed record of a list into the flat arrays, and says what is wrong with it.
#pragma once

#include <simdjson.h>

#include "Diagnosis.hpp"
#include "Labels.hpp"
#include "Window.hpp"

namespace coco {

class RecordReader {
  public:
    RecordReader(Labels &labels, const Window &window) : labels_(labels), window_(window) {}

    /// Adds the next record of a list, whatever is wrong with it: the arrays keep the file's places.
    ///
    /// - Parameter nonfinite: Set where the record had to be read with its NaNs as texts; says where the first stood.
    void read(CCOCOList list, uint64_t index, simdjson::dom::element record, const Diagnosis *nonfinite);

  private:
    using Element = simdjson::dom::element;
    using Object = simdjson::dom::object;

    void read_image(const Object &record);
    void read_annotation(const Object &record);
    void read_category(const Object &record);

    /// Marks a field as seen; false where it has been seen before.
    bool first_time(std::string_view field, uint32_t bit);
    bool read_id(std::string_view field, Element value, int64_t &to);
    bool read_number(std::string_view field, Element value, double &to);
    bool read_text(std::string_view field, Element value, bool is_required, CCOCOText &to);
    bool read_box(Element value, double (&to)[4]);
    void read_crowd(Element value, uint8_t &to);

    void fault(CCOCOFaultKind kind, std::string_view field, CCOCOType type, std::string_view found);
    void fault(CCOCOFaultKind kind, std::string_view field, Element value);
    void missing(std::string_view field) { fault(CCOCO_FAULT_MISSING, field, CCOCO_TYPE_MISSING, ""); }

    /// Lists the faults of the record, now that its ids are known.
    void settle(uint64_t index, const int64_t *id, const int64_t *image_id);

    Labels &labels_;
    const Window &window_;
    // Of the record at hand:
    CCOCOList list_ = CCOCO_NO_LIST;
    const Diagnosis *nonfinite_ = nullptr;
    bool nonfinite_is_told_ = false;
    uint32_t seen_ = 0;
    std::vector<CCOCOFault> faults_;
};

} // namespace coco
