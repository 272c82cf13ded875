#include "core/opener.h"

#include <algorithm>
#include <cstring>
#include <utility>

#include "core/error_in_flight.h"

namespace stillframe::core {
namespace {

// Plain bytes that one thread opens and writes at a time.
constexpr size_t kRunBytes = 1 << 20;
// Unit of comparison when only differences are written.
constexpr size_t kCompareBytes = 64 << 10;
// No blob is longer; a damaged index must not make us allocate more.
constexpr size_t kMaxPlainBytes = size_t{1} << 30;

size_t PlainLength(const OpenTask& task) { return BlobDecoder::PlainLength(task.length, task.uncompressed_length); }

}  // namespace

// What a thread has for itself.
class Opener::Worker {
 public:
  explicit Worker(Opener& opener) : opener_(opener), decoder_(opener.config_.key) {}

  void Open(const Run& run) {
    const OpenBatch& batch = *run.batch;
    size_t total = 0;
    for (size_t i = run.begin; i < run.end; ++i) {
      if (PlainLength(batch.tasks[i]) > kMaxPlainBytes) throw Damaged(batch.tasks[i], "it claims to be too long");
      total += AlignUp(PlainLength(batch.tasks[i]), kPageBytes);
    }
    if (plain_.size() < total) plain_ = AlignedBuffer(std::max(total, kRunBytes));
    writes_.clear();
    size_t position = 0;
    for (size_t i = run.begin; i < run.end; ++i) {
      if (opener_.stopped_.load(std::memory_order_relaxed)) throw CancelledError();
      const OpenTask& task = batch.tasks[i];
      const Bytes plain{plain_.data() + position, PlainLength(task)};
      const char* damage =
          decoder_.Decode(batch.buffer.subspan(task.offset, task.length), task.uncompressed_length, task.id, plain);
      if (damage != nullptr) throw Damaged(task, damage);
      for (uint32_t d = task.destinations_begin; d < task.destinations_end; ++d) {
        AddWrite({batch.destinations[d], position, plain.size()});
      }
      position += AlignUp(plain.size(), kPageBytes);
    }
    for (const Write& write : writes_) {
      if (opener_.stopped_.load(std::memory_order_relaxed)) throw CancelledError();
      if (write.length > opener_.device_size_ || write.offset > opener_.device_size_ - write.length) {
        throw Error("ENOSPC", "a block lies beyond the end of the target").At(write.offset, write.length);
      }
      if (opener_.config_.only_different) {
        PutDifferent(write);
      } else {
        Put(write);
      }
    }
  }

 private:
  // Bytes at `position` of `plain_` that go to `offset` of the target.
  struct Write {
    uint64_t offset;
    size_t position;
    size_t length;
  };

  static Error Damaged(const OpenTask& task, const char* why) {
    const std::string id = ToHex(task.id);
    return Error("BLOB_DAMAGED", "blob " + id + " is damaged: " + why).OnBlob(id);
  }

  void AddWrite(Write write) {
    if (!writes_.empty()) {
      Write& last = writes_.back();
      if (last.offset + last.length == write.offset && last.position + last.length == write.position) {
        last.length += write.length;
        return;
      }
    }
    writes_.push_back(write);
  }

  void Put(const Write& write) {
    const Transfer transfer =
        opener_.config_.device->WriteAt(write.offset, {plain_.data() + write.position, write.length});
    opener_.written_.fetch_add(transfer.transferred, std::memory_order_relaxed);
    if (!transfer.ok()) {
      throw Error(transfer.code, "cannot write the target")
          .At(write.offset + transfer.transferred, write.length - transfer.transferred);
    }
  }

