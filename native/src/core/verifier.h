// Reads ranges back and compares their SHA-256 with what is expected.
#ifndef STILLFRAME_CORE_VERIFIER_H_
#define STILLFRAME_CORE_VERIFIER_H_

#include <atomic>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <thread>
#include <vector>

#include "core/block_device.h"
#include "core/error.h"
#include "core/sha256.h"

namespace stillframe::core {

struct VerifyRange {
  uint64_t offset = 0;
  uint64_t length = 0;
  Id id;
};

struct VerifyOutcome {
  // Indexes of ranges that differ or cannot be read, ascending.
  std::vector<uint32_t> different;
  std::optional<Error> error;
};

// Threads start with the object.
class Verifier {
 public:
  // Called once, from one of the threads.
  using Settled = std::function<void(VerifyOutcome)>;

  // `ranges` sorted by offset; `threads` at least 1.
  Verifier(std::shared_ptr<BlockDevice> device, std::vector<VerifyRange> ranges, unsigned threads, Settled settled);
  ~Verifier() { Close(); }
  Verifier(const Verifier&) = delete;
  Verifier& operator=(const Verifier&) = delete;

  uint64_t VerifiedBytes() const { return verified_.load(std::memory_order_relaxed); }
  void Cancel() { stopped_.store(true); }
  // Cancels and joins. Idempotent.
  void Close();

 private:
  // Neighbouring ranges, read with one request.
  struct Run {
    size_t begin = 0;
    size_t end = 0;
  };

  void RunWorker();
  bool Claim(Run& run);
  void Verify(const Run& run, AlignedBuffer& buffer, Sha256& sha);

  // Given up with the last thread: the wrapper may live much longer.
  std::shared_ptr<BlockDevice> device_;
  const std::vector<VerifyRange> ranges_;
  const Settled settled_;
  std::atomic<bool> stopped_{false};
  std::atomic<uint64_t> verified_{0};
  std::mutex mutex_;
  size_t next_ = 0;
  unsigned active_;
  VerifyOutcome outcome_;
  std::vector<std::thread> threads_;
};

}  // namespace stillframe::core

#endif  // STILLFRAME_CORE_VERIFIER_H_
