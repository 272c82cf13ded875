// Byte views, little-endian stores and page-aligned memory.
#ifndef STILLFRAME_CORE_BYTES_H_
#define STILLFRAME_CORE_BYTES_H_

#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <memory>
#include <new>
#include <span>
#include <string>

namespace stillframe::core {

using Bytes = std::span<uint8_t>;
using ConstBytes = std::span<const uint8_t>;

// Alignment that satisfies O_DIRECT for memory, offset and length on every file system and device known to us, and
// the page size below which direct and buffered writes must not meet.
inline constexpr size_t kPageBytes = 4096;

inline constexpr uint64_t AlignDown(uint64_t value, uint64_t alignment) { return value / alignment * alignment; }
inline constexpr uint64_t AlignUp(uint64_t value, uint64_t alignment) {
  return AlignDown(value + alignment - 1, alignment);
}

inline void StoreLe32(uint8_t* out, uint32_t value) {
  for (int i = 0; i < 4; ++i) out[i] = static_cast<uint8_t>(value >> (8 * i));
}
inline uint32_t LoadLe32(const uint8_t* in) {
  uint32_t value = 0;
  for (int i = 0; i < 4; ++i) value |= static_cast<uint32_t>(in[i]) << (8 * i);
  return value;
}

// Lower-case hexadecimal.
std::string ToHex(ConstBytes bytes);

// Page-aligned memory of fixed size; not cleared.
class AlignedBuffer {
 public:
  AlignedBuffer() = default;
  explicit AlignedBuffer(size_t size) : size_(AlignUp(size, kPageBytes)) {
    memory_.reset(static_cast<uint8_t*>(std::aligned_alloc(kPageBytes, size_ == 0 ? kPageBytes : size_)));
    if (!memory_) throw std::bad_alloc();
  }
  uint8_t* data() const { return memory_.get(); }
  size_t size() const { return size_; }

 private:
  struct Free {
    void operator()(uint8_t* memory) const { std::free(memory); }
  };
  std::unique_ptr<uint8_t, Free> memory_;
  size_t size_ = 0;
};

}  // namespace stillframe::core

#endif  // STILLFRAME_CORE_BYTES_H_
