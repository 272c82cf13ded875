// Entry point: fills `exports` with the surface of index.ts.
#include <napi.h>

#include "binding/addon_data.h"
#include "binding/device_object.h"
#include "binding/functions.h"
#include "binding/opener_object.h"
#include "binding/sealer_object.h"
#include "binding/verifier_object.h"

namespace stillframe::binding {
namespace {

Napi::Value OpenDevice(const Napi::CallbackInfo& info) {
  return AddonData::Of(info.Env()).device_class.New({info[0], info[1]});
}

Napi::Value CreateSealer(const Napi::CallbackInfo& info) {
  return AddonData::Of(info.Env()).sealer_class.New({info[0]});
}

Napi::Value CreateOpener(const Napi::CallbackInfo& info) {
  return AddonData::Of(info.Env()).opener_class.New({info[0]});
}

Napi::Value VerifyRanges(const Napi::CallbackInfo& info) {
  return AddonData::Of(info.Env()).verifier_class.New({info[0]});
}

Napi::Object Init(Napi::Env env, Napi::Object exports) {
  auto* data = new AddonData(env);
  env.SetInstanceData(data);
  // Hooks run last in, first out: threads end before the thread-safe function that they call, which hooked in earlier.
  env.AddCleanupHook([](AddonData* addon) { addon->Shutdown(); }, data);

  data->device_class = Napi::Persistent(DeviceObject::Define(env));
  data->sealer_class = Napi::Persistent(SealerObject::Define(env));
  data->opener_class = Napi::Persistent(OpenerObject::Define(env));
  data->verifier_class = Napi::Persistent(VerifierObject::Define(env));
  exports.Set("openDevice", Napi::Function::New<OpenDevice>(env, "openDevice"));
  exports.Set("createSealer", Napi::Function::New<CreateSealer>(env, "createSealer"));
  exports.Set("createOpener", Napi::Function::New<CreateOpener>(env, "createOpener"));
  exports.Set("verifyRanges", Napi::Function::New<VerifyRanges>(env, "verifyRanges"));
  ExportCodecFunctions(env, exports);
  ExportBlobCheckFunction(env, exports);
  ExportFileFunctions(env, exports);
  ExportReflinkFunctions(env, exports);
  return exports;
}

NODE_API_MODULE(stillframe, Init)

}  // namespace
}  // namespace stillframe::binding
