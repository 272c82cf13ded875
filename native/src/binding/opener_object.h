// `Opener` of index.ts.
#ifndef STILLFRAME_BINDING_OPENER_OBJECT_H_
#define STILLFRAME_BINDING_OPENER_OBJECT_H_

#include <napi.h>

#include "binding/session_object.h"
#include "core/opener.h"

namespace stillframe::binding {

class OpenerObject : public Napi::ObjectWrap<OpenerObject> {
 public:
  static Napi::Function Define(Napi::Env env);
  // (options)
  explicit OpenerObject(const Napi::CallbackInfo& info);

 private:
  Napi::Value OpenBlobs(const Napi::CallbackInfo& info);
  Napi::Value Progress(const Napi::CallbackInfo& info);
  void Cancel(const Napi::CallbackInfo& info);
  void Close(const Napi::CallbackInfo& info);

  CoreSession<core::Opener> session_;
};

}  // namespace stillframe::binding

#endif  // STILLFRAME_BINDING_OPENER_OBJECT_H_
