// The one exception type of the addon: a stable code, an English sentence and, where it helps, a place.
#ifndef STILLFRAME_CORE_ERROR_H_
#define STILLFRAME_CORE_ERROR_H_

#include <cstdint>
#include <optional>
#include <stdexcept>
#include <string>
#include <utility>

namespace stillframe::core {

// A byte range on a device or in a file.
struct ByteRange {
  uint64_t offset = 0;
  uint64_t length = 0;
  bool operator==(const ByteRange&) const = default;
};

// An error that JavaScript sees as `NativeError`. `code` is an errno name or one of the addon's own codes.
class Error : public std::runtime_error {
 public:
  Error(std::string code, const std::string& message) : std::runtime_error(message), code_(std::move(code)) {}

  Error& At(uint64_t offset, uint64_t length) {
    range_ = ByteRange{offset, length};
    return *this;
  }
  Error& OnBlob(std::string hex_id) {
    blob_id_ = std::move(hex_id);
    return *this;
  }

  const std::string& code() const { return code_; }
  const std::optional<ByteRange>& range() const { return range_; }
  const std::string& blob_id() const { return blob_id_; }

 private:
  std::string code_;
  std::optional<ByteRange> range_;
  std::string blob_id_;
};

}  // namespace stillframe::core

#endif  // STILLFRAME_CORE_ERROR_H_
