#include "Source.hpp"

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include "Failure.hpp"

namespace coco {

FileSource::FileSource(const char *path, uint64_t limit) : descriptor_(open(path, O_RDONLY | O_CLOEXEC)) {
    if (descriptor_ < 0) {
        Failure failure(CCOCO_CANNOT_OPEN);
        failure.value.system_error = errno;
        throw failure;
    }
    struct stat status;
    if (fstat(descriptor_, &status) == 0 && S_ISREG(status.st_mode) && static_cast<uint64_t>(status.st_size) > limit) {
        close(descriptor_);
        Failure failure(CCOCO_FILE_TOO_LARGE);
        failure.value.limit = limit;
        throw failure;
    }
}

FileSource::~FileSource() { close(descriptor_); }

size_t FileSource::read(uint8_t *to, size_t count) {
    for (;;) {
        const ssize_t got = ::read(descriptor_, to, count);
        if (got >= 0) return static_cast<size_t>(got);
        if (errno == EINTR) continue;
        Failure failure(CCOCO_CANNOT_READ);
        failure.value.system_error = errno;
        throw failure;
    }
}

size_t ByteSource::read(uint8_t *to, size_t count) {
    const size_t got = std::min(count, left_);
    if (got > 0) std::memcpy(to, bytes_, got);
    bytes_ += got;
    left_ -= got;
    return got;
}

} // namespace coco
