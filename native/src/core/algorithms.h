// libcrypto's algorithm objects, fetched once, and deleters for its contexts.
#ifndef STILLFRAME_CORE_ALGORITHMS_H_
#define STILLFRAME_CORE_ALGORITHMS_H_

#include <openssl/evp.h>

#include <memory>

namespace stillframe::core {

// Fetched on first use and never freed: threads of a session may still compute while the process runs its exit
// handlers (`process.exit` does not run environment cleanup).
struct Algorithms {
  EVP_MD* sha256;
  EVP_MAC* poly1305;
  EVP_CIPHER* aes128_ecb;
  EVP_CIPHER* aes256_ctr;

  // Throws `CRYPTO_UNAVAILABLE` if libcrypto lacks one of them.
  static const Algorithms& Get();
};

struct OpensslDelete {
  void operator()(EVP_MD_CTX* context) const { EVP_MD_CTX_free(context); }
  void operator()(EVP_CIPHER_CTX* context) const { EVP_CIPHER_CTX_free(context); }
  void operator()(EVP_MAC_CTX* context) const { EVP_MAC_CTX_free(context); }
};
using DigestContext = std::unique_ptr<EVP_MD_CTX, OpensslDelete>;
using CipherContext = std::unique_ptr<EVP_CIPHER_CTX, OpensslDelete>;
using MacContext = std::unique_ptr<EVP_MAC_CTX, OpensslDelete>;

// Throws `CRYPTO_FAILED` unless libcrypto reported success.
void RequireCrypto(bool succeeded, const char* what);

}  // namespace stillframe::core

#endif  // STILLFRAME_CORE_ALGORITHMS_H_
