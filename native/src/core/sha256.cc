#include "core/sha256.h"

#include <vector>

namespace stillframe::core {

Sha256::Sha256() : context_(EVP_MD_CTX_new()) { RequireCrypto(context_ != nullptr, "EVP_MD_CTX_new"); }

Id Sha256::Hash(ConstBytes bytes) { return Hash(bytes, {}, {}); }

Id Sha256::Hash(ConstBytes a, ConstBytes b, ConstBytes c) {
  RequireCrypto(EVP_DigestInit_ex2(context_.get(), Algorithms::Get().sha256, nullptr) == 1, "SHA-256 start");
  for (ConstBytes part : {a, b, c}) {
    if (!part.empty()) {
      RequireCrypto(EVP_DigestUpdate(context_.get(), part.data(), part.size()) == 1, "SHA-256 update");
    }
  }
  Id id;
  RequireCrypto(EVP_DigestFinal_ex(context_.get(), id.data(), nullptr) == 1, "SHA-256 end");
  return id;
}

Id MerkleRoot(ConstBytes ids) {
  static constexpr uint8_t kLeaf[] = {0};
  static constexpr uint8_t kNode[] = {1};
  Sha256 sha;
  if (ids.empty()) return sha.Hash({});
  std::vector<Id> level(ids.size() / kIdBytes);
  for (size_t i = 0; i < level.size(); ++i) level[i] = sha.Hash(kLeaf, ids.subspan(i * kIdBytes, kIdBytes), {});
  while (level.size() > 1) {
    const size_t pairs = level.size() / 2;
    for (size_t i = 0; i < pairs; ++i) level[i] = sha.Hash(kNode, level[2 * i], level[2 * i + 1]);
    if (level.size() % 2 == 1) level[pairs] = level.back();
    level.resize((level.size() + 1) / 2);
  }
  return level.front();
}

}  // namespace stillframe::core
