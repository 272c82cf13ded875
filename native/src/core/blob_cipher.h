// The sealed form of the restic repository (design.rst, "Keys, Encryption and MAC"): IV (16) | AES-256-CTR ciphertext
// | Poly1305-AES MAC (16) over the ciphertext.
#ifndef STILLFRAME_CORE_BLOB_CIPHER_H_
#define STILLFRAME_CORE_BLOB_CIPHER_H_

#include <array>

#include "core/algorithms.h"
#include "core/bytes.h"

namespace stillframe::core {

inline constexpr size_t kMasterKeyBytes = 64;
inline constexpr size_t kIvBytes = 16;
inline constexpr size_t kMacBytes = 16;
inline constexpr size_t kSealOverheadBytes = kIvBytes + kMacBytes;

// AES-256 key (32) | Poly1305-AES k (16) | Poly1305 r (16). Wiped on destruction.
class MasterKey {
 public:
  // `bytes` holds exactly `kMasterKeyBytes`.
  explicit MasterKey(ConstBytes bytes);
  MasterKey(const MasterKey&) = default;
  MasterKey& operator=(const MasterKey&) = default;
  ~MasterKey();

  const uint8_t* encrypt() const { return bytes_.data(); }
  const uint8_t* k() const { return bytes_.data() + 32; }
  const uint8_t* r() const { return bytes_.data() + 48; }

 private:
  std::array<uint8_t, kMasterKeyBytes> bytes_;
};

// Poly1305-AES of Bernstein's paper: the one-time pad is AES-128_k(nonce). `r` is clamped by the computation.
class Poly1305Aes {
 public:
  // `k` and `r`: 16 bytes each.
  Poly1305Aes(const uint8_t* k, const uint8_t* r);
  ~Poly1305Aes();
  Poly1305Aes(const Poly1305Aes&) = delete;
  Poly1305Aes& operator=(const Poly1305Aes&) = delete;

  std::array<uint8_t, kMacBytes> Mac(const uint8_t* nonce, ConstBytes message);

 private:
  CipherContext pad_;
  MacContext mac_;
  std::array<uint8_t, 32> one_time_key_;
};

// Seals and opens with contexts of its own: one object a thread.
class BlobCipher {
 public:
  explicit BlobCipher(const MasterKey& key);

  // Writes `plain.size() + kSealOverheadBytes` bytes to `out`, under a fresh random IV.
  void Seal(ConstBytes plain, uint8_t* out);
  // Writes `sealed.size() - kSealOverheadBytes` bytes to `out`; false (and nothing written) if the MAC does not match
  // or `sealed` is too short.
  [[nodiscard]] bool Open(ConstBytes sealed, uint8_t* out);

 private:
  void ApplyCtr(const uint8_t* iv, ConstBytes in, uint8_t* out);

  CipherContext ctr_;
  Poly1305Aes mac_;
};

}  // namespace stillframe::core

#endif  // STILLFRAME_CORE_BLOB_CIPHER_H_
