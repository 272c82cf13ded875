// The sealing pipeline of a backup: readers -> ring of slots -> workers -> lent pack buffers.
#ifndef STILLFRAME_CORE_SEALER_H_
#define STILLFRAME_CORE_SEALER_H_

#include <array>
#include <atomic>
#include <condition_variable>
#include <deque>
#include <memory>
#include <mutex>
#include <thread>
#include <vector>

#include "core/blob_cipher.h"
#include "core/block_device.h"
#include "core/id_set.h"
#include "core/pack_queue.h"
#include "core/read_plan.h"
#include "core/unit_reader.h"

namespace stillframe::core {

struct SealerConfig {
  std::shared_ptr<BlockDevice> device;
  // Bytes of the image.
  uint64_t size = 0;
  std::vector<ByteRange> extents;
  // Power of two, at least 64 KiB.
  uint64_t grid = 0;
  MasterKey key;
  // 0 stores uncompressed.
  int zstd_level = 3;
  IdSet known = {};
  // At least 1.
  unsigned workers = 1;
  unsigned readers = 4;
  bool self_check = false;
};

// Counters, in bytes. `free + zero + deduplicated + changed == done`: each is about bytes of the image, counted once.
struct SealerProgress {
  uint64_t done = 0;
  // Bytes inside extents that were asked from the device.
  uint64_t read = 0;
  // Used bytes of blocks that were sealed.
  uint64_t changed = 0;
  // Bytes put into packs, headers included.
  uint64_t stored = 0;
  // Used bytes of blocks that the repository or this session had.
  uint64_t deduplicated = 0;
  // Used bytes of blocks that are all zero.
  uint64_t zero = 0;
  // Bytes outside of extents.
  uint64_t free = 0;
  uint64_t unreadable = 0;
  // Offset of the unit read last.
  uint64_t current_offset = 0;
};

// What became of a block; the numbers are those of `Sealer.blocks` in index.ts.
enum class BlockOutcome : uint8_t { kNone = 0, kStored = 4, kDeduplicated = 5, kZero = 6, kUnreadable = 7 };

// Threads start with the object. All members may be called from any thread; `Close` from one.
class Sealer {
 public:
  Sealer(SealerConfig config, PackQueue::Settled settled);
  ~Sealer() { Close(); }
  Sealer(const Sealer&) = delete;
  Sealer& operator=(const Sealer&) = delete;

  void Lend(PackQueue::Token token, Bytes buffer) { packs_.Lend(token, buffer); }
  SealerProgress Progress() const;
  uint64_t BlockCount() const { return block_count_; }
  // Puts the outcome of every block that has one into `states`, a byte a block; the other bytes stay as they are.
  // Blocks without used bytes never have one.
  void OverlayBlocks(Bytes states) const;
  // True once every byte was accounted for and every pack finished.
  bool Finished() const { return packs_.Ended(); }
  // The block ids in order; whole only once `Finished`.
  ConstBytes Content() const { return {reinterpret_cast<const uint8_t*>(content_.data()), content_.size() * kIdBytes}; }
  std::vector<ByteRange> Unreadable() const { return reader_.Unreadable(); }

  void Cancel();
  // Cancels, joins, and gives up the device and all memory of size; only `Progress` and `OverlayBlocks` may be asked then. Idempotent.
  void Close();

 private:
  // A filled buffer on its way from a reader to a worker.
  struct Slot {
    AlignedBuffer buffer;
    ReadUnit unit;
  };
  // The zero blob of one length (of whole blocks, or of the short last one).
  struct ZeroBlob {
    uint64_t length = 0;
    Id id;
    std::atomic<bool> settled{false};
  };
  class Worker;

  void RunReader();
  void RunWorker();
  // Stops everything with `error`; the first one counts.
  void Fail(const Error& error);
  // A run of wholly free units: their blocks are the zero blob without being read.
  void SettleFree(ByteRange free);
  // A slot to work on; null when there is none and never will be.
  Slot* TakeFilled();
  void GiveBack(Slot* slot);
  uint64_t BlockLength(uint64_t block) const { return std::min(config_.grid, config_.size - block * config_.grid); }
  ZeroBlob& ZeroBlobOf(uint64_t length) { return length == config_.grid ? zeros_[0] : zeros_[1]; }

  SealerConfig config_;
  const uint64_t unit_bytes_;
  const uint64_t block_count_;
  // A byte a block, each written once, by the worker that settled it.
  const std::unique_ptr<std::atomic<BlockOutcome>[]> outcomes_;
  std::atomic<bool> stopped_{false};
  PackQueue packs_;
  UnitReader reader_;
  SharedIdSet sealed_;
  std::vector<Id> content_;
  std::array<ZeroBlob, 2> zeros_;

  std::mutex mutex_;
  std::condition_variable slot_free_;
  std::condition_variable slot_filled_;
  ReadPlan plan_;
  std::vector<std::unique_ptr<Slot>> slots_;
  std::vector<Slot*> free_;
  std::deque<Slot*> filled_;
  unsigned active_readers_ = 0;
  unsigned active_workers_ = 0;
  // Zero blobs that wholly free blocks refer to.
  std::atomic<bool> zero_wanted_[2] = {false, false};

  std::atomic<uint64_t> read_{0}, changed_{0}, stored_{0}, deduplicated_{0}, zero_{0}, free_bytes_{0}, current_{0};
  std::vector<std::thread> threads_;
};

}  // namespace stillframe::core

#endif  // STILLFRAME_CORE_SEALER_H_
