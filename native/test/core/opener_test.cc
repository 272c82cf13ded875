// The opening and verifying pipelines over a device in memory, and the job pool.
#include "core/opener.h"

#include <chrono>
#include <condition_variable>
#include <cstring>
#include <memory>
#include <random>

#include "check.h"
#include "core/job_pool.h"
#include "core/verifier.h"
#include "memory_device.h"

namespace stillframe::core {
namespace {

using test::MemoryDevice;
using test::MixedBytes;

constexpr size_t kBlock = 20000;
const std::vector<uint8_t> kKeyBytes(kMasterKeyBytes, 0x33);

// Sealed blocks of an image in one buffer, each with its place.
struct Sealed {
  std::vector<uint8_t> buffer;
  OpenBatch batch;

  std::shared_ptr<OpenBatch> Batch(uint64_t token) const {
    auto copy = std::make_shared<OpenBatch>(batch);
    copy->token = token;
    copy->buffer = buffer;
    return copy;
  }
};

Sealed SealBlocks(const std::vector<uint8_t>& image) {
  Sealed sealed;
  BlobCipher cipher{MasterKey(kKeyBytes)};
  BlobEncoder encoder(1, kBlock);
  for (size_t at = 0; at < image.size(); at += kBlock) {
    const ConstBytes plain = ConstBytes(image).subspan(at, std::min(kBlock, image.size() - at));
    const Payload payload = encoder.Encode(plain);
    const size_t offset = sealed.buffer.size();
    const size_t length = payload.bytes.size() + kSealOverheadBytes;
    sealed.buffer.resize(offset + length);
    cipher.Seal(payload.bytes, sealed.buffer.data() + offset);
    const auto destination = static_cast<uint32_t>(sealed.batch.destinations.size());
    sealed.batch.destinations.push_back(at);
    sealed.batch.tasks.push_back({Sha256().Hash(plain), static_cast<uint32_t>(offset), static_cast<uint32_t>(length),
                                  payload.uncompressed_length, destination, destination + 1});
  }
  return sealed;
}

// Collects outcomes by token.
class Outcomes {
 public:
  Opener::Settled settled() {
    return [this](uint64_t, std::optional<Error> error) {
      const std::lock_guard lock(mutex_);
      errors_.push_back(error ? error->code() : "");
      changed_.notify_all();
    };
  }
  std::vector<std::string> Wait(size_t count) {
    std::unique_lock lock(mutex_);
    changed_.wait(lock, [&] { return errors_.size() >= count; });
    return errors_;
  }

