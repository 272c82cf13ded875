#include "linux/device.h"

#include <fcntl.h>
#include <linux/falloc.h>
#include <linux/fs.h>
#include <sys/ioctl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>

namespace stillframe::platform {
namespace {

core::Failure Classify(int error) {
  switch (error) {
    case ENODEV:
    case ENXIO:
    case ENOMEDIUM:
    case ESHUTDOWN:
      return core::Failure::kGone;
    // What the block layer reports for medium, target, protection and time-out errors (blk-core.c, blk_errors[]).
    case EIO:
    case ENODATA:
    case EREMOTEIO:
    case EILSEQ:
    case ETIMEDOUT:
    case EBADMSG:
    case EUCLEAN:
      return core::Failure::kMedium;
    default:
      return core::Failure::kOther;
  }
}

core::Transfer FailedTransfer(size_t transferred, int error) {
  return {transferred, Classify(error), ErrnoName(error)};
}

bool NotSupported(int error) {
  return error == EOPNOTSUPP || error == ENOTSUP || error == ENOTTY || error == ENOSYS || error == EINVAL;
}

}  // namespace

std::shared_ptr<Device> Device::Open(const std::string& path, const DeviceOptions& options) {
  std::shared_ptr<Device> device(new Device());
  device->path_ = path;
  const int mode = options.write ? O_RDWR : O_RDONLY;
  // The exclusive claim belongs to this descriptor; the second one may be opened beside it.
  device->buffered_ = OpenDescriptor(path, mode | O_NOCTTY | O_NONBLOCK | (options.exclusive ? O_EXCL : 0));
  if (!device->buffered_) throw ErrnoError(errno, "cannot open " + path);

  struct stat status;
  if (::fstat(device->buffered_.get(), &status) != 0) throw ErrnoError(errno, "cannot examine " + path);
  device->is_block_device_ = S_ISBLK(status.st_mode);
  if (S_ISDIR(status.st_mode)) throw ErrnoError(EISDIR, "cannot use " + path);
  if (!device->is_block_device_ && !S_ISREG(status.st_mode)) {
    throw core::Error("EINVAL", path + " is neither a block device nor a regular file");
  }
  if (device->is_block_device_) {
    int logical = 0;
    unsigned physical = 0;
    int read_only = 0;
    if (::ioctl(device->buffered_.get(), BLKSSZGET, &logical) == 0 && logical > 0) {
      device->logical_sector_bytes_ = static_cast<uint32_t>(logical);
    }
    device->physical_sector_bytes_ = device->logical_sector_bytes_;
    if (::ioctl(device->buffered_.get(), BLKPBSZGET, &physical) == 0 && physical > 0) {
      device->physical_sector_bytes_ = physical;
    }
    device->read_only_ = ::ioctl(device->buffered_.get(), BLKROGET, &read_only) == 0 && read_only != 0;
  } else {
    device->read_only_ = ::access(path.c_str(), W_OK) != 0;
  }
  if (options.direct) {
    // Through /proc, so that both descriptors are the same device even if the path was replaced meanwhile.
    const std::string same = "/proc/self/fd/" + std::to_string(device->buffered_.get());
    device->direct_ = OpenDescriptor(same, mode | O_NOCTTY | O_NONBLOCK | O_DIRECT);
  }
  device->had_size_ = device->CurrentSize() > 0;
  return device;
}

uint64_t Device::CurrentSize() {
  if (is_block_device_) {
    uint64_t size = 0;
    return ::ioctl(buffered_.get(), BLKGETSIZE64, &size) == 0 ? size : 0;
  }
  struct stat status;
  return ::fstat(buffered_.get(), &status) == 0 ? static_cast<uint64_t>(status.st_size) : 0;
}

DeviceFacts Device::Facts() {
  DeviceFacts facts;
  facts.size_bytes = CurrentSize();
  if (is_block_device_ && had_size_ && facts.size_bytes == 0) throw ErrnoError(ENXIO, path_ + " vanished");
  facts.logical_sector_bytes = logical_sector_bytes_;
  facts.physical_sector_bytes = physical_sector_bytes_;
  facts.read_only = read_only_;
  if (int read_only = 0; is_block_device_ && ::ioctl(buffered_.get(), BLKROGET, &read_only) == 0) {
    facts.read_only = read_only != 0;
  }
  facts.is_block_device = is_block_device_;
  facts.direct = static_cast<bool>(direct_);
  return facts;
}

bool Device::GoesDirect(uint64_t offset, const void* memory, size_t length, size_t unit) const {
  return direct_ && offset % unit == 0 && length % unit == 0 && reinterpret_cast<uintptr_t>(memory) % unit == 0;
}

core::Transfer Device::ReadAt(uint64_t offset, core::Bytes out) {
  size_t done = 0;
  // Single sectors are read directly too: through the cache one bad sector would fail its whole page.
  bool direct = GoesDirect(offset, out.data(), out.size(), is_block_device_ ? logical_sector_bytes_ : core::kPageBytes);
  while (done < out.size()) {
    const int fd = direct ? direct_.get() : buffered_.get();
    const ssize_t got = ::pread(fd, out.data() + done, out.size() - done, static_cast<off_t>(offset + done));
    if (got > 0) {
      done += static_cast<size_t>(got);
      // A direct read that stopped inside a sector is continued, or found to be at the end, through the cache.
      if (direct && done % logical_sector_bytes_ != 0) direct = false;
    } else if (got == 0) {
      break;
    } else if (errno == EINVAL && direct) {
      direct = false;
    } else if (errno != EINTR) {
      return FailedTransfer(done, errno);
    }
  }
  return {done, core::Failure::kNone, {}};
}

core::Transfer Device::WriteAt(uint64_t offset, core::ConstBytes bytes) {
  // Whole pages go direct even where the range ends inside a page.
  const size_t write_unit = std::max<size_t>(core::kPageBytes, logical_sector_bytes_);
  const size_t whole = core::AlignDown(bytes.size(), write_unit);
  const bool starts_direct = whole > 0 && GoesDirect(offset, bytes.data(), whole, write_unit);
  bool direct_works = starts_direct;
  size_t done = 0;
  while (done < bytes.size()) {
    const bool direct = direct_works && done < whole && done % write_unit == 0;
    const size_t end = direct || (starts_direct && done < whole) ? whole : bytes.size();
    const ssize_t put = ::pwrite(direct ? direct_.get() : buffered_.get(), bytes.data() + done, end - done,
                                 static_cast<off_t>(offset + done));
    if (put > 0) {
      done += static_cast<size_t>(put);
    } else if (put == 0) {
      return FailedTransfer(done, ENOSPC);
    } else if (errno == EINVAL && direct) {
      direct_works = false;
    } else if (errno != EINTR) {
      return FailedTransfer(done, errno);
    }
  }
  return {done, core::Failure::kNone, {}};
}

void Device::ReadExactly(uint64_t offset, core::Bytes out) {
  if (out.empty()) return;
  // Whole sectors into aligned memory: anything else would go through the cache, and show what was there before.
  const uint64_t start = core::AlignDown(offset, logical_sector_bytes_);
  const uint64_t end = core::AlignUp(offset + out.size(), logical_sector_bytes_);
  const core::AlignedBuffer sectors(end - start);
  const core::Transfer transfer = ReadAt(start, {sectors.data(), static_cast<size_t>(end - start)});
  if (!transfer.ok()) throw core::Error(transfer.code, "cannot read " + path_).At(offset, out.size());
  const size_t before = offset - start;
  if (transfer.transferred < before + out.size()) {
    throw core::Error("EOF_EARLY", path_ + " ends before").At(offset, out.size());
  }
  std::copy_n(sectors.data() + before, out.size(), out.data());
}

bool Device::Discard(uint64_t offset, uint64_t length) {
  if (length == 0) return true;
  int result;
  if (is_block_device_) {
    uint64_t range[2] = {offset, length};
    result = ::ioctl(buffered_.get(), BLKDISCARD, range);
  } else {
    result = ::fallocate(buffered_.get(), FALLOC_FL_PUNCH_HOLE | FALLOC_FL_KEEP_SIZE, static_cast<off_t>(offset),
                         static_cast<off_t>(length));
  }
  if (result == 0) return true;
  const int error = errno;
  if (NotSupported(error)) return false;
  throw ErrnoError(error, "cannot discard on " + path_).At(offset, length);
}

void Device::ZeroOut(uint64_t offset, uint64_t length) {
  if (length == 0) return;
  int result;
  if (is_block_device_) {
    uint64_t range[2] = {offset, length};
    result = ::ioctl(buffered_.get(), BLKZEROOUT, range);
  } else {
    result = ::fallocate(buffered_.get(), FALLOC_FL_ZERO_RANGE, static_cast<off_t>(offset), static_cast<off_t>(length));
  }
  if (result == 0) return;
  const int error = errno;
  if (!NotSupported(error)) throw ErrnoError(error, "cannot zero on " + path_).At(offset, length);
  WriteZeros(offset, length);
}

void Device::WriteZeros(uint64_t offset, uint64_t length) {
  if (const uint64_t size = CurrentSize(); is_block_device_ && (offset > size || length > size - offset)) {
    throw ErrnoError(ENOSPC, "cannot zero beyond the end of " + path_).At(offset, length);
  }
  const core::AlignedBuffer zeros(1 << 20);
  std::fill_n(zeros.data(), zeros.size(), uint8_t{0});
  while (length > 0) {
    const size_t part = static_cast<size_t>(std::min<uint64_t>(length, zeros.size()));
    const core::Transfer transfer = WriteAt(offset, {zeros.data(), part});
    if (!transfer.ok()) throw core::Error(transfer.code, "cannot zero on " + path_).At(offset, part);
    offset += part;
    length -= part;
  }
}

void Device::Flush() {
  if (::fdatasync(buffered_.get()) != 0) throw ErrnoError(errno, "cannot flush " + path_);
  DropCache();
}

void Device::DropCache() {
  // Advice only: pages that somebody has mapped stay, so that what must come from the medium is read directly.
  (void)::posix_fadvise(buffered_.get(), 0, 0, POSIX_FADV_DONTNEED);
}

}  // namespace stillframe::platform
