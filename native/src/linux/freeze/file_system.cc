#include "linux/freeze/file_system.h"

#include <fcntl.h>
#include <linux/btrfs.h>
#include <linux/fs.h>
#include <linux/magic.h>
#include <sys/ioctl.h>
#include <sys/stat.h>
#include <sys/vfs.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>

namespace stillframe::freeze {
namespace {

// An interrupted freeze or thaw has done nothing.
int Control(int fd, unsigned long request) {
  int result;
  do {
    result = ::ioctl(fd, request, 0);
  } while (result != 0 && errno == EINTR);
  return result == 0 ? 0 : errno;
}

}  // namespace

int FileSystem::Open(const char* folder, uint64_t device) {
  fd_ = ::open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  if (fd_ < 0) return errno;
  // The folder may be one of these, by its path in /proc.
  for (int inherited = STDERR_FILENO + 1; inherited < fd_; inherited++) ::close(inherited);
  struct stat status;
  if (::fstat(fd_, &status) != 0) return errno;
  return status.st_dev == device ? 0 : ESTALE;
}

void FileSystem::Flush() const { (void)::syncfs(fd_); }

int FileSystem::WhyNotNow() const {
  struct statfs facts;
  if (::fstatfs(fd_, &facts) != 0 || static_cast<uint64_t>(facts.f_type) != BTRFS_SUPER_MAGIC) return 0;
  static btrfs_ioctl_fs_info_args information;
  static btrfs_ioctl_scrub_args scrub;
  if (::ioctl(fd_, BTRFS_IOC_FS_INFO, &information) != 0) return 0;
  for (uint64_t device = 1; device <= information.max_id; device++) {
    std::memset(&scrub, 0, sizeof scrub);
    scrub.devid = device;
    // ENOTCONN: no scrub of this device; ENODEV: no such device.
    if (::ioctl(fd_, BTRFS_IOC_SCRUB_PROGRESS, &scrub) == 0) return EINPROGRESS;
  }
  return 0;
}

int FileSystem::Freeze() const { return Control(fd_, FIFREEZE); }

int FileSystem::Thaw() const { return Control(fd_, FITHAW); }

void FileSystem::Close() {
  ::close(fd_);
  fd_ = -1;
}

}  // namespace stillframe::freeze
