// The opening pipeline of a restore: sealed blobs in lent buffers -> plain, checked bytes on the target.
#ifndef STILLFRAME_CORE_OPENER_H_
#define STILLFRAME_CORE_OPENER_H_

#include <atomic>
#include <condition_variable>
#include <deque>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <thread>
#include <vector>

#include "core/blob_codec.h"
#include "core/block_device.h"
#include "core/error.h"

namespace stillframe::core {

struct OpenerConfig {
  std::shared_ptr<BlockDevice> device;
  MasterKey key;
  // At least 1. More than processors is sensible: a thread that writes does not compute.
  unsigned threads = 1;
  // Read first and write only what differs.
  bool only_different = false;
};

// One blob in a batch's buffer, and where it goes.
struct OpenTask {
  Id id;
  // Within the buffer.
  uint32_t offset = 0;
  uint32_t length = 0;
  uint32_t uncompressed_length = 0;
  // Entries of `OpenBatch::destinations`.
  uint32_t destinations_begin = 0;
  uint32_t destinations_end = 0;
};

struct OpenBatch {
  uint64_t token = 0;
  ConstBytes buffer;
  std::vector<OpenTask> tasks;
  // Byte offsets on the target.
  std::vector<uint64_t> destinations;

  // The opener's own state, under its lock.
  size_t next = 0;
  size_t active = 0;
  std::optional<Error> error;
};

class Opener {
 public:
  // Called from any thread, exactly once a batch, when its buffer is not touched any more.
  using Settled = std::function<void(uint64_t token, std::optional<Error>)>;

  Opener(OpenerConfig config, Settled settled);
  ~Opener() { Close(); }
  Opener(const Opener&) = delete;
  Opener& operator=(const Opener&) = delete;

  void Submit(std::shared_ptr<OpenBatch> batch);
  uint64_t WrittenBytes() const { return written_.load(std::memory_order_relaxed); }
  uint64_t UnchangedBytes() const { return unchanged_.load(std::memory_order_relaxed); }
  // Batches under way and later ones settle with `CANCELLED`.
  void Cancel();
  // Cancels, joins and gives up the device. Idempotent.
  void Close();

 private:
  // Consecutive tasks of a batch, opened into one stretch of memory so that neighbours are written at once.
  struct Run {
    std::shared_ptr<OpenBatch> batch;
    size_t begin = 0;
    size_t end = 0;
  };
  class Worker;

  void RunWorker();
  // Nullopt once stopped.
  std::optional<Run> Claim();
  void Release(const Run& run, std::optional<Error> error);

  OpenerConfig config_;
  const Settled settled_;
  const uint64_t device_size_;
  std::atomic<bool> stopped_{false};
  std::atomic<uint64_t> written_{0};
  std::atomic<uint64_t> unchanged_{0};
  std::mutex mutex_;
  std::condition_variable wake_;
  // Batches with tasks that nobody claimed.
  std::deque<std::shared_ptr<OpenBatch>> waiting_;
  std::vector<std::thread> threads_;
};

}  // namespace stillframe::core

#endif  // STILLFRAME_CORE_OPENER_H_
