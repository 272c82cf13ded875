#include "core/algorithms.h"

#include <openssl/crypto.h>

#include <string>

#include "core/error.h"

namespace stillframe::core {

const Algorithms& Algorithms::Get() {
  static const Algorithms* const kAlgorithms = [] {
    // No openssl.cnf of the machine may change what we compute, and no exit handler may free what threads still use.
    OPENSSL_init_crypto(OPENSSL_INIT_NO_LOAD_CONFIG | OPENSSL_INIT_NO_ATEXIT, nullptr);
    auto* fetched = new Algorithms{
        EVP_MD_fetch(nullptr, "SHA256", nullptr),
        EVP_MAC_fetch(nullptr, "POLY1305", nullptr),
        EVP_CIPHER_fetch(nullptr, "AES-128-ECB", nullptr),
        EVP_CIPHER_fetch(nullptr, "AES-256-CTR", nullptr),
    };
    if (!fetched->sha256 || !fetched->poly1305 || !fetched->aes128_ecb || !fetched->aes256_ctr) {
      throw Error("CRYPTO_UNAVAILABLE", "libcrypto lacks SHA-256, Poly1305 or AES");
    }
    return fetched;
  }();
  return *kAlgorithms;
}

void RequireCrypto(bool succeeded, const char* what) {
  if (!succeeded) throw Error("CRYPTO_FAILED", std::string("libcrypto failed: ") + what);
}

}  // namespace stillframe::core
