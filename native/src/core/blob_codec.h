// A blob between its plain bytes and its stored, sealed form: compress and encrypt, decrypt and decompress and check.
#ifndef STILLFRAME_CORE_BLOB_CODEC_H_
#define STILLFRAME_CORE_BLOB_CODEC_H_

#include <optional>
#include <vector>

#include "core/blob_cipher.h"
#include "core/sha256.h"
#include "core/zstd_codec.h"

namespace stillframe::core {

// What is sealed for a blob.
struct Payload {
  // The plain bytes themselves, or a zstd frame in the encoder's memory, valid until its next use.
  ConstBytes bytes;
  // Plain length, or 0 where stored uncompressed.
  uint32_t uncompressed_length = 0;
};

// Compresses blobs with memory of its own: one object a thread.
class BlobEncoder {
 public:
  // `max_plain`: longest blob. `level` 0 never compresses.
  BlobEncoder(int level, size_t max_plain);
  Payload Encode(ConstBytes plain);

 private:
  // True if samples of `plain` hardly shrink.
  bool LooksIncompressible(ConstBytes plain);

  std::optional<Compressor> compressor_;
  std::optional<Compressor> quick_;
  std::vector<uint8_t> frame_;
  std::vector<uint8_t> sample_;
};

// Opens sealed blobs with memory of its own: one object a thread.
class BlobDecoder {
 public:
  explicit BlobDecoder(const MasterKey& key) : cipher_(key) {}

  // Plain length of a blob with this stored length and index entry.
  static size_t PlainLength(size_t sealed_length, uint32_t uncompressed_length) {
    if (uncompressed_length != 0) return uncompressed_length;
    return sealed_length < kSealOverheadBytes ? 0 : sealed_length - kSealOverheadBytes;
  }

  // Opens `sealed` into `plain` (exactly its plain length). Returns null if MAC, zstd frame, length and SHA-256 all
  // agree; else one sentence that says what does not.
  const char* Decode(ConstBytes sealed, uint32_t uncompressed_length, const Id& id, Bytes plain);

 private:
  BlobCipher cipher_;
  Decompressor decompressor_;
  Sha256 sha_;
  std::vector<uint8_t> frame_;
};

}  // namespace stillframe::core

#endif  // STILLFRAME_CORE_BLOB_CODEC_H_
