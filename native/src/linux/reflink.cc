#include "linux/reflink.h"

#include <fcntl.h>
#include <linux/fiemap.h>
#include <linux/fs.h>
#include <sys/ioctl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>

#include "linux/file_descriptor.h"

namespace stillframe::platform {
namespace {

// A multiple of every block size; shorter files are cloned whole.
constexpr uint64_t kProbeBytes = 1 << 20;
// Extents asked for at once.
constexpr uint32_t kPageExtents = 2048;

FileDescriptor OpenSource(const std::string& path, uint64_t& size) {
  // Without O_NONBLOCK a pipe of that name would be waited for.
  FileDescriptor file = OpenDescriptor(path, O_RDONLY | O_NONBLOCK | O_NOCTTY);
  if (!file) throw ErrnoError(errno, "cannot open " + path);
  struct stat status;
  if (::fstat(file.get(), &status) != 0) throw ErrnoError(errno, "cannot examine " + path);
  if (!S_ISREG(status.st_mode)) throw core::Error("EINVAL", path + " is not a regular file");
  size = static_cast<uint64_t>(status.st_size);
  return file;
}

// btrfs clones only between files that both have checksums or both have none (`chattr +C`); an empty file can be
// changed.
void LikenFlags(const FileDescriptor& source, const FileDescriptor& target) {
  int flags = 0;
  if (::ioctl(source.get(), FS_IOC_GETFLAGS, &flags) != 0 || (flags & FS_NOCOW_FL) == 0) return;
  int own = 0;
  if (::ioctl(target.get(), FS_IOC_GETFLAGS, &own) != 0 || (own & FS_NOCOW_FL) != 0) return;
  own |= FS_NOCOW_FL;
  // Where this fails the clone fails, and says why.
  (void)::ioctl(target.get(), FS_IOC_SETFLAGS, &own);
}

}  // namespace

void CloneFile(const std::string& source, const std::string& target) {
  uint64_t size = 0;
  const FileDescriptor from = OpenSource(source, size);
  const FileDescriptor to = OpenDescriptor(target, O_RDWR | O_CREAT | O_EXCL | O_NOFOLLOW, 0600);
  if (!to) throw ErrnoError(errno, "cannot create " + target);
  LikenFlags(from, to);
  int result;
  do {
    result = ::ioctl(to.get(), FICLONE, from.get());
  } while (result != 0 && errno == EINTR);
  if (result == 0) return;
  const int error = errno;
  ::unlink(target.c_str());
  throw ErrnoError(error, "cannot clone " + source);
}

void ProbeClone(const std::string& source, const std::string& folder) {
  uint64_t size = 0;
  const FileDescriptor from = OpenSource(source, size);
  const FileDescriptor to = OpenDescriptor(folder, O_RDWR | O_TMPFILE, 0600);
  if (!to) throw ErrnoError(errno, "cannot make a file in " + folder);
  LikenFlags(from, to);
  file_clone_range range{};
  range.src_fd = from.get();
  // 0: up to the end.
  range.src_length = size > kProbeBytes ? kProbeBytes : 0;
  if (::ioctl(to.get(), FICLONERANGE, &range) != 0) throw ErrnoError(errno, "cannot clone " + source);
}

std::vector<double> FileExtents(const std::string& path, size_t most) {
  uint64_t size = 0;
  const FileDescriptor file = OpenSource(path, size);
  std::vector<uint64_t> page((sizeof(fiemap) + kPageExtents * sizeof(fiemap_extent)) / sizeof(uint64_t) + 1);
  std::vector<double> rows;
  uint64_t start = 0;
  while (start < size) {
    auto* map = reinterpret_cast<fiemap*>(page.data());
    std::memset(map, 0, sizeof *map);
    map->fm_start = start;
    map->fm_length = FIEMAP_MAX_OFFSET - start;
    map->fm_flags = FIEMAP_FLAG_SYNC;
    map->fm_extent_count = kPageExtents;
    if (::ioctl(file.get(), FS_IOC_FIEMAP, map) != 0) {
      if (errno == EINTR) continue;
      throw ErrnoError(errno, "cannot list the extents of " + path);
    }
    if (map->fm_mapped_extents == 0) break;
    if (rows.size() / 4 + map->fm_mapped_extents > most) throw core::Error("E2BIG", path + " has too many extents");
    bool last = false;
    for (uint32_t i = 0; i < map->fm_mapped_extents; i++) {
      const fiemap_extent& extent = map->fm_extents[i];
      for (const uint64_t value : {extent.fe_logical, extent.fe_physical, extent.fe_length}) {
        rows.push_back(static_cast<double>(value));
      }
      rows.push_back(extent.fe_flags);
      start = extent.fe_logical + extent.fe_length;
      last = (extent.fe_flags & FIEMAP_EXTENT_LAST) != 0;
    }
    if (last) break;
  }
  return rows;
}

}  // namespace stillframe::platform
