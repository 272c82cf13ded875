// From `core::Error` to the `NativeError` of index.ts.
#ifndef STILLFRAME_BINDING_NATIVE_ERROR_H_
#define STILLFRAME_BINDING_NATIVE_ERROR_H_

#include <napi.h>

#include <new>

#include "core/error.h"

namespace stillframe::binding {

inline Napi::Error ToNapiError(Napi::Env env, const core::Error& error) {
  Napi::Error result = Napi::Error::New(env, error.what());
  Napi::Object object = result.Value();
  object.Set("code", error.code());
  if (error.range()) {
    object.Set("offsetBytes", static_cast<double>(error.range()->offset));
    object.Set("lengthBytes", static_cast<double>(error.range()->length));
  }
  if (!error.blob_id().empty()) object.Set("blobId", error.blob_id());
  return result;
}

// The exception in flight as `core::Error`; call inside a catch block.
inline core::Error CurrentError() {
  try {
    throw;
  } catch (const core::Error& error) {
    return error;
  } catch (const std::bad_alloc&) {
    return core::Error("ENOMEM", "out of memory");
  } catch (const std::exception& error) {
    return core::Error("INTERNAL", error.what());
  }
}

// Runs `body`; what it throws of ours reaches JavaScript as a `NativeError`.
template <typename Body>
auto Guarded(Napi::Env env, Body body) -> decltype(body()) {
  try {
    return body();
  } catch (const Napi::Error&) {
    throw;
  } catch (...) {
    throw ToNapiError(env, CurrentError());
  }
}

}  // namespace stillframe::binding

#endif  // STILLFRAME_BINDING_NATIVE_ERROR_H_
