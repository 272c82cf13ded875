#include "core/read_plan.h"

#include <algorithm>
#include <utility>

#include "core/bytes.h"

namespace stillframe::core {

ReadPlan::ReadPlan(uint64_t size, std::vector<ByteRange> extents, uint64_t unit_bytes)
    : size_(size), extents_(std::move(extents)), unit_bytes_(unit_bytes) {}

bool ReadPlan::Next(ReadUnit& unit, ByteRange& free) {
  const uint64_t start =
      extent_ < extents_.size() ? std::max(position_, AlignDown(extents_[extent_].offset, unit_bytes_)) : size_;
  free = {position_, start - position_};
  position_ = start;
  if (start == size_) return false;
  unit.offset = start;
  unit.length = std::min(unit_bytes_, size_ - start);
  unit.used.clear();
  const uint64_t end = start + unit.length;
  for (; extent_ < extents_.size() && extents_[extent_].offset < end; ++extent_) {
    const ByteRange& extent = extents_[extent_];
    const uint64_t from = std::max(extent.offset, start);
    const uint64_t to = std::min(extent.offset + extent.length, end);
    unit.used.push_back({from, to - from});
    if (extent.offset + extent.length > end) break;
  }
  position_ = end;
  return true;
}

}  // namespace stillframe::core
