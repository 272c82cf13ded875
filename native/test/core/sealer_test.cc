// The sealing pipeline over a device in memory: whole images, bad sectors, vanishing devices, cancellation.
#include "core/sealer.h"

#include <chrono>
#include <condition_variable>
#include <cstring>
#include <map>
#include <memory>
#include <random>

#include "check.h"
#include "core/blob_codec.h"
#include "memory_device.h"

namespace stillframe::core {
namespace {

using test::MemoryDevice;
using test::MixedBytes;

constexpr uint64_t kGrid = 64 << 10;
const std::vector<uint8_t> kKeyBytes(kMasterKeyBytes, 0x5a);

// Lends buffers again and again, and keeps what came back.
class Repository {
 public:
  explicit Repository(size_t pack_bytes) : pack_bytes_(pack_bytes) {}

  PackQueue::Settled settled() {
    return [this](PackQueue::Token token, PackOutcome outcome) {
      const std::lock_guard lock(mutex_);
      outcomes_.emplace_back(token, std::move(outcome));
      changed_.notify_all();
    };
  }

  // Runs a session to its end; the error that ended it, or "".
  std::string Run(Sealer& sealer, int buffers) {
    for (int i = 0; i < buffers; ++i) Lend(sealer);
    std::string error;
    while (lent_ > 0) {
      std::pair<PackQueue::Token, PackOutcome> outcome;
      {
        std::unique_lock lock(mutex_);
        changed_.wait(lock, [this] { return !outcomes_.empty(); });
        outcome = std::move(outcomes_.back());
        outcomes_.pop_back();
      }
      --lent_;
      std::vector<uint8_t> buffer = std::move(buffers_.at(outcome.first));
      buffers_.erase(outcome.first);
      if (outcome.second.error) error = outcome.second.error->code();
      if (!outcome.second.pack) continue;
      Keep(*outcome.second.pack, buffer);
      Lend(sealer);
    }
    return error;
  }

  std::vector<uint8_t> Assemble(ConstBytes content) const {
    std::vector<uint8_t> image;
    for (size_t i = 0; i < content.size(); i += kIdBytes) {
      const auto& blob = blobs_.at(LoadId(content.data() + i));
      image.insert(image.end(), blob.begin(), blob.end());
    }
    return image;
  }

  size_t stored = 0;
  size_t packs = 0;

 private:
  void Lend(Sealer& sealer) {
    const PackQueue::Token token = ++tokens_;
    buffers_[token].resize(pack_bytes_);
    ++lent_;
    sealer.Lend(token, buffers_[token]);
  }

  void Keep(const FilledPack& pack, const std::vector<uint8_t>& buffer) {
    ++packs;
    stored += pack.length;
    CHECK(Sha256().Hash(ConstBytes(buffer).first(pack.length)) == pack.id);
    BlobDecoder decoder{MasterKey(kKeyBytes)};
    uint32_t end = 0;
    for (const PackEntry& entry : pack.entries) {
      CHECK(entry.offset == end);
      end += entry.length;
      std::vector<uint8_t> plain(BlobDecoder::PlainLength(entry.length, entry.uncompressed_length));
      CHECK(decoder.Decode(ConstBytes(buffer).subspan(entry.offset, entry.length), entry.uncompressed_length, entry.id,
                           plain) == nullptr);
      CHECK(blobs_.emplace(entry.id, std::move(plain)).second);
    }
    const uint32_t header = LoadLe32(buffer.data() + pack.length - 4);
    CHECK(end + header + 4 == pack.length);
  }