  void PutDifferent(const Write& write) {
    if (present_.size() < write.length) present_ = AlignedBuffer(std::max(write.length, kRunBytes));
    const Transfer transfer = opener_.config_.device->ReadAt(write.offset, {present_.data(), write.length});
    if (transfer.failure == Failure::kGone) {
      throw Error(transfer.code, "cannot read the target").At(write.offset, write.length);
    }
    // What cannot be read is written: that may even repair it.
    const size_t known = transfer.ok() ? transfer.transferred : 0;
    std::optional<Write> pending;
    for (size_t at = 0; at < write.length; at += kCompareBytes) {
      const size_t length = std::min(kCompareBytes, write.length - at);
      const bool same =
          at + length <= known && std::memcmp(present_.data() + at, plain_.data() + write.position + at, length) == 0;
      if (!same && pending) {
        pending->length += length;
      } else if (!same) {
        pending = Write{write.offset + at, write.position + at, length};
      } else {
        opener_.unchanged_.fetch_add(length, std::memory_order_relaxed);
        if (pending) Put(*pending);
        pending.reset();
      }
    }
    if (pending) Put(*pending);
  }

  Opener& opener_;
  BlobDecoder decoder_;
  AlignedBuffer plain_;
  AlignedBuffer present_;
  std::vector<Write> writes_;
};

Opener::Opener(OpenerConfig config, Settled settled)
    : config_(std::move(config)), settled_(std::move(settled)), device_size_(config_.device->CurrentSize()) {
  try {
    for (unsigned i = 0; i < config_.threads; ++i) threads_.emplace_back([this] { RunWorker(); });
  } catch (...) {
    Close();
    throw;
  }
}

void Opener::Submit(std::shared_ptr<OpenBatch> batch) {
  std::optional<Error> error;
  {
    const std::lock_guard lock(mutex_);
    if (!stopped_.load() && !batch->tasks.empty()) {
      waiting_.push_back(std::move(batch));
      wake_.notify_all();
      return;
    }
    if (stopped_.load()) error = CancelledError();
  }
  settled_(batch->token, std::move(error));
}

void Opener::RunWorker() {
  std::optional<Worker> worker;
  while (const std::optional<Run> run = Claim()) {
    std::optional<Error> error;
    try {
      if (!worker) worker.emplace(*this);
      worker->Open(*run);
    } catch (...) {
      error = ErrorInFlight();
    }
    Release(*run, std::move(error));
  }
}

std::optional<Opener::Run> Opener::Claim() {
  std::unique_lock lock(mutex_);
  wake_.wait(lock, [this] { return stopped_.load() || !waiting_.empty(); });
  if (stopped_.load()) return std::nullopt;
  Run run{waiting_.front(), 0, 0};
  OpenBatch& batch = *run.batch;
  run.begin = batch.next;
  size_t bytes = 0;
  do {
    bytes += PlainLength(batch.tasks[batch.next]);
    batch.next += 1;
  } while (batch.next < batch.tasks.size() && bytes + PlainLength(batch.tasks[batch.next]) <= kRunBytes);
  run.end = batch.next;
  batch.active += 1;
  if (batch.next == batch.tasks.size()) waiting_.pop_front();
  return run;
}

void Opener::Release(const Run& run, std::optional<Error> error) {
  OpenBatch& batch = *run.batch;
  {
    const std::lock_guard lock(mutex_);
    batch.active -= 1;
    if (error && !batch.error) {
      batch.error = std::move(error);
      // Nobody claims the rest.
      std::erase(waiting_, run.batch);
      batch.next = batch.tasks.size();
    }
    if (batch.active > 0 || batch.next < batch.tasks.size()) return;
  }
  settled_(batch.token, batch.error);
}

void Opener::Cancel() {
  std::vector<uint64_t> idle;
  {
    const std::lock_guard lock(mutex_);
    stopped_.store(true);
    for (const std::shared_ptr<OpenBatch>& batch : waiting_) {
      if (!batch->error) batch->error = CancelledError();
      batch->next = batch->tasks.size();
      if (batch->active == 0) idle.push_back(batch->token);
    }
    waiting_.clear();
  }
  wake_.notify_all();
  for (const uint64_t token : idle) settled_(token, CancelledError());
}

void Opener::Close() {
  Cancel();
  for (std::thread& thread : threads_) thread.join();
  threads_.clear();
  config_.device.reset();
}

}  // namespace stillframe::core
