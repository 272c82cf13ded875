// An owned file descriptor, and errno as `core::Error`.
#ifndef STILLFRAME_LINUX_FILE_DESCRIPTOR_H_
#define STILLFRAME_LINUX_FILE_DESCRIPTOR_H_

#include <string>
#include <utility>

#include "core/error.h"

namespace stillframe::platform {

// Symbolic name of an errno (`EIO`); `E<number>` for one without a name.
std::string ErrnoName(int error);

// An error whose code is the errno's name and whose message reads "<what>: <text of errno>".
core::Error ErrnoError(int error, const std::string& what);

class FileDescriptor {
 public:
  FileDescriptor() = default;
  explicit FileDescriptor(int fd) : fd_(fd) {}
  FileDescriptor(FileDescriptor&& other) noexcept : fd_(std::exchange(other.fd_, -1)) {}
  FileDescriptor& operator=(FileDescriptor&& other) noexcept {
    std::swap(fd_, other.fd_);
    return *this;
  }
  ~FileDescriptor();

  int get() const { return fd_; }
  explicit operator bool() const { return fd_ >= 0; }

 private:
  int fd_ = -1;
};

// open(2) with O_CLOEXEC, repeated after EINTR; an empty descriptor on failure (errno tells).
FileDescriptor OpenDescriptor(const std::string& path, int flags, unsigned mode = 0);

}  // namespace stillframe::platform

#endif  // STILLFRAME_LINUX_FILE_DESCRIPTOR_H_