  const size_t pack_bytes_;
  std::mutex mutex_;
  std::condition_variable changed_;
  std::vector<std::pair<PackQueue::Token, PackOutcome>> outcomes_;
  std::map<PackQueue::Token, std::vector<uint8_t>> buffers_;
  std::map<Id, std::vector<uint8_t>> blobs_;
  PackQueue::Token tokens_ = 0;
  int lent_ = 0;
};

SealerConfig ConfigFor(std::shared_ptr<MemoryDevice> device) {
  const uint64_t size = device->bytes.size();
  SealerConfig config{
      .device = std::move(device), .size = size, .extents = {{0, size}}, .grid = kGrid, .key = MasterKey(kKeyBytes)};
  config.zstd_level = 1;
  config.workers = 3;
  return config;
}

TEST(SealsImagesOfManySizes) {
  for (const uint64_t size : {uint64_t{0}, uint64_t{1}, kGrid, 3 * kGrid + 512, 200 * kGrid, 999 * kGrid + 4095}) {
    const auto device = std::make_shared<MemoryDevice>(MixedBytes(size, kGrid, 1));
    SealerConfig config = ConfigFor(device);
    if (size == 0) config.extents.clear();
    config.self_check = size == 200 * kGrid;
    Repository repository(kGrid * 5);
    Sealer sealer(std::move(config), repository.settled());
    CHECK(repository.Run(sealer, 2).empty());
    CHECK(sealer.Finished());
    CHECK(repository.Assemble(sealer.Content()) == device->bytes);
    const SealerProgress progress = sealer.Progress();
    CHECK(progress.done == size && progress.stored == repository.stored && progress.read == size);
    CHECK(progress.changed + progress.deduplicated + progress.zero == size);
  }
}

TEST(SealsRandomExtents) {
  std::mt19937 random(2);
  for (int round = 0; round < 30; ++round) {
    const uint64_t size = 1 + random() % (60 * kGrid);
    const auto device = std::make_shared<MemoryDevice>(MixedBytes(size, 1000, random()));
    SealerConfig config = ConfigFor(device);
    config.extents.clear();
    std::vector<uint8_t> expected(size);
    uint64_t used = 0;
    for (uint64_t at = random() % 100000; at < size;) {
      const uint64_t length = std::min<uint64_t>(size - at, 1 + random() % (round % 2 == 0 ? 5000 : 500000));
      config.extents.push_back({at, length});
      std::memcpy(expected.data() + at, device->bytes.data() + at, length);
      used += length;
      at += length + random() % (round % 3 == 0 ? 1000 : 300000);
    }
    Repository repository(kGrid * 3);
    Sealer sealer(std::move(config), repository.settled());
    CHECK(repository.Run(sealer, 2).empty());
    CHECK(repository.Assemble(sealer.Content()) == expected);
    CHECK(sealer.Progress().free == size - used && sealer.Progress().read == used);
    CHECK(sealer.Progress().done == size);
  }
}

TEST(BadSectorsBecomeZerosAndAreRecorded) {
  const auto device = std::make_shared<MemoryDevice>(MixedBytes(64 * kGrid, 100, 3));
  std::vector<uint8_t> expected = device->bytes;
  // A lone one, a run over a page and a block border, a run of 2 MiB, the last sector.
  device->bad_sectors = {5, 8190, 8191};
  for (uint64_t sector = 126; sector < 131; ++sector) device->bad_sectors.insert(sector);
  for (uint64_t sector = 2048; sector < 6144; ++sector) device->bad_sectors.insert(sector);
  uint64_t bad = 0;
  for (const uint64_t sector : device->bad_sectors) {
    std::memset(expected.data() + sector * 512, 0, 512);
    bad += 512;
  }
  Repository repository(kGrid * 8);
  Sealer sealer(ConfigFor(device), repository.settled());
  CHECK(repository.Run(sealer, 3).empty());
  CHECK(repository.Assemble(sealer.Content()) == expected);
  const std::vector<ByteRange> ranges{
      {5 * 512, 512}, {126 * 512, 5 * 512}, {2048 * 512, 4096 * 512}, {8190 * 512, 1024}};
  CHECK(sealer.Unreadable() == ranges);
  std::vector<uint8_t> states(sealer.BlockCount(), 9);
  sealer.OverlayBlocks(states);
  for (uint64_t block = 0; block < states.size(); ++block) {
    bool touched = false;
    for (const ByteRange& range : ranges) {
      touched = touched || (range.offset < (block + 1) * kGrid && range.offset + range.length > block * kGrid);
    }
    CHECK((states[block] == static_cast<uint8_t>(BlockOutcome::kUnreadable)) == touched);
  }
  CHECK(sealer.Progress().unreadable == bad && sealer.Progress().done == device->bytes.size());
}

TEST(BadSectorsOutsideExtentsDoNotCount) {
  const auto device = std::make_shared<MemoryDevice>(MixedBytes(4 * kGrid, 100, 4));
  device->bad_sectors = {0, 9, 100};
  SealerConfig config = ConfigFor(device);
  config.extents = {{512, 4 * 1024}, {10 * 512 - 100, 200}};
  Repository repository(kGrid * 3);
  Sealer sealer(std::move(config), repository.settled());
  CHECK(repository.Run(sealer, 1).empty());
  const std::vector<ByteRange> ranges{{10 * 512 - 100, 100}};
  CHECK(sealer.Unreadable() == ranges);
}

TEST(VanishingDevicesStopTheSession) {
  for (const char* code : {"ENODEV", "ENOMEDIUM", "EIO"}) {
    for (const int64_t after : {0, 1, 7, 40}) {
      for (const bool size_survives : {false, true}) {
        const auto device = std::make_shared<MemoryDevice>(MixedBytes(1600 * kGrid, kGrid, 5));
        device->transfers_left = after;
        device->gone_code = code;
        device->size_survives = size_survives;
        Repository repository(kGrid * 16);
        Sealer sealer(ConfigFor(device), repository.settled());
        const std::string error = repository.Run(sealer, 2);
        CHECK(error == (std::string(code) == "EIO" ? "ENXIO" : code));
        CHECK(!sealer.Finished());
        // Bounded: a dead device is not asked for every sector.
        CHECK(device->transfers < 300000);
      }
    }
  }
}

TEST(NothingReadableIsAnError) {
  const auto device = std::make_shared<MemoryDevice>(MixedBytes(3 * kGrid, 100, 4));
  for (uint64_t sector = 0; sector < 3 * kGrid / 512; ++sector) device->bad_sectors.insert(sector);
  Repository repository(kGrid * 3);
  Sealer sealer(ConfigFor(device), repository.settled());
  CHECK(repository.Run(sealer, 1) == "ENXIO");
}

TEST(CancelsAtRandomTimes) {
  std::mt19937 random(6);
  const auto device = std::make_shared<MemoryDevice>(MixedBytes(400 * kGrid, kGrid, 7));
  for (int round = 0; round < 40; ++round) {
    Repository repository(kGrid * 4);
    Sealer sealer(ConfigFor(device), repository.settled());
    std::thread canceller([&sealer, delay = random() % 30000] {
      std::this_thread::sleep_for(std::chrono::microseconds(delay));
      sealer.Cancel();
    });
    const std::string error = repository.Run(sealer, 1 + round % 3);
    canceller.join();
    CHECK(error == (sealer.Finished() ? "" : "CANCELLED"));
    if (sealer.Finished()) CHECK(repository.Assemble(sealer.Content()) == device->bytes);
    const auto started = std::chrono::steady_clock::now();
    sealer.Close();
    CHECK(std::chrono::steady_clock::now() - started < std::chrono::seconds(1));
  }
}

TEST(ClosesWithoutAnyBuffer) {
  for (int round = 0; round < 10; ++round) {
    const auto device = std::make_shared<MemoryDevice>(MixedBytes(200 * kGrid, kGrid, 8));
    Repository repository(kGrid * 4);
    Sealer sealer(ConfigFor(device), repository.settled());
    if (round % 2 == 0) std::this_thread::sleep_for(std::chrono::milliseconds(2));
  }
}

TEST(KnownBlobsAreNotStored) {
  const auto device = std::make_shared<MemoryDevice>(MixedBytes(50 * kGrid, kGrid, 9));
  Repository first(kGrid * 4);
  Sealer sealer(ConfigFor(device), first.settled());
  CHECK(first.Run(sealer, 2).empty());
  SealerConfig config = ConfigFor(device);
  config.known = IdSet(sealer.Content());
  Repository second(kGrid * 4);
  Sealer again(std::move(config), second.settled());
  CHECK(second.Run(again, 2).empty());
  CHECK(second.packs == 0 && again.Progress().stored == 0 && again.Progress().changed == 0);
  CHECK(std::memcmp(again.Content().data(), sealer.Content().data(), sealer.Content().size()) == 0);
}

}  // namespace
}  // namespace stillframe::core
