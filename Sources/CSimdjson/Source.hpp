// Where the bytes of a label file come from.
#pragma once

#include <cstddef>
#include <cstdint>

namespace coco {

class Source {
  public:
    virtual ~Source() = default;
    /// Writes up to `count` bytes to `to` and answers how many; 0 at the end.
    virtual size_t read(uint8_t *to, size_t count) = 0;
};

/// A file that this object opens and closes. Bytes are read, not mapped: a mapped file that another program cuts short
/// ends the process.
class FileSource final : public Source {
  public:
    /// Throws a Failure if it cannot be opened or is larger than `limit` bytes.
    FileSource(const char *path, uint64_t limit);
    ~FileSource() override;
    FileSource(const FileSource &) = delete;
    FileSource &operator=(const FileSource &) = delete;

    size_t read(uint8_t *to, size_t count) override;

  private:
    int descriptor_;
};

/// Bytes in memory, which it borrows.
class ByteSource final : public Source {
  public:
    ByteSource(const uint8_t *bytes, size_t count) : bytes_(bytes), left_(count) {}

    size_t read(uint8_t *to, size_t count) override;

  private:
    const uint8_t *bytes_;
    size_t left_;
};

} // namespace coco
