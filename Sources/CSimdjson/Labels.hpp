// What has been read so far: flat arrays, one arena of texts and the faults.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "Failure.hpp"

namespace coco {

/// The storage behind the labels that a caller is given.
class Labels {
  public:
    explicit Labels(uint32_t examples) : examples_(examples) {}

    std::vector<CCOCOImage> images;
    std::vector<CCOCOAnnotation> annotations;
    std::vector<CCOCOCategory> categories;
    uint8_t has_list[3] = {};
    uint64_t byte_count = 0;

    /// Copies a text into the arena.
    CCOCOText keep(std::string_view text) {
        const CCOCOText kept{text_.size(), static_cast<uint32_t>(text.size())};
        text_.append(text);
        return kept;
    }

    /// Counts a fault; true if it is among the first of its kind in its list and is to be listed too.
    bool count(CCOCOList list, CCOCOFaultKind kind) { return totals_[list][kind]++ < examples_; }

    void list(const CCOCOFault &fault) { faults_.push_back(fault); }

    /// Gives back what growing reserved, and points the caller's view at everything.
    const CCOCOLabels &view();

  private:
    uint32_t examples_;
    std::string text_;
    std::vector<CCOCOFault> faults_;
    uint64_t totals_[3][CCOCO_FAULT_KINDS] = {};
    CCOCOLabels view_{};
};

} // namespace coco
