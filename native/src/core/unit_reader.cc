#include "core/unit_reader.h"

#include <algorithm>
#include <cstring>
#include <string>

namespace stillframe::core {
namespace {

// Free gaps up to this size are read with their neighbours: cheaper than another request.
constexpr uint64_t kGapBytes = 32 << 10;

constexpr uint64_t kMaxDeadBytes = 64 << 20;

Error GoneError(const std::string& why) { return Error("ENXIO", "the device is gone: " + why); }

}  // namespace

UnitReader::UnitReader(BlockDevice& device, uint64_t used_bytes, const std::atomic<bool>& stopped)
    : device_(device), dead_bytes_(std::min(kMaxDeadBytes, used_bytes)), stopped_(stopped) {}

void UnitReader::Read(const ReadUnit& unit, Bytes out) {
  uint64_t zeroed_to = unit.offset;
  const auto zero_until = [&](uint64_t end) {
    if (end > zeroed_to) std::memset(out.data() + (zeroed_to - unit.offset), 0, end - zeroed_to);
  };
  size_t first = 0;
  while (first < unit.used.size()) {
    size_t last = first;
    const auto end_of = [&](size_t i) { return unit.used[i].offset + unit.used[i].length; };
    while (last + 1 < unit.used.size() && unit.used[last + 1].offset - end_of(last) <= kGapBytes) ++last;
    // Units start on whole pages, so rounding outwards never leaves the buffer; but a piece must not overwrite the one
    // before it, which it cannot: the gap between them is larger than a page.
    const uint64_t start = AlignDown(unit.used[first].offset, kPageBytes);
    const uint64_t end = AlignUp(end_of(last), kPageBytes);
    ReadPiece(unit, {start, end - start}, end_of(last), out.data() + (start - unit.offset));
    first = last + 1;
  }
  for (const ByteRange& used : unit.used) {
    zero_until(used.offset);
    zeroed_to = used.offset + used.length;
  }
  zero_until(unit.offset + unit.length);
}

void UnitReader::ReadPiece(const ReadUnit& unit, ByteRange piece, uint64_t needed_end, uint8_t* out) {
  for (int attempt = 0; attempt < 2; ++attempt) {
    if (stopped_.load(std::memory_order_relaxed)) return;
    if (TryRead(piece, needed_end, out)) {
      const std::lock_guard lock(mutex_);
      good_page_ = piece.offset;
      failed_in_a_row_ = 0;
      return;
    }
  }
  if (ReadInParts(unit, piece, needed_end, out) == 0) CheckStillAlive(piece);
}

uint64_t UnitReader::ReadInParts(const ReadUnit& unit, ByteRange piece, uint64_t needed_end, uint8_t* out) {
  const uint64_t sector = std::min<uint64_t>(device_.SectorBytes(), kPageBytes);
  uint64_t read = 0;
  for (uint64_t page = 0; page < piece.length; page += kPageBytes) {
    if (stopped_.load(std::memory_order_relaxed)) return read;
    if (TryRead({piece.offset + page, kPageBytes}, needed_end, out + page)) {
      read += kPageBytes;
      continue;
    }
    for (uint64_t at = page; at < page + kPageBytes; at += sector) {
      const ByteRange part{piece.offset + at, sector};
      if (part.offset >= needed_end || stopped_.load(std::memory_order_relaxed)) break;
      if (sector < kPageBytes && TryRead(part, needed_end, out + at)) {
        read += sector;
      } else {
        std::memset(out + at, 0, sector);
        RecordUnreadable(unit, part);
      }
    }
  }
  return read;
}

bool UnitReader::TryRead(ByteRange part, uint64_t needed_end, uint8_t* out) {
  const Transfer transfer = device_.ReadAt(part.offset, {out, part.length});
  const uint64_t needed = std::min(part.length, needed_end > part.offset ? needed_end - part.offset : 0);
  if (transfer.transferred >= needed) return true;
  if (transfer.ok()) {
    throw GoneError("it ends at byte " + std::to_string(part.offset + transfer.transferred))
        .At(part.offset, part.length);
  }
  if (transfer.failure != Failure::kMedium) {
    throw Error(transfer.code, "cannot read the device").At(part.offset, part.length);
  }
  // A removed disk answers EIO too, but its size is gone.
  if (const uint64_t size = device_.CurrentSize(); size < std::min(part.offset + part.length, needed_end)) {
    throw GoneError("its size is " + std::to_string(size) + " bytes now").At(part.offset, part.length);
  }
  return false;
}

void UnitReader::RecordUnreadable(const ReadUnit& unit, ByteRange part) {
  const std::lock_guard lock(mutex_);
  for (const ByteRange& used : unit.used) {
    const uint64_t from = std::max(used.offset, part.offset);
    const uint64_t to = std::min(used.offset + used.length, part.offset + part.length);
    if (from >= to) continue;
    unreadable_bytes_.fetch_add(to - from, std::memory_order_relaxed);
    if (!unreadable_.empty() && unreadable_.back().offset + unreadable_.back().length == from) {
      unreadable_.back().length += to - from;
    } else {
      unreadable_.push_back({from, to - from});
    }
  }
}

void UnitReader::CheckStillAlive(ByteRange failed) {
  std::optional<uint64_t> good;
  uint64_t failed_bytes;
  {
    const std::lock_guard lock(mutex_);
    good = good_page_;
    failed_bytes = failed_in_a_row_ += failed.length;
  }
  if (stopped_.load(std::memory_order_relaxed)) return;
  if (good) {
    const AlignedBuffer page(kPageBytes);
    const Transfer transfer = device_.ReadAt(*good, {page.data(), page.size()});
    if (!transfer.ok()) {
      throw GoneError("what could be read before now fails with " + transfer.code).At(failed.offset, failed.length);
    }
  } else if (failed_bytes >= dead_bytes_) {
    throw GoneError("no read ever succeeded").At(failed.offset, failed.length);
  }
}

std::vector<ByteRange> UnitReader::Unreadable() const {
  std::vector<ByteRange> sorted;
  {
    const std::lock_guard lock(mutex_);
    sorted = unreadable_;
  }
  std::sort(sorted.begin(), sorted.end(), [](const auto& a, const auto& b) { return a.offset < b.offset; });
  std::vector<ByteRange> merged;
  for (const ByteRange& range : sorted) {
    if (!merged.empty() && merged.back().offset + merged.back().length == range.offset) {
      merged.back().length += range.length;
    } else {
      merged.push_back(range);
    }
  }
  return merged;
}

}  // namespace stillframe::core
