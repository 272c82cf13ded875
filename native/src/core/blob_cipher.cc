#include "core/blob_cipher.h"

#include <openssl/crypto.h>
#include <openssl/rand.h>

#include <algorithm>
#include <cstring>

namespace stillframe::core {
namespace {

// EVP lengths are `int`.
constexpr size_t kMaxUpdateBytes = size_t{1} << 30;

}  // namespace

MasterKey::MasterKey(ConstBytes bytes) { std::memcpy(bytes_.data(), bytes.data(), kMasterKeyBytes); }

MasterKey::~MasterKey() { OPENSSL_cleanse(bytes_.data(), bytes_.size()); }

Poly1305Aes::Poly1305Aes(const uint8_t* k, const uint8_t* r)
    : pad_(EVP_CIPHER_CTX_new()), mac_(EVP_MAC_CTX_new(Algorithms::Get().poly1305)) {
  RequireCrypto(pad_ && mac_, "Poly1305-AES contexts");
  RequireCrypto(EVP_EncryptInit_ex2(pad_.get(), Algorithms::Get().aes128_ecb, k, nullptr, nullptr) == 1, "AES-128 key");
  RequireCrypto(EVP_CIPHER_CTX_set_padding(pad_.get(), 0) == 1, "AES-128 padding");
  std::memcpy(one_time_key_.data(), r, 16);
}

Poly1305Aes::~Poly1305Aes() { OPENSSL_cleanse(one_time_key_.data(), one_time_key_.size()); }

std::array<uint8_t, kMacBytes> Poly1305Aes::Mac(const uint8_t* nonce, ConstBytes message) {
  int length = 0;
  RequireCrypto(EVP_EncryptUpdate(pad_.get(), one_time_key_.data() + 16, &length, nonce, 16) == 1 && length == 16,
                "AES-128 pad");
  RequireCrypto(EVP_MAC_init(mac_.get(), one_time_key_.data(), one_time_key_.size(), nullptr) == 1, "Poly1305 start");
  if (!message.empty()) {
    RequireCrypto(EVP_MAC_update(mac_.get(), message.data(), message.size()) == 1, "Poly1305 update");
  }
  std::array<uint8_t, kMacBytes> mac;
  size_t mac_length = 0;
  RequireCrypto(EVP_MAC_final(mac_.get(), mac.data(), &mac_length, mac.size()) == 1, "Poly1305 end");
  return mac;
}

BlobCipher::BlobCipher(const MasterKey& key) : ctr_(EVP_CIPHER_CTX_new()), mac_(key.k(), key.r()) {
  RequireCrypto(ctr_ != nullptr, "EVP_CIPHER_CTX_new");
  RequireCrypto(EVP_EncryptInit_ex2(ctr_.get(), Algorithms::Get().aes256_ctr, key.encrypt(), nullptr, nullptr) == 1,
                "AES-256 key");
}

void BlobCipher::Seal(ConstBytes plain, uint8_t* out) {
  RequireCrypto(RAND_bytes(out, kIvBytes) == 1, "random IV");
  uint8_t* const ciphertext = out + kIvBytes;
  ApplyCtr(out, plain, ciphertext);
  const auto mac = mac_.Mac(out, {ciphertext, plain.size()});
  std::memcpy(ciphertext + plain.size(), mac.data(), kMacBytes);
}

bool BlobCipher::Open(ConstBytes sealed, uint8_t* out) {
  if (sealed.size() < kSealOverheadBytes) return false;
  const ConstBytes ciphertext = sealed.subspan(kIvBytes, sealed.size() - kSealOverheadBytes);
  const auto mac = mac_.Mac(sealed.data(), ciphertext);
  if (CRYPTO_memcmp(mac.data(), sealed.data() + sealed.size() - kMacBytes, kMacBytes) != 0) return false;
  ApplyCtr(sealed.data(), ciphertext, out);
  return true;
}

void BlobCipher::ApplyCtr(const uint8_t* iv, ConstBytes in, uint8_t* out) {
  RequireCrypto(EVP_EncryptInit_ex2(ctr_.get(), nullptr, nullptr, iv, nullptr) == 1, "AES-256-CTR IV");
  while (!in.empty()) {
    const size_t part = std::min(in.size(), kMaxUpdateBytes);
    int length = 0;
    RequireCrypto(EVP_EncryptUpdate(ctr_.get(), out, &length, in.data(), static_cast<int>(part)) == 1, "AES-256-CTR");
    in = in.subspan(part);
    out += part;
  }
}

}  // namespace stillframe::core
