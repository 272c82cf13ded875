#include "core/blob_check.h"

#include "core/blob_codec.h"

namespace stillframe::core {
namespace {

// No blob is longer; a damaged index must not make us allocate more.
constexpr size_t kMaxPlainBytes = size_t{1} << 30;

}  // namespace

std::vector<uint32_t> DamagedBlobs(const MasterKey& key, ConstBytes buffer, const std::vector<StoredBlob>& blobs) {
  BlobDecoder decoder(key);
  std::vector<uint8_t> plain;
  std::vector<uint32_t> damaged;
  for (size_t i = 0; i < blobs.size(); ++i) {
    const StoredBlob& blob = blobs[i];
    const size_t length = BlobDecoder::PlainLength(blob.length, blob.uncompressed_length);
    const bool possible = length <= kMaxPlainBytes;
    if (possible && plain.size() < length) plain.resize(length);
    if (!possible || decoder.Decode(buffer.subspan(blob.offset, blob.length), blob.uncompressed_length, blob.id,
                                    Bytes(plain).first(length)) != nullptr) {
      damaged.push_back(static_cast<uint32_t>(i));
    }
  }
  return damaged;
}

}  // namespace stillframe::core
