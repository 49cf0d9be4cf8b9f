#include "Labels.hpp"

namespace coco {

const CCOCOLabels &Labels::view() {
    view_.images = images.data();
    view_.annotations = annotations.data();
    view_.categories = categories.data();
    view_.image_count = images.size();
    view_.annotation_count = annotations.size();
    view_.category_count = categories.size();
    view_.text = text_.data();
    view_.faults = faults_.data();
    view_.fault_count = faults_.size();
    std::memcpy(view_.fault_totals, totals_, sizeof totals_);
    std::memcpy(view_.has_list, has_list, sizeof has_list);
    view_.byte_count = byte_count;
    return view_;
}

} // namespace coco
