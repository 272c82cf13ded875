#include "binding/arguments.h"

#include <cmath>

namespace stillframe::binding {
namespace {

bool IsExactInteger(double number, double minimum, double maximum) {
  return number >= minimum && number <= maximum && std::floor(number) == number;
}

Napi::TypedArray RequireTyped(Napi::Value value, const std::string& name, napi_typedarray_type type,
                              const char* type_name) {
  if (!value.IsTypedArray() || value.As<Napi::TypedArray>().TypedArrayType() != type) {
    ThrowType(value.Env(), name, std::string("must be a ") + type_name);
  }
  return value.As<Napi::TypedArray>();
}

}  // namespace

void ThrowType(Napi::Env env, const std::string& name, const std::string& expectation) {
  throw Napi::TypeError::New(env, name + " " + expectation);
}

Napi::Object RequireObject(Napi::Value value, const std::string& name) {
  if (!value.IsObject() || value.IsFunction()) ThrowType(value.Env(), name, "must be an object");
  return value.As<Napi::Object>();
}

std::string RequireString(Napi::Value value, const std::string& name) {
  if (!value.IsString()) ThrowType(value.Env(), name, "must be a string");
  return value.As<Napi::String>().Utf8Value();
}

std::string RequirePath(Napi::Value value, const std::string& name) {
  std::string path = RequireString(value, name);
  if (path.empty() || path.find('\0') != std::string::npos) {
    ThrowType(value.Env(), name, "must be a path: not empty and without NUL");
  }
  return path;
}

core::Bytes RequireBytes(Napi::Value value, const std::string& name) {
  RequireTyped(value, name, napi_uint8_array, "Uint8Array");
  Napi::Uint8Array bytes = value.As<Napi::Uint8Array>();
  return {bytes.Data(), bytes.ElementLength()};
}

core::Bytes RequireBytesOf(Napi::Value value, const std::string& name, size_t length) {
  const core::Bytes bytes = RequireBytes(value, name);
  if (bytes.size() != length) {
    ThrowType(value.Env(), name, "must have " + std::to_string(length) + " bytes, not " + std::to_string(bytes.size()));
  }
  return bytes;
}

uint64_t RequireInteger(Napi::Value value, const std::string& name, uint64_t minimum, uint64_t maximum) {
  if (!value.IsNumber() || !IsExactInteger(value.As<Napi::Number>().DoubleValue(), static_cast<double>(minimum),
                                           static_cast<double>(maximum))) {
    ThrowType(value.Env(), name,
              "must be an integer from " + std::to_string(minimum) + " to " + std::to_string(maximum));
  }
  return static_cast<uint64_t>(value.As<Napi::Number>().DoubleValue());
}

bool OptionalBoolean(Napi::Value value, const std::string& name, bool fallback) {
  if (value.IsUndefined()) return fallback;
  if (!value.IsBoolean()) ThrowType(value.Env(), name, "must be a boolean");
  return value.As<Napi::Boolean>().Value();
}

std::optional<uint64_t> OptionalInteger(Napi::Value value, const std::string& name, uint64_t minimum,
                                        uint64_t maximum) {
  if (value.IsUndefined()) return std::nullopt;
  return RequireInteger(value, name, minimum, maximum);
}

std::vector<uint64_t> RequireOffsets(Napi::Value value, const std::string& name) {
  RequireTyped(value, name, napi_float64_array, "Float64Array");
  const auto numbers = value.As<Napi::Float64Array>();
  std::vector<uint64_t> offsets(numbers.ElementLength());
  const double* data = numbers.Data();
  for (size_t i = 0; i < offsets.size(); ++i) {
    if (!IsExactInteger(data[i], 0, kMaxSafeInteger)) {
      ThrowType(value.Env(), name, "must hold exact non-negative integers (index " + std::to_string(i) + ")");
    }
    offsets[i] = static_cast<uint64_t>(data[i]);
  }
  return offsets;
}

std::vector<uint32_t> RequireUint32s(Napi::Value value, const std::string& name, size_t count) {
  RequireTyped(value, name, napi_uint32_array, "Uint32Array");
  const auto numbers = value.As<Napi::Uint32Array>();
  if (numbers.ElementLength() < count) {
    ThrowType(value.Env(), name, "must have at least " + std::to_string(count) + " elements");
  }
  return count == 0 ? std::vector<uint32_t>() : std::vector<uint32_t>(numbers.Data(), numbers.Data() + count);
}

std::vector<core::ByteRange> RequireExtents(Napi::Value value, const std::string& name, uint64_t size) {
  const std::vector<uint64_t> numbers = RequireOffsets(value, name);
  if (numbers.size() % 2 != 0) ThrowType(value.Env(), name, "must hold [offset, length] pairs");
  std::vector<core::ByteRange> extents(numbers.size() / 2);
  uint64_t end = 0;
  for (size_t i = 0; i < extents.size(); ++i) {
    extents[i] = {numbers[2 * i], numbers[2 * i + 1]};
    const std::string at = " (pair " + std::to_string(i) + ")";
    if (extents[i].length == 0) ThrowType(value.Env(), name, "must not hold empty extents" + at);
    if (extents[i].offset < end) ThrowType(value.Env(), name, "must be sorted and disjoint" + at);
    end = extents[i].offset + extents[i].length;
    if (end > size) ThrowType(value.Env(), name, "must lie within sizeBytes" + at);
  }
  return extents;
}

}  // namespace stillframe::binding
