// `Sealer` of index.ts.
#ifndef STILLFRAME_BINDING_SEALER_OBJECT_H_
#define STILLFRAME_BINDING_SEALER_OBJECT_H_

#include <napi.h>

#include "binding/session_object.h"
#include "core/sealer.h"

namespace stillframe::binding {

class SealerObject : public Napi::ObjectWrap<SealerObject> {
 public:
  static Napi::Function Define(Napi::Env env);
  // (options)
  explicit SealerObject(const Napi::CallbackInfo& info);

 private:
  Napi::Value FillPack(const Napi::CallbackInfo& info);
  Napi::Value Progress(const Napi::CallbackInfo& info);
  void Blocks(const Napi::CallbackInfo& info);
  Napi::Value Finish(const Napi::CallbackInfo& info);
  void Cancel(const Napi::CallbackInfo& info);
  void Close(const Napi::CallbackInfo& info);

  size_t smallest_buffer_ = 0;
  bool closed_ = false;
  CoreSession<core::Sealer> session_;
};

}  // namespace stillframe::binding

#endif  // STILLFRAME_BINDING_SEALER_OBJECT_H_
