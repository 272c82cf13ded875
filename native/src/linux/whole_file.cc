#include "linux/whole_file.h"

#include <fcntl.h>
#include <linux/fs.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>

#include "linux/file_descriptor.h"

namespace stillframe::platform {
namespace {

constexpr size_t kBounceBytes = 2 << 20;

void WriteAll(int fd, const uint8_t* bytes, size_t length, uint64_t offset, const std::string& path) {
  while (length > 0) {
    const ssize_t put = ::pwrite(fd, bytes, length, static_cast<off_t>(offset));
    if (put < 0 && errno == EINTR) continue;
    if (put <= 0) throw ErrnoError(put == 0 ? ENOSPC : errno, "cannot write " + path).At(offset, length);
    bytes += put;
    length -= static_cast<size_t>(put);
    offset += static_cast<uint64_t>(put);
  }
}

// Writes whole pages past the page cache, and returns how many bytes that were; 0 where O_DIRECT is refused.
size_t WriteDirect(const FileDescriptor& file, core::ConstBytes bytes, const std::string& path) {
  const size_t whole = core::AlignDown(bytes.size(), core::kPageBytes);
  const int flags = ::fcntl(file.get(), F_GETFL);
  if (whole < kBounceBytes / 2 || flags < 0 || ::fcntl(file.get(), F_SETFL, flags | O_DIRECT) != 0) return 0;
  const bool aligned = reinterpret_cast<uintptr_t>(bytes.data()) % core::kPageBytes == 0;
  const core::AlignedBuffer bounce(aligned ? 0 : kBounceBytes);
  size_t done = 0;
  while (done < whole) {
    const size_t part = std::min(kBounceBytes, whole - done);
    const uint8_t* from = bytes.data() + done;
    if (!aligned) {
      std::memcpy(bounce.data(), from, part);
      from = bounce.data();
    }
    const ssize_t put = ::pwrite(file.get(), from, part, static_cast<off_t>(done));
    if (put < 0 && errno == EINTR) continue;
    if (put < 0 && errno == EINVAL) break;
    if (put <= 0) throw ErrnoError(put == 0 ? ENOSPC : errno, "cannot write " + path).At(done, part);
    done += static_cast<size_t>(put);
    if (done % core::kPageBytes != 0) break;
  }
  if (::fcntl(file.get(), F_SETFL, flags) != 0) throw ErrnoError(errno, "cannot leave O_DIRECT on " + path);
  return done;
}

}  // namespace

void WriteNewFile(const std::string& path, core::ConstBytes bytes) {
  const FileDescriptor file = OpenDescriptor(path, O_WRONLY | O_CREAT | O_EXCL, 0600);
  if (!file) throw ErrnoError(errno, "cannot create " + path);
  try {
    // Reserving first tells of a full disk before anything is written; not every file system can.
    if (!bytes.empty() && ::fallocate(file.get(), 0, 0, static_cast<off_t>(bytes.size())) != 0 &&
        (errno == ENOSPC || errno == EDQUOT || errno == EFBIG)) {
      throw ErrnoError(errno, "cannot write " + path).At(0, bytes.size());
    }
    const size_t direct = WriteDirect(file, bytes, path);
    WriteAll(file.get(), bytes.data() + direct, bytes.size() - direct, direct, path);
    if (::fdatasync(file.get()) != 0) throw ErrnoError(errno, "cannot flush " + path);
  } catch (...) {
    ::unlink(path.c_str());
    throw;
  }
}

void ReadFileRange(const std::string& path, uint64_t offset, core::Bytes out) {
  const FileDescriptor file = OpenDescriptor(path, O_RDONLY);
  if (!file) throw ErrnoError(errno, "cannot open " + path);
  size_t done = 0;
  while (done < out.size()) {
    const ssize_t got = ::pread(file.get(), out.data() + done, out.size() - done, static_cast<off_t>(offset + done));
    if (got < 0 && errno == EINTR) continue;
    if (got < 0) throw ErrnoError(errno, "cannot read " + path).At(offset + done, out.size() - done);
    if (got == 0) {
      throw core::Error("EOF_EARLY", path + " is shorter than the range asked for").At(offset, out.size());
    }
    done += static_cast<size_t>(got);
  }
}

void Thaw(const std::string& mount_point) {
  const FileDescriptor directory = OpenDescriptor(mount_point, O_RDONLY | O_DIRECTORY);
  if (!directory) throw ErrnoError(errno, "cannot open " + mount_point);
  if (::ioctl(directory.get(), FITHAW, 0) != 0) throw ErrnoError(errno, "cannot thaw " + mount_point);
}

}  // namespace stillframe::platform
