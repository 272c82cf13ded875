#include "core/sealer.h"

#include <algorithm>
#include <exception>
#include <optional>
#include <utility>

#include "core/blob_codec.h"
#include "core/error_in_flight.h"
#include "core/zero_test.h"

namespace stillframe::core {
namespace {

// Large requests keep the device fast, and several slots in flight keep it busy; the ring's memory is bounded.
constexpr uint64_t kUnitBytes = 1 << 20;
constexpr uint64_t kRingBytes = 32 << 20;
constexpr uint64_t kMinSlots = 4;

constexpr auto kRelaxed = std::memory_order_relaxed;

uint64_t UsedBytes(const std::vector<ByteRange>& extents) {
  uint64_t bytes = 0;
  for (const ByteRange& extent : extents) bytes += extent.length;
  return bytes;
}

}  // namespace

// What a worker thread has for itself.
class Sealer::Worker {
 public:
  explicit Worker(Sealer& sealer)
      : sealer_(sealer), cipher_(sealer.config_.key), encoder_(sealer.config_.zstd_level, sealer.config_.grid) {
    if (sealer.config_.self_check) {
      decoder_.emplace(sealer.config_.key);
      check_.resize(sealer.config_.grid);
    }
  }

  PackQueue::Tools tools() { return {cipher_, sha_}; }

  void SettleUnit(const Slot& slot) {
    const uint64_t grid = sealer_.config_.grid;
    size_t used_index = 0;
    for (uint64_t at = 0; at < slot.unit.length; at += grid) {
      if (sealer_.stopped_.load(kRelaxed)) return;
      const uint64_t offset = slot.unit.offset + at;
      const uint64_t length = std::min(grid, slot.unit.length - at);
      const uint64_t used = UsedBytes(slot.unit, offset, length, used_index);
      SettleBlock(offset / grid, {slot.buffer.data() + at, length}, used);
    }
  }

  // Sees to it that the zero blob is in the repository.
  void EnsureZeroBlob(ZeroBlob& zero) {
    if (zero.settled.exchange(true)) return;
    if (sealer_.config_.known.Contains(zero.id) || !sealer_.sealed_.Insert(zero.id)) return;
    const std::vector<uint8_t> zeros(zero.length);
    Seal(zero.id, zeros);
  }

 private:
  // Bytes of `unit.used` within a block; blocks are asked for in order.
  static uint64_t UsedBytes(const ReadUnit& unit, uint64_t offset, uint64_t length, size_t& index) {
    uint64_t bytes = 0;
    for (; index < unit.used.size(); ++index) {
      const ByteRange& used = unit.used[index];
      const uint64_t from = std::max(used.offset, offset);
      const uint64_t to = std::min(used.offset + used.length, offset + length);
      if (from < to) bytes += to - from;
      if (used.offset + used.length > offset + length) break;
    }
    return bytes;
  }

  void SettleBlock(uint64_t block, ConstBytes plain, uint64_t used) {
    std::atomic<uint64_t>* counter = &sealer_.deduplicated_;
    BlockOutcome outcome = BlockOutcome::kDeduplicated;
    if (used == 0 || IsZero(plain)) {
      ZeroBlob& zero = sealer_.ZeroBlobOf(plain.size());
      EnsureZeroBlob(zero);
      sealer_.content_[block] = zero.id;
      counter = &sealer_.zero_;
      outcome = used == 0 ? BlockOutcome::kNone : BlockOutcome::kZero;
    } else {
      const Id id = sha_.Hash(plain);
      sealer_.content_[block] = id;
      if (!sealer_.config_.known.Contains(id) && sealer_.sealed_.Insert(id)) {
        if (!Seal(id, plain)) return;
        counter = &sealer_.changed_;
        outcome = BlockOutcome::kStored;
      }
    }
    sealer_.outcomes_[block].store(outcome, kRelaxed);
    counter->fetch_add(used, kRelaxed);
    sealer_.free_bytes_.fetch_add(plain.size() - used, kRelaxed);
  }

