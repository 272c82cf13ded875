// zstd frames with the content size in their header.
#ifndef STILLFRAME_CORE_ZSTD_CODEC_H_
#define STILLFRAME_CORE_ZSTD_CODEC_H_

#include <zstd.h>

#include <memory>
#include <vector>

#include "core/bytes.h"

namespace stillframe::core {

// Reusable compression state; one a thread.
class Compressor {
 public:
  explicit Compressor(int level);
  // Compresses into `out`; returns the frame's length, or 0 if it would exceed `out`.
  size_t Compress(ConstBytes plain, Bytes out);

 private:
  struct Free {
    void operator()(ZSTD_CCtx* context) const { ZSTD_freeCCtx(context); }
  };
  std::unique_ptr<ZSTD_CCtx, Free> context_;
};

// Reusable decompression state; one a thread.
class Decompressor {
 public:
  Decompressor();
  // True if `frame` is sound and holds exactly `out.size()` bytes, which are then in `out`.
  [[nodiscard]] bool Decompress(ConstBytes frame, Bytes out);
  // Decompresses whatever the frame holds. Throws `ZSTD_DAMAGED` for a damaged frame, for trailing bytes, and rather
  // than produce more than `max_bytes`.
  std::vector<uint8_t> DecompressAll(ConstBytes frame, size_t max_bytes);

 private:
  struct Free {
    void operator()(ZSTD_DCtx* context) const { ZSTD_freeDCtx(context); }
  };
  std::unique_ptr<ZSTD_DCtx, Free> context_;
};

}  // namespace stillframe::core

#endif  // STILLFRAME_CORE_ZSTD_CODEC_H_
