// SHA-256 and the Merkle root over blob ids.
#ifndef STILLFRAME_CORE_SHA256_H_
#define STILLFRAME_CORE_SHA256_H_

#include <array>
#include <cstring>

#include "core/algorithms.h"
#include "core/bytes.h"

namespace stillframe::core {

inline constexpr size_t kIdBytes = 32;

// A blob's id: SHA-256 of its plain bytes.
using Id = std::array<uint8_t, kIdBytes>;

inline Id LoadId(const uint8_t* bytes) {
  Id id;
  std::memcpy(id.data(), bytes, kIdBytes);
  return id;
}

// A reusable hash context; one a thread.
class Sha256 {
 public:
  Sha256();
  Id Hash(ConstBytes bytes);
  // Hash of the concatenation of `a`, `b` and `c`.
  Id Hash(ConstBytes a, ConstBytes b, ConstBytes c);

 private:
  DigestContext context_;
};

// Leaf = SHA-256(0x00 | id), node = SHA-256(0x01 | left | right); an odd last node is carried up unchanged; no ids =
// SHA-256 of nothing. `ids` is a concatenation of whole ids.
Id MerkleRoot(ConstBytes ids);

}  // namespace stillframe::core

#endif  // STILLFRAME_CORE_SHA256_H_
