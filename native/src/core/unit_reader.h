// Reads units of an image from a device that may have bad sectors or go away.
#ifndef STILLFRAME_CORE_UNIT_READER_H_
#define STILLFRAME_CORE_UNIT_READER_H_

#include <atomic>
#include <mutex>
#include <optional>
#include <vector>

#include "core/block_device.h"
#include "core/error.h"
#include "core/read_plan.h"

namespace stillframe::core {

// Shared by the reader threads of a session.
class UnitReader {
 public:
  // `used_bytes`: all that will be read. `stopped`: looked at between any two reads.
  UnitReader(BlockDevice& device, uint64_t used_bytes, const std::atomic<bool>& stopped);

  // Fills `out` (page-aligned, `unit.length` rounded up to whole pages) with the unit: used bytes from the device, all
  // others zero. What cannot be read is zero and recorded. Throws the error that ends the session: the device is gone
  // (also when it only pretends to be there: every read fails), or a failure that is not about one place.
  void Read(const ReadUnit& unit, Bytes out);

  // What could not be read, merged and sorted.
  std::vector<ByteRange> Unreadable() const;
  uint64_t UnreadableBytes() const { return unreadable_bytes_.load(std::memory_order_relaxed); }

 private:
  // A stretch of a unit read with one request; whole pages.
  void ReadPiece(const ReadUnit& unit, ByteRange piece, uint64_t needed_end, uint8_t* out);
  // Page by page, then sector by sector. Returns the bytes that could be read.
  uint64_t ReadInParts(const ReadUnit& unit, ByteRange piece, uint64_t needed_end, uint8_t* out);
  // True if `part` was read as far as needed; false for a medium error. Throws for all else.
  bool TryRead(ByteRange part, uint64_t needed_end, uint8_t* out);
  void RecordUnreadable(const ReadUnit& unit, ByteRange part);
  void CheckStillAlive(ByteRange failed);

  BlockDevice& device_;
  // A device of which nothing was ever readable is given up after this much.
  const uint64_t dead_bytes_;
  const std::atomic<bool>& stopped_;
  std::atomic<uint64_t> unreadable_bytes_{0};
  mutable std::mutex mutex_;
  std::vector<ByteRange> unreadable_;
  // A page that could be read, for telling a bad stretch from a dead device.
  std::optional<uint64_t> good_page_;
  // Bytes that failed as whole pieces since the start or the last success.
  uint64_t failed_in_a_row_ = 0;
};

}  // namespace stillframe::core

#endif  // STILLFRAME_CORE_UNIT_READER_H_
