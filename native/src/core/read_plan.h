// Which stretches of an image are read, in which order.
#ifndef STILLFRAME_CORE_READ_PLAN_H_
#define STILLFRAME_CORE_READ_PLAN_H_

#include <vector>

#include "core/error.h"

namespace stillframe::core {

// A run of whole grid blocks that is read and sealed at once; at least one byte of it is used.
struct ReadUnit {
  uint64_t offset = 0;
  // Bytes; the image's last unit may be short.
  uint64_t length = 0;
  // Used parts within the unit, absolute, sorted and disjoint.
  std::vector<ByteRange> used;
};

// Walks the image once from start to end.
class ReadPlan {
 public:
  // `extents`: sorted, disjoint, within `size`. `unit_bytes`: a multiple of the grid.
  ReadPlan(uint64_t size, std::vector<ByteRange> extents, uint64_t unit_bytes);

  // Puts the next unit into `unit` (whose memory is reused); false at the end. `free` becomes the run of wholly free
  // units that was passed over on the way (may be empty).
  bool Next(ReadUnit& unit, ByteRange& free);

 private:
  const uint64_t size_;
  const std::vector<ByteRange> extents_;
  const uint64_t unit_bytes_;
  uint64_t position_ = 0;
  // First extent that ends after `position_`.
  size_t extent_ = 0;
};

}  // namespace stillframe::core

#endif  // STILLFRAME_CORE_READ_PLAN_H_
