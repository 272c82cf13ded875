#include "linux/file_descriptor.h"

#include <fcntl.h>
#include <string.h>
#include <unistd.h>

#include <cerrno>

namespace stillframe::platform {

std::string ErrnoName(int error) {
  const char* name = strerrorname_np(error);
  return name ? std::string(name) : std::string("E").append(std::to_string(error));
}

core::Error ErrnoError(int error, const std::string& what) {
  const char* text = strerrordesc_np(error);
  return core::Error(ErrnoName(error), what + ": " + (text ? text : "unknown error"));
}

FileDescriptor::~FileDescriptor() {
  if (fd_ >= 0) ::close(fd_);
}

FileDescriptor OpenDescriptor(const std::string& path, int flags, unsigned mode) {
  int fd;
  do {
    fd = ::open(path.c_str(), flags | O_CLOEXEC, mode);
  } while (fd < 0 && errno == EINTR);
  return FileDescriptor(fd);
}

}  // namespace stillframe::platform
