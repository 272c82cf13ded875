// An open block device or regular file.
#ifndef STILLFRAME_LINUX_DEVICE_H_
#define STILLFRAME_LINUX_DEVICE_H_

#include <memory>
#include <string>

#include "core/block_device.h"
#include "linux/file_descriptor.h"

namespace stillframe::platform {

struct DeviceOptions {
  bool write = false;
  // O_EXCL: EBUSY while a block device is mounted or claimed.
  bool exclusive = false;
  // Try O_DIRECT.
  bool direct = true;
};

struct DeviceFacts {
  uint64_t size_bytes = 0;
  uint32_t logical_sector_bytes = 512;
  uint32_t physical_sector_bytes = 4096;
  bool read_only = false;
  bool is_block_device = false;
  bool direct = false;
};

// Two descriptors of one open device: O_DIRECT for whole pages, buffered for parts of pages. A page is only ever
// written through one of them at a time, because callers' ranges are disjoint and whole pages always go direct;
// so a stale cached page cannot be written over a direct write. Descriptors close with the last reference, so a
// session that still runs keeps its device open whatever JavaScript does.
class Device final : public core::BlockDevice {
 public:
  // Throws errno errors; `EISDIR`/`EINVAL` for what is neither a block device nor a regular file.
  static std::shared_ptr<Device> Open(const std::string& path, const DeviceOptions& options);

  // Asks the kernel anew. Throws `ENXIO` if the device vanished.
  DeviceFacts Facts();
  // Fills `out`, past the page cache where O_DIRECT works. Throws errno errors, `EOF_EARLY` at the end of the device.
  void ReadExactly(uint64_t offset, core::Bytes out);
  // False where the device or file system does not support it.
  bool Discard(uint64_t offset, uint64_t length);
  void ZeroOut(uint64_t offset, uint64_t length);
  // fdatasync, then drops cached pages.
  void Flush();

  uint64_t CurrentSize() override;
  uint32_t SectorBytes() const override { return logical_sector_bytes_; }
  core::Transfer ReadAt(uint64_t offset, core::Bytes out) override;
  core::Transfer WriteAt(uint64_t offset, core::ConstBytes bytes) override;
  void DropCache() override;

 private:
  Device() = default;
  bool GoesDirect(uint64_t offset, const void* memory, size_t length, size_t unit) const;
  void WriteZeros(uint64_t offset, uint64_t length);

  std::string path_;
  FileDescriptor buffered_;
  FileDescriptor direct_;
  bool is_block_device_ = false;
  bool read_only_ = false;
  uint32_t logical_sector_bytes_ = 512;
  uint32_t physical_sector_bytes_ = 4096;
  bool had_size_ = false;
};

}  // namespace stillframe::platform

#endif  // STILLFRAME_LINUX_DEVICE_H_
