#include "core/verifier.h"

#include <algorithm>
#include <utility>

#include "core/error_in_flight.h"

namespace stillframe::core {
namespace {

// Bytes read at a time, where ranges are shorter.
constexpr uint64_t kRunBytes = 1 << 20;

}  // namespace

Verifier::Verifier(std::shared_ptr<BlockDevice> device, std::vector<VerifyRange> ranges, unsigned threads,
                   Settled settled)
    : device_(std::move(device)), ranges_(std::move(ranges)), settled_(std::move(settled)), active_(threads) {
  device_->DropCache();
  try {
    for (unsigned i = 0; i < threads; ++i) threads_.emplace_back([this] { RunWorker(); });
  } catch (...) {
    Close();
    throw;
  }
}

void Verifier::RunWorker() {
  std::optional<Error> error;
  try {
    AlignedBuffer buffer;
    Sha256 sha;
    for (Run run; Claim(run);) Verify(run, buffer, sha);
  } catch (...) {
    error = ErrorInFlight();
    stopped_.store(true);
  }
  {
    const std::lock_guard lock(mutex_);
    if (error && !outcome_.error) outcome_.error = std::move(error);
    if (--active_ > 0) return;
    if (!outcome_.error && next_ < ranges_.size()) outcome_.error = CancelledError();
    std::sort(outcome_.different.begin(), outcome_.different.end());
    device_.reset();
  }
  settled_(std::move(outcome_));
}

bool Verifier::Claim(Run& run) {
  const std::lock_guard lock(mutex_);
  if (stopped_.load() || next_ == ranges_.size()) return false;
  run.begin = next_++;
  const uint64_t start = ranges_[run.begin].offset;
  while (next_ < ranges_.size() && ranges_[next_].offset == ranges_[next_ - 1].offset + ranges_[next_ - 1].length &&
         ranges_[next_].offset + ranges_[next_].length - start <= kRunBytes) {
    ++next_;
  }
  run.end = next_;
  return true;
}

void Verifier::Verify(const Run& run, AlignedBuffer& buffer, Sha256& sha) {
  const uint64_t start = ranges_[run.begin].offset;
  const uint64_t end = ranges_[run.end - 1].offset + ranges_[run.end - 1].length;
  // Rounded outwards so that the read goes past the page cache.
  const uint64_t from = AlignDown(start, kPageBytes);
  const size_t length = static_cast<size_t>(AlignUp(end, kPageBytes) - from);
  if (buffer.size() < length) buffer = AlignedBuffer(std::max<size_t>(length, kRunBytes));
  const bool together = [&] {
    const Transfer transfer = device_->ReadAt(from, {buffer.data(), length});
    return transfer.transferred >= end - from;
  }();
  for (size_t i = run.begin; i < run.end; ++i) {
    const VerifyRange& range = ranges_[i];
    uint8_t* const bytes = buffer.data() + (range.offset - from);
    // After a failed common read each range has its own chance.
    const bool readable = together || device_->ReadAt(range.offset, {bytes, range.length}).transferred == range.length;
    if (!readable || sha.Hash({bytes, range.length}) != range.id) {
      const std::lock_guard lock(mutex_);
      outcome_.different.push_back(static_cast<uint32_t>(i));
    }
    verified_.fetch_add(range.length, std::memory_order_relaxed);
  }
}

void Verifier::Close() {
  Cancel();
  for (std::thread& thread : threads_) thread.join();
  threads_.clear();
}

}  // namespace stillframe::core
