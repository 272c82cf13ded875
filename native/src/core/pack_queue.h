// Pack files under construction in lent buffers. Format (restic design.rst, "Pack Format"): sealed blobs, sealed
// header, 4-byte little-endian length of the sealed header.
#ifndef STILLFRAME_CORE_PACK_QUEUE_H_
#define STILLFRAME_CORE_PACK_QUEUE_H_

#include <condition_variable>
#include <deque>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <vector>

#include "core/blob_cipher.h"
#include "core/error.h"
#include "core/sha256.h"

namespace stillframe::core {

// Bytes of a pack that are neither sealed blob nor header entry: the header's seal and its length field.
inline constexpr size_t kPackFrameBytes = kSealOverheadBytes + 4;

// A blob's place in a pack.
struct PackEntry {
  Id id;
  // Offset in the pack; set by the queue.
  uint32_t offset = 0;
  // Sealed length.
  uint32_t length = 0;
  // Plain length, or 0 where it is stored uncompressed.
  uint32_t uncompressed_length = 0;

  // Header entry: type, length, (uncompressed length,) id.
  size_t HeaderBytes() const { return uncompressed_length == 0 ? 37 : 41; }
};

// The plain header of a pack of data blobs.
std::vector<uint8_t> PackHeader(const std::vector<PackEntry>& entries);

struct FilledPack {
  size_t length = 0;
  // SHA-256 of the whole pack file.
  Id id;
  std::vector<PackEntry> entries;
};

// How a lent buffer comes back: filled, empty because the input ended (neither set), or with an error.
struct PackOutcome {
  std::optional<FilledPack> pack;
  std::optional<Error> error;
};

// Buffers are filled in the order they were lent. Several threads write into one pack at once: space is reserved under
// the lock, the sealing happens outside of it, and the last writer out of a full pack finishes it. A buffer is never
// touched again once its outcome was told.
class PackQueue {
 public:
  using Token = uint64_t;
  // Called from any thread, never under the lock, exactly once per lent buffer.
  using Settled = std::function<void(Token, PackOutcome)>;

  // What a finishing thread needs for itself.
  struct Tools {
    BlobCipher& cipher;
    Sha256& sha;
  };

  explicit PackQueue(Settled settled) : settled_(std::move(settled)) {}

  void Lend(Token token, Bytes buffer);

  struct Pack {
    Token token = 0;
    Bytes buffer;
    size_t used = 0;
    // Plain header bytes so far.
    size_t header = 0;
    size_t writers = 0;
    std::vector<PackEntry> entries;

    bool Fits(const PackEntry& entry) const {
      return used + entry.length + header + entry.HeaderBytes() + kPackFrameBytes <= buffer.size();
    }
  };
  // Space for one sealed blob.
  struct Reservation {
    Pack* pack;
    uint8_t* at;
  };
  // Waits for a buffer with room; nullopt once the queue was aborted. `entry.length` fits into an empty buffer.
  std::optional<Reservation> Reserve(PackEntry entry, Tools tools);
  // The reserved space was written (or will never count, after an abort).
  void Commit(const Reservation& reservation, Tools tools);

  // No blob follows: finishes the pack under way and gives back what stayed empty, now and later.
  void EndInput(Tools tools);
  // True once `EndInput` finished every pack; set before the first empty buffer is given back.
  bool Ended() const;
  // Gives everything back with `error`, each buffer as soon as nobody writes into it. The first call counts.
  void Abort(const Error& error);

  // Sum of the headers of finished packs with their framing, bytes.
  uint64_t HeaderBytes() const;

 private:
  void Finish(std::unique_ptr<Pack> pack, Tools tools);
  std::unique_ptr<Pack> TakeClosing(Pack* pack);

  const Settled settled_;
  mutable std::mutex mutex_;
  std::condition_variable room_;
  // The front one is being filled.
  std::deque<std::unique_ptr<Pack>> lent_;
  // Full, but still written into.
  std::vector<std::unique_ptr<Pack>> closing_;
  std::optional<Error> aborted_;
  bool ended_ = false;
  uint64_t header_bytes_ = 0;
};

}  // namespace stillframe::core

#endif  // STILLFRAME_CORE_PACK_QUEUE_H_
