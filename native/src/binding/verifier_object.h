// `Verifier` of index.ts.
#ifndef STILLFRAME_BINDING_VERIFIER_OBJECT_H_
#define STILLFRAME_BINDING_VERIFIER_OBJECT_H_

#include <napi.h>

#include "binding/session_object.h"
#include "core/verifier.h"

namespace stillframe::binding {

class VerifierObject : public Napi::ObjectWrap<VerifierObject> {
 public:
  static Napi::Function Define(Napi::Env env);
  // (options)
  explicit VerifierObject(const Napi::CallbackInfo& info);

 private:
  Napi::Value Progress(const Napi::CallbackInfo& info);
  void Cancel(const Napi::CallbackInfo& info);

  CoreSession<core::Verifier> session_;
};

}  // namespace stillframe::binding

#endif  // STILLFRAME_BINDING_VERIFIER_OBJECT_H_
