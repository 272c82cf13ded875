// A block device in memory with the faults of real ones.
#ifndef STILLFRAME_TEST_CORE_MEMORY_DEVICE_H_
#define STILLFRAME_TEST_CORE_MEMORY_DEVICE_H_

#include <atomic>
#include <cstring>
#include <limits>
#include <mutex>
#include <random>
#include <set>
#include <vector>

#include "core/block_device.h"

namespace stillframe::test {

class MemoryDevice final : public core::BlockDevice {
 public:
  static constexpr uint64_t kSector = 512;

  explicit MemoryDevice(std::vector<uint8_t> content) : bytes(std::move(content)) {}

  std::vector<uint8_t> bytes;
  // Numbers of sectors that fail with EIO.
  std::set<uint64_t> bad_sectors;
  // After this many transfers: `gone_code` is what they fail with; EIO with `size_survives` is a disk that only
  // pretends to be there.
  std::atomic<int64_t> transfers_left = std::numeric_limits<int64_t>::max();
  std::string gone_code = "ENODEV";
  bool size_survives = false;
  std::atomic<uint64_t> transfers{0};

  uint64_t CurrentSize() override { return transfers_left.load() <= 0 && !size_survives ? 0 : bytes.size(); }
  uint32_t SectorBytes() const override { return kSector; }

  core::Transfer ReadAt(uint64_t offset, core::Bytes out) override {
    core::Transfer fault;
    if (Faulty(offset, out.size(), fault)) return fault;
    const size_t length = offset >= bytes.size() ? 0 : std::min<size_t>(out.size(), bytes.size() - offset);
    if (length > 0) std::memcpy(out.data(), bytes.data() + offset, length);
    return {length, core::Failure::kNone, {}};
  }

  core::Transfer WriteAt(uint64_t offset, core::ConstBytes in) override {
    core::Transfer fault;
    if (Faulty(offset, in.size(), fault)) return fault;
    if (offset > bytes.size() || in.size() > bytes.size() - offset) return {0, core::Failure::kOther, "ENOSPC"};
    // A kernel takes overlapping writes in some order; so does this.
    const std::lock_guard lock(writing_);
    std::memcpy(bytes.data() + offset, in.data(), in.size());
    return {in.size(), core::Failure::kNone, {}};
  }

  void DropCache() override {}

 private:
  std::mutex writing_;

  bool Faulty(uint64_t offset, size_t length, core::Transfer& fault) {
    ++transfers;
    if (transfers_left.fetch_sub(1) <= 0) {
      fault = {0, gone_code == "EIO" ? core::Failure::kMedium : core::Failure::kGone, gone_code};
      return true;
    }
    const auto bad = bad_sectors.lower_bound(offset / kSector);
    if (bad == bad_sectors.end() || *bad * kSector >= offset + length) return false;
    fault = {0, core::Failure::kMedium, "EIO"};
    return true;
  }
};

// Per block of `block` bytes in turn: random, text, zero, a copy of an earlier block.
inline std::vector<uint8_t> MixedBytes(size_t size, size_t block, uint32_t seed) {
  std::mt19937_64 random(seed);
  std::vector<uint8_t> bytes(size);
  for (size_t start = 0; start < size; start += block) {
    const size_t length = std::min(block, size - start);
    switch (start / block % 4) {
      case 0:
        for (size_t i = 0; i < length; ++i) bytes[start + i] = static_cast<uint8_t>(random());
        break;
      case 1: {
        const uint64_t word = random();
        for (size_t i = 0; i < length; ++i) bytes[start + i] = static_cast<uint8_t>(word >> (8 * (i % 8)));
        break;
      }
      case 3:
        std::memcpy(bytes.data() + start, bytes.data() + start - 2 * block, length);
        break;
      default:
        break;
    }
  }
  return bytes;
}

}  // namespace stillframe::test

#endif  // STILLFRAME_TEST_CORE_MEMORY_DEVICE_H_