  // False if the session stopped meanwhile.
  bool Seal(const Id& id, ConstBytes plain) {
    const Payload payload = encoder_.Encode(plain);
    const auto length = static_cast<uint32_t>(payload.bytes.size() + kSealOverheadBytes);
    const auto place = sealer_.packs_.Reserve({id, 0, length, payload.uncompressed_length}, tools());
    if (!place) return false;
    std::exception_ptr failure;
    try {
      cipher_.Seal(payload.bytes, place->at);
      if (decoder_) SelfCheck(id, {place->at, length}, payload.uncompressed_length, plain.size());
    } catch (...) {
      // The pack must not be finished with this blob in it: abort before giving the space back.
      failure = std::current_exception();
      sealer_.Fail(ErrorInFlight());
    }
    sealer_.packs_.Commit(*place, tools());
    if (failure) std::rethrow_exception(failure);
    sealer_.stored_.fetch_add(length, kRelaxed);
    return true;
  }

  void SelfCheck(const Id& id, ConstBytes sealed, uint32_t uncompressed_length, size_t plain_length) {
    const char* damage = decoder_->Decode(sealed, uncompressed_length, id, Bytes(check_).first(plain_length));
    if (damage != nullptr) {
      throw Error("SELF_CHECK_FAILED", std::string("a blob just sealed cannot be opened (bad memory?): ") + damage)
          .OnBlob(ToHex(id));
    }
  }

