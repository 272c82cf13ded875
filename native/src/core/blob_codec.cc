#include "core/blob_codec.h"

#include <algorithm>
#include <cstring>

namespace stillframe::core {
namespace {

// Samples are taken from this many places, each of this size.
constexpr size_t kSamples = 8;
constexpr size_t kSampleBytes = 2 << 10;

// A fast zstd level: on incompressible data it runs several times faster than level 3, and it still finds what a
// sample missed.
constexpr int kQuickLevel = -5;

}  // namespace

BlobEncoder::BlobEncoder(int level, size_t max_plain) {
  if (level == 0) return;
  compressor_.emplace(level);
  quick_.emplace(kQuickLevel);
  frame_.resize(max_plain);
  sample_.resize(kSamples * kSampleBytes);
}

Payload BlobEncoder::Encode(ConstBytes plain) {
  if (compressor_) {
    Compressor& compressor = LooksIncompressible(plain) ? *quick_ : *compressor_;
    // One byte less than the plain length: what does not shrink is stored as it is.
    const size_t length = plain.empty() ? 0 : compressor.Compress(plain, Bytes(frame_).first(plain.size() - 1));
    if (length > 0) return {ConstBytes(frame_).first(length), static_cast<uint32_t>(plain.size())};
  }
  return {plain, 0};
}

bool BlobEncoder::LooksIncompressible(ConstBytes plain) {
  if (plain.size() < 4 * sample_.size()) return false;
  const size_t stride = (plain.size() - kSampleBytes) / (kSamples - 1);
  for (size_t i = 0; i < kSamples; ++i) {
    std::memcpy(sample_.data() + i * kSampleBytes, plain.data() + i * stride, kSampleBytes);
  }
  const size_t limit = sample_.size() - sample_.size() / 32;
  return quick_->Compress(sample_, Bytes(frame_).first(limit)) == 0;
}

const char* BlobDecoder::Decode(ConstBytes sealed, uint32_t uncompressed_length, const Id& id, Bytes plain) {
  if (uncompressed_length == 0) {
    if (!cipher_.Open(sealed, plain.data())) return "its MAC does not match";
  } else {
    if (sealed.size() < kSealOverheadBytes) return "it is too short";
    frame_.resize(std::max(frame_.size(), sealed.size()));
    if (!cipher_.Open(sealed, frame_.data())) return "its MAC does not match";
    if (!decompressor_.Decompress({frame_.data(), sealed.size() - kSealOverheadBytes}, plain)) {
      return "its zstd frame is damaged or of another length";
    }
  }
  return sha_.Hash(plain) == id ? nullptr : "its SHA-256 is not its id";
}

}  // namespace stillframe::core
