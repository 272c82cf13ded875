#include "core/zero_test.h"

#include <cstring>

namespace stillframe::core {
namespace {

// One step of the test: a plain loop over words, which compilers turn into vector instructions.
constexpr size_t kStepWords = 32;
constexpr size_t kStepBytes = kStepWords * sizeof(uint64_t);

}  // namespace

bool IsZero(ConstBytes bytes) {
  const uint8_t* at = bytes.data();
  size_t rest = bytes.size();
  for (; rest >= kStepBytes; at += kStepBytes, rest -= kStepBytes) {
    uint64_t words[kStepWords];
    std::memcpy(words, at, kStepBytes);
    uint64_t any = 0;
    for (uint64_t word : words) any |= word;
    if (any != 0) return false;
  }
  uint8_t any = 0;
  for (; rest > 0; ++at, --rest) any |= *at;
  return any == 0;
}

}  // namespace stillframe::core
