// What the pipelines need of a device; implemented by the platform, and in memory by the tests.
#ifndef STILLFRAME_CORE_BLOCK_DEVICE_H_
#define STILLFRAME_CORE_BLOCK_DEVICE_H_

#include <cstdint>
#include <string>

#include "core/bytes.h"

namespace stillframe::core {

// What a failed transfer means for the session.
enum class Failure : uint8_t {
  kNone,
  // This place cannot be read or written (EIO and the medium errors); another may.
  kMedium,
  // The device is not there any more (ENODEV, ENXIO, ENOMEDIUM).
  kGone,
  // Anything else: the session must stop.
  kOther,
};

// Result of a transfer. `transferred` is short without a failure only at the end of the device.
struct Transfer {
  size_t transferred = 0;
  Failure failure = Failure::kNone;
  // Errno name of the failure.
  std::string code;

  bool ok() const { return failure == Failure::kNone; }
};

// Positioned reads and writes; callable from any thread at once.
class BlockDevice {
 public:
  virtual ~BlockDevice() = default;

  // Bytes, as the kernel knows them now; 0 if the device vanished.
  virtual uint64_t CurrentSize() = 0;
  // Smallest unit that can fail on its own, bytes.
  virtual uint32_t SectorBytes() const = 0;
  // Fast when offset, length and memory are multiples of `kPageBytes`; correct for all others.
  virtual Transfer ReadAt(uint64_t offset, Bytes out) = 0;
  // The same. Whole pages and parts of pages may be written at once by several threads without hurting each other.
  virtual Transfer WriteAt(uint64_t offset, ConstBytes bytes) = 0;
  // Makes later reads come from the medium as far as the platform can.
  virtual void DropCache() = 0;
};

}  // namespace stillframe::core

#endif  // STILLFRAME_CORE_BLOCK_DEVICE_H_
