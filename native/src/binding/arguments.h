// Checked access to what JavaScript passed. Every function throws a TypeError that names the argument.
#ifndef STILLFRAME_BINDING_ARGUMENTS_H_
#define STILLFRAME_BINDING_ARGUMENTS_H_

#include <napi.h>

#include <optional>
#include <string>
#include <vector>

#include "core/bytes.h"
#include "core/error.h"

namespace stillframe::binding {

// Largest integer that a JavaScript number holds exactly.
inline constexpr double kMaxSafeInteger = 9007199254740991.0;

[[noreturn]] void ThrowType(Napi::Env env, const std::string& name, const std::string& expectation);

Napi::Object RequireObject(Napi::Value value, const std::string& name);
std::string RequireString(Napi::Value value, const std::string& name);
// A path: a string without NUL, not empty.
std::string RequirePath(Napi::Value value, const std::string& name);
// A Uint8Array or Buffer. The view is valid while the value is referenced.
core::Bytes RequireBytes(Napi::Value value, const std::string& name);
core::Bytes RequireBytesOf(Napi::Value value, const std::string& name, size_t length);
uint64_t RequireInteger(Napi::Value value, const std::string& name, uint64_t minimum, uint64_t maximum);
// Absent and undefined give `fallback`.
bool OptionalBoolean(Napi::Value value, const std::string& name, bool fallback);
std::optional<uint64_t> OptionalInteger(Napi::Value value, const std::string& name, uint64_t minimum, uint64_t maximum);
// A Float64Array of exact non-negative integers, copied.
std::vector<uint64_t> RequireOffsets(Napi::Value value, const std::string& name);
// A Uint32Array of at least `count` elements; the first `count`, copied.
std::vector<uint32_t> RequireUint32s(Napi::Value value, const std::string& name, size_t count);
// A Float64Array of sorted, disjoint, non-empty `[offset, length]` pairs within `size`.
std::vector<core::ByteRange> RequireExtents(Napi::Value value, const std::string& name, uint64_t size);

}  // namespace stillframe::binding

#endif  // STILLFRAME_BINDING_ARGUMENTS_H_
