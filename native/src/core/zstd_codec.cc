#include "core/zstd_codec.h"

#include <algorithm>
#include <new>
#include <string>

#include "core/error.h"

// libzstd calls these weak hooks if a program defines them. Defined here (hidden, tracing nothing), so that the dynamic
// linker cannot bind them to a host's libzstd.
extern "C" {
struct ZSTD_Trace;
unsigned long long ZSTD_trace_compress_begin(const ZSTD_CCtx*) { return 0; }
void ZSTD_trace_compress_end(unsigned long long, const ZSTD_Trace*) {}
unsigned long long ZSTD_trace_decompress_begin(const ZSTD_DCtx*) { return 0; }
void ZSTD_trace_decompress_end(unsigned long long, const ZSTD_Trace*) {}
}

namespace stillframe::core {

Compressor::Compressor(int level) : context_(ZSTD_createCCtx()) {
  if (!context_) throw std::bad_alloc();
  ZSTD_CCtx_setParameter(context_.get(), ZSTD_c_compressionLevel, level);
  ZSTD_CCtx_setParameter(context_.get(), ZSTD_c_contentSizeFlag, 1);
}

size_t Compressor::Compress(ConstBytes plain, Bytes out) {
  const size_t length = ZSTD_compress2(context_.get(), out.data(), out.size(), plain.data(), plain.size());
  return ZSTD_isError(length) ? 0 : length;
}

Decompressor::Decompressor() : context_(ZSTD_createDCtx()) {
  if (!context_) throw std::bad_alloc();
}

bool Decompressor::Decompress(ConstBytes frame, Bytes out) {
  const size_t length = ZSTD_decompressDCtx(context_.get(), out.data(), out.size(), frame.data(), frame.size());
  return !ZSTD_isError(length) && length == out.size();
}

std::vector<uint8_t> Decompressor::DecompressAll(ConstBytes frame, size_t max_bytes) {
  const unsigned long long declared = ZSTD_getFrameContentSize(frame.data(), frame.size());
  if (declared == ZSTD_CONTENTSIZE_ERROR) throw Error("ZSTD_DAMAGED", "not a zstd frame");
  if (declared != ZSTD_CONTENTSIZE_UNKNOWN && declared > max_bytes) {
    throw Error("ZSTD_DAMAGED", "zstd frame declares more bytes than allowed");
  }
  std::vector<uint8_t> plain(std::min<size_t>(
      max_bytes, declared == ZSTD_CONTENTSIZE_UNKNOWN ? std::max<size_t>(frame.size() * 4, 64 << 10) : declared));
  ZSTD_DCtx_reset(context_.get(), ZSTD_reset_session_only);
  ZSTD_inBuffer in{frame.data(), frame.size(), 0};
  size_t produced = 0;
  while (true) {
    ZSTD_outBuffer out{plain.data(), plain.size(), produced};
    const size_t rest = ZSTD_decompressStream(context_.get(), &out, &in);
    produced = out.pos;
    if (ZSTD_isError(rest)) throw Error("ZSTD_DAMAGED", std::string("damaged zstd frame: ") + ZSTD_getErrorName(rest));
    if (rest == 0 && in.pos == in.size) break;
    if (produced < plain.size() && in.pos == in.size) throw Error("ZSTD_DAMAGED", "truncated zstd frame");
    if (produced == plain.size() && rest != 0) {
      if (plain.size() == max_bytes) throw Error("ZSTD_DAMAGED", "zstd frame holds more bytes than allowed");
      plain.resize(std::min(max_bytes, std::max<size_t>(plain.size() * 2, 64 << 10)));
    }
  }
  plain.resize(produced);
  return plain;
}

}  // namespace stillframe::core