  Sealer& sealer_;
  BlobCipher cipher_;
  Sha256 sha_;
  BlobEncoder encoder_;
  std::optional<BlobDecoder> decoder_;
  std::vector<uint8_t> check_;
};

Sealer::Sealer(SealerConfig config, PackQueue::Settled settled)
    : config_(std::move(config)),
      unit_bytes_(std::max(config_.grid, kUnitBytes)),
      block_count_((config_.size + config_.grid - 1) / config_.grid),
      outcomes_(std::make_unique<std::atomic<BlockOutcome>[]>(block_count_)),
      packs_(std::move(settled)),
      reader_(*config_.device, UsedBytes(config_.extents), stopped_),
      content_(block_count_),
      plan_(config_.size, std::move(config_.extents), unit_bytes_) {
  zeros_[0].length = config_.grid;
  zeros_[1].length = config_.size % config_.grid;
  const std::vector<uint8_t> zeros(config_.grid);
  for (ZeroBlob& zero : zeros_) zero.id = Sha256().Hash(ConstBytes(zeros).first(zero.length));

  const uint64_t units = (config_.size + unit_bytes_ - 1) / unit_bytes_;
  const uint64_t slots = std::clamp<uint64_t>(kRingBytes / unit_bytes_, kMinSlots, std::max(units, kMinSlots));
  for (uint64_t i = 0; i < slots; ++i) {
    slots_.push_back(std::make_unique<Slot>());
    slots_.back()->buffer = AlignedBuffer(unit_bytes_);
    free_.push_back(slots_.back().get());
  }
  active_readers_ = config_.readers;
  active_workers_ = config_.workers;
  try {
    for (unsigned i = 0; i < config_.readers; ++i) threads_.emplace_back([this] { RunReader(); });
    for (unsigned i = 0; i < config_.workers; ++i) threads_.emplace_back([this] { RunWorker(); });
  } catch (...) {
    Close();
    throw;
  }
}

void Sealer::RunReader() {
  try {
    ByteRange free;
    for (bool more = true; more;) {
      Slot* slot = nullptr;
      {
        std::unique_lock lock(mutex_);
        slot_free_.wait(lock, [this] { return stopped_.load() || !free_.empty(); });
        if (stopped_.load()) break;
        slot = free_.back();
        more = plan_.Next(slot->unit, free);
        if (more) free_.pop_back();
      }
      SettleFree(free);
      if (!more) break;
      reader_.Read(slot->unit, {slot->buffer.data(), slot->buffer.size()});
      uint64_t used = 0;
      for (const ByteRange& range : slot->unit.used) used += range.length;
      read_.fetch_add(used, kRelaxed);
      current_.store(slot->unit.offset, kRelaxed);
      const std::lock_guard lock(mutex_);
      filled_.push_back(slot);
      slot_filled_.notify_one();
    }
  } catch (...) {
    Fail(ErrorInFlight());
  }
  const std::lock_guard lock(mutex_);
  active_readers_ -= 1;
  // Readers without a slot wait for one that may never come free again once the plan is at its end.
  slot_free_.notify_all();
  slot_filled_.notify_all();
}

void Sealer::RunWorker() {
  try {
    Worker worker(*this);
    while (Slot* slot = TakeFilled()) {
      worker.SettleUnit(*slot);
      GiveBack(slot);
    }
    for (size_t i = 0; i < zeros_.size(); ++i) {
      if (!stopped_.load() && zero_wanted_[i].load()) worker.EnsureZeroBlob(zeros_[i]);
    }
    bool last;
    {
      const std::lock_guard lock(mutex_);
      last = --active_workers_ == 0;
    }
    if (last && !stopped_.load()) {
      // Everything is settled: the others have left their loops after their last block.
      packs_.EndInput(worker.tools());
    }
  } catch (...) {
    Fail(ErrorInFlight());
  }
}

void Sealer::SettleFree(ByteRange free) {
  if (free.length == 0) return;
  const uint64_t first = free.offset / config_.grid;
  const uint64_t end = (free.offset + free.length + config_.grid - 1) / config_.grid;
  for (uint64_t block = first; block < end; ++block) content_[block] = zeros_[0].id;
  const uint64_t last_length = BlockLength(end - 1);
  if (last_length < config_.grid) {
    content_[end - 1] = zeros_[1].id;
    zero_wanted_[1].store(true);
  }
  if (last_length == config_.grid || end - first > 1) zero_wanted_[0].store(true);
  free_bytes_.fetch_add(free.length, kRelaxed);
}

Sealer::Slot* Sealer::TakeFilled() {
  std::unique_lock lock(mutex_);
  slot_filled_.wait(lock, [this] { return stopped_.load() || !filled_.empty() || active_readers_ == 0; });
  if (stopped_.load() || filled_.empty()) return nullptr;
  Slot* slot = filled_.front();
  filled_.pop_front();
  return slot;
}

void Sealer::GiveBack(Slot* slot) {
  const std::lock_guard lock(mutex_);
  free_.push_back(slot);
  slot_free_.notify_one();
}

SealerProgress Sealer::Progress() const {
  SealerProgress progress;
  progress.read = read_.load(kRelaxed);
  progress.changed = changed_.load(kRelaxed);
  progress.deduplicated = deduplicated_.load(kRelaxed);
  progress.zero = zero_.load(kRelaxed);
  progress.free = free_bytes_.load(kRelaxed);
  progress.done = progress.changed + progress.deduplicated + progress.zero + progress.free;
  progress.stored = stored_.load(kRelaxed) + packs_.HeaderBytes();
  progress.unreadable = reader_.UnreadableBytes();
  progress.current_offset = current_.load(kRelaxed);
  return progress;
}

void Sealer::OverlayBlocks(Bytes states) const {
  for (uint64_t block = 0; block < block_count_; ++block) {
    const BlockOutcome outcome = outcomes_[block].load(kRelaxed);
    if (outcome != BlockOutcome::kNone) states[block] = static_cast<uint8_t>(outcome);
  }
  // Recorded when read, so it may come before the block's own outcome; it counts for more.
  for (const ByteRange& range : reader_.Unreadable()) {
    const uint64_t end = (range.offset + range.length + config_.grid - 1) / config_.grid;
    for (uint64_t block = range.offset / config_.grid; block < end; ++block) {
      states[block] = static_cast<uint8_t>(BlockOutcome::kUnreadable);
    }
  }
}

void Sealer::Fail(const Error& error) {
  {
    const std::lock_guard lock(mutex_);
    stopped_.store(true);
  }
  slot_free_.notify_all();
  slot_filled_.notify_all();
  packs_.Abort(error);
}

void Sealer::Cancel() { Fail(CancelledError()); }

void Sealer::Close() {
  Cancel();
  for (std::thread& thread : threads_) thread.join();
  threads_.clear();
  config_.device.reset();
  config_.known = {};
  slots_.clear();
  content_ = {};
}

}  // namespace stillframe::core
