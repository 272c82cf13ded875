// seal, open, compress, decompress, sha256, merkleRoot and describe: small things, done on the calling thread.
#if defined(__x86_64__)
#include <cpuid.h>
#endif
#include <openssl/crypto.h>
#include <zstd.h>

#include <string>

#include "binding/arguments.h"
#include "binding/functions.h"
#include "binding/native_error.h"
#include "core/blob_cipher.h"
#include "core/error.h"
#include "core/sha256.h"
#include "core/zstd_codec.h"

namespace stillframe::binding {
namespace {

Napi::Value Seal(const Napi::CallbackInfo& info) {
  const core::Bytes key = RequireBytesOf(info[0], "key", core::kMasterKeyBytes);
  const core::Bytes plain = RequireBytes(info[1], "plain");
  auto sealed = Napi::Buffer<uint8_t>::New(info.Env(), plain.size() + core::kSealOverheadBytes);
  Guarded(info.Env(), [&] { core::BlobCipher(core::MasterKey(key)).Seal(plain, sealed.Data()); });
  return sealed;
}

Napi::Value Open(const Napi::CallbackInfo& info) {
  const core::Bytes key = RequireBytesOf(info[0], "key", core::kMasterKeyBytes);
  const core::Bytes sealed = RequireBytes(info[1], "sealed");
  return Guarded(info.Env(), [&]() -> Napi::Value {
    if (sealed.size() < core::kSealOverheadBytes) {
      throw core::Error("MAC_MISMATCH", "too short to be sealed: " + std::to_string(sealed.size()) + " bytes");
    }
    auto plain = Napi::Buffer<uint8_t>::New(info.Env(), sealed.size() - core::kSealOverheadBytes);
    if (!core::BlobCipher(core::MasterKey(key)).Open(sealed, plain.Data())) {
      throw core::Error("MAC_MISMATCH", "the MAC does not match: wrong key or damaged data");
    }
    return plain;
  });
}

Napi::Value Compress(const Napi::CallbackInfo& info) {
  const core::Bytes plain = RequireBytes(info[0], "plain");
  const auto level = static_cast<int>(RequireInteger(info[1], "level", 1, 19));
  return Guarded(info.Env(), [&] {
    std::vector<uint8_t> frame(ZSTD_compressBound(plain.size()));
    const size_t length = core::Compressor(level).Compress(plain, frame);
    if (length == 0) throw core::Error("INTERNAL", "zstd failed to compress");
    return Napi::Buffer<uint8_t>::Copy(info.Env(), frame.data(), length);
  });
}

Napi::Value Decompress(const Napi::CallbackInfo& info) {
  const core::Bytes frame = RequireBytes(info[0], "frame");
  const uint64_t max_bytes = RequireInteger(info[1], "maxBytes", 0, uint64_t{1} << 32);
  return Guarded(info.Env(), [&] {
    const std::vector<uint8_t> plain = core::Decompressor().DecompressAll(frame, max_bytes);
    return Napi::Buffer<uint8_t>::Copy(info.Env(), plain.data(), plain.size());
  });
}

Napi::Value Sha256(const Napi::CallbackInfo& info) {
  const core::Bytes bytes = RequireBytes(info[0], "bytes");
  return Guarded(info.Env(), [&] { return Napi::String::New(info.Env(), core::ToHex(core::Sha256().Hash(bytes))); });
}

Napi::Value MerkleRoot(const Napi::CallbackInfo& info) {
  const core::Bytes ids = RequireBytes(info[0], "ids");
  if (ids.size() % core::kIdBytes != 0) ThrowType(info.Env(), "ids", "must hold whole ids of 32 bytes");
  return Guarded(info.Env(), [&] { return Napi::String::New(info.Env(), core::ToHex(core::MerkleRoot(ids))); });
}

struct ProcessorFeatures {
  bool sha = false;
  bool aes = false;
};

// By CPUID: leaf 7 EBX bit 29 (SHA), leaf 1 ECX bit 25 (AES). Other architectures are not told apart.
ProcessorFeatures DetectFeatures() {
  ProcessorFeatures features;
#if defined(__x86_64__)
  unsigned eax = 0, ebx = 0, ecx = 0, edx = 0;
  features.sha = __get_cpuid_count(7, 0, &eax, &ebx, &ecx, &edx) != 0 && (ebx >> 29 & 1) != 0;
  features.aes = __get_cpuid(1, &eax, &ebx, &ecx, &edx) != 0 && (ecx >> 25 & 1) != 0;
#endif
  return features;
}

Napi::Value Describe(const Napi::CallbackInfo& info) {
  const ProcessorFeatures features = DetectFeatures();
  Napi::Object result = Napi::Object::New(info.Env());
  result.Set("version", STILLFRAME_VERSION);
  result.Set("sha", features.sha ? "sha-ni" : "portable");
  result.Set("aes", features.aes ? "aes-ni" : "portable");
  result.Set("zstd", ZSTD_versionString());
  result.Set("openssl", OpenSSL_version(OPENSSL_FULL_VERSION_STRING));
  return result;
}

}  // namespace

void ExportCodecFunctions(Napi::Env env, Napi::Object exports) {
  exports.Set("seal", Napi::Function::New<Seal>(env, "seal"));
  exports.Set("open", Napi::Function::New<Open>(env, "open"));
  exports.Set("compress", Napi::Function::New<Compress>(env, "compress"));
  exports.Set("decompress", Napi::Function::New<Decompress>(env, "decompress"));
  exports.Set("sha256", Napi::Function::New<Sha256>(env, "sha256"));
  exports.Set("merkleRoot", Napi::Function::New<MerkleRoot>(env, "merkleRoot"));
  exports.Set("describe", Napi::Function::New<Describe>(env, "describe"));
}

}  // namespace stillframe::binding
