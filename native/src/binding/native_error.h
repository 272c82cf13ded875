// From `core::Error` to the `NativeError` of index.ts.
#ifndef STILLFRAME_BINDING_NATIVE_ERROR_H_
#define STILLFRAME_BINDING_NATIVE_ERROR_H_

#include <napi.h>

#include "core/error_in_flight.h"

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

// Runs `body`; what it throws of ours reaches JavaScript as a `NativeError`.
template <typename Body>
auto Guarded(Napi::Env env, Body body) -> decltype(body()) {
  try {
    return body();
  } catch (const Napi::Error&) {
    throw;
  } catch (...) {
    throw ToNapiError(env, core::ErrorInFlight());
  }
}

}  // namespace stillframe::binding

#endif  // STILLFRAME_BINDING_NATIVE_ERROR_H_
