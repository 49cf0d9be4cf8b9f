// Reads the outermost object of a label file: finds its lists, in whatever order they stand, and hands their records
// on.
#pragma once

#include <string>

#include <simdjson.h>

#include "RecordReader.hpp"
#include "Scanner.hpp"

namespace coco {

class FileReader {
  public:
    FileReader(Source &source, const CCOCOLimits &limits, Labels &labels);

    /// Reads to the end of the file; throws a Failure where that is impossible.
    void read();

  private:
    int first_byte();
    void read_members();
    std::string read_key();
    void read_value(const std::string &key);
    void read_list(CCOCOList list);
    void read_record(CCOCOList list, uint64_t index);

    /// Parses the value that the scanner has cut; throws if it is not JSON and that is not for NaNs alone.
    void parse(CCOCOList list, uint64_t index);
    simdjson::error_code parse_bytes(const uint8_t *bytes, size_t count);
    [[noreturn]] void refuse(const Diagnosis &diagnosis, CCOCOList list, uint64_t index);

    const CCOCOLimits &limits_;
    Labels &labels_;
    Window window_;
    Scanner scanner_;
    RecordReader records_;
    simdjson::dom::parser parser_;
    // Of the value parsed last:
    simdjson::dom::element value_;
    Diagnosis nonfinite_;
    bool has_nonfinite_ = false;
};

} // namespace coco