 private:
  std::mutex mutex_;
  std::condition_variable changed_;
  std::vector<std::string> errors_;
};

OpenerConfig ConfigFor(std::shared_ptr<MemoryDevice> device) {
  OpenerConfig config{.device = std::move(device), .key = MasterKey(kKeyBytes)};
  config.threads = 4;
  return config;
}

TEST(OpensBatchesAtOnce) {
  const auto image = MixedBytes(3000000, kBlock, 1);
  const Sealed sealed = SealBlocks(image);
  const auto device = std::make_shared<MemoryDevice>(std::vector<uint8_t>(image.size()));
  Outcomes outcomes;
  Opener opener(ConfigFor(device), outcomes.settled());
  // Several batches under way, each a part of the rows.
  for (uint64_t part = 0; part < 4; ++part) {
    auto batch = sealed.Batch(part);
    std::vector<OpenTask> rows;
    for (size_t i = part; i < batch->tasks.size(); i += 4) rows.push_back(batch->tasks[i]);
    batch->tasks = rows;
    opener.Submit(batch);
  }
  for (const std::string& error : outcomes.Wait(4)) CHECK(error.empty());
  CHECK(device->bytes == image && opener.WrittenBytes() == image.size());
}

TEST(WritesOnlyDifferences) {
  const auto image = MixedBytes(1000000, kBlock, 2);
  const Sealed sealed = SealBlocks(image);
  const auto device = std::make_shared<MemoryDevice>(image);
  device->bytes[500000] ^= 1;
  OpenerConfig config = ConfigFor(device);
  config.only_different = true;
  Outcomes outcomes;
  Opener opener(std::move(config), outcomes.settled());
  opener.Submit(sealed.Batch(1));
  CHECK(outcomes.Wait(1)[0].empty());
  CHECK(device->bytes == image);
  CHECK(opener.WrittenBytes() == kBlock && opener.UnchangedBytes() == image.size() - kBlock);
}

TEST(ReportsDamageAndFaultyTargets) {
  const auto image = MixedBytes(1000000, kBlock, 3);
  Sealed sealed = SealBlocks(image);
  const auto device = std::make_shared<MemoryDevice>(std::vector<uint8_t>(image.size()));
  const auto run = [&](const Sealed& what) {
    Outcomes outcomes;
    Opener opener(ConfigFor(device), outcomes.settled());
    opener.Submit(what.Batch(1));
    return outcomes.Wait(1)[0];
  };
  Sealed damaged = sealed;
  damaged.buffer[damaged.buffer.size() / 2] ^= 1;
  CHECK(run(damaged) == "BLOB_DAMAGED");
  Sealed outside = sealed;
  outside.batch.destinations.back() += 1;
  CHECK(run(outside) == "ENOSPC");
  Sealed too_long = sealed;
  too_long.batch.tasks[0].uncompressed_length = 0xffffffff;
  CHECK(run(too_long) == "BLOB_DAMAGED");
  device->bad_sectors = {700};
  CHECK(run(sealed) == "EIO");
  device->bad_sectors.clear();
  CHECK(run(sealed).empty());
}

TEST(OpenerCancelsAtRandomTimes) {
  std::mt19937 random(4);
  const auto image = MixedBytes(4000000, kBlock, 4);
  const Sealed sealed = SealBlocks(image);
  for (int round = 0; round < 40; ++round) {
    const auto device = std::make_shared<MemoryDevice>(std::vector<uint8_t>(image.size()));
    Outcomes outcomes;
    Opener opener(ConfigFor(device), outcomes.settled());
    for (uint64_t i = 0; i < 3; ++i) opener.Submit(sealed.Batch(i));
    std::this_thread::sleep_for(std::chrono::microseconds(random() % 8000));
    opener.Cancel();
    for (const std::string& error : outcomes.Wait(3)) CHECK(error.empty() || error == "CANCELLED");
    opener.Submit(sealed.Batch(9));
    CHECK(outcomes.Wait(4)[3] == "CANCELLED");
  }
}

TEST(VerifierFindsDifferences) {
  const auto image = MixedBytes(2000000, kBlock, 5);
  const auto device = std::make_shared<MemoryDevice>(image);
  std::vector<VerifyRange> ranges;
  for (size_t at = 0; at < image.size(); at += kBlock) {
    ranges.push_back({at, kBlock, Sha256().Hash(ConstBytes(image).subspan(at, kBlock))});
  }
  device->bytes[7 * kBlock] ^= 1;
  device->bytes[99 * kBlock + kBlock - 1] ^= 1;
  device->bad_sectors = {50 * kBlock / 512 + 5};
  for (const bool cancel : {false, true}) {
    std::mutex mutex;
    std::condition_variable changed;
    std::optional<VerifyOutcome> outcome;
    Verifier verifier(device, ranges, 3, [&](VerifyOutcome result) {
      const std::lock_guard lock(mutex);
      outcome = std::move(result);
      changed.notify_all();
    });
    if (cancel) verifier.Cancel();
    std::unique_lock lock(mutex);
    changed.wait(lock, [&] { return outcome.has_value(); });
    if (outcome->error) {
      CHECK(cancel && outcome->error->code() == "CANCELLED");
    } else {
      CHECK((outcome->different == std::vector<uint32_t>{7, 50, 99}));
      CHECK(verifier.VerifiedBytes() == image.size());
    }
    lock.unlock();
    verifier.Close();
  }
}

TEST(JobPoolRunsAndDrops) {
  for (int round = 0; round < 20; ++round) {
    std::atomic<int> done = 0;
    JobPool pool(4);
    for (int i = 0; i < 50; ++i) pool.Submit([&done] { ++done; });
    if (round % 2 == 0) {
      while (done < 50) std::this_thread::yield();
    }
    pool.Close();
    const int after = done;
    pool.Submit([&done] { ++done; });
    CHECK(done == after && after <= 50);
  }
}

}  // namespace
}  // namespace stillframe::core
