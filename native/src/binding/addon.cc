// Entry point: fills `exports` with the surface of index.ts.
#include <napi.h>

#include "binding/addon_data.h"
#include "binding/device_object.h"
#include "binding/functions.h"

namespace stillframe::binding {
namespace {

Napi::Value OpenDevice(const Napi::CallbackInfo& info) {
  return AddonData::Of(info.Env()).device_class.New({info[0], info[1]});
}

Napi::Object Init(Napi::Env env, Napi::Object exports) {
  auto* data = new AddonData(env);
  env.SetInstanceData(data);
  // Hooks run last in, first out: threads end before the thread-safe function that they call, which hooked in earlier.
  env.AddCleanupHook([](AddonData* addon) { addon->Shutdown(); }, data);

  data->device_class = Napi::Persistent(DeviceObject::Define(env));
  exports.Set("openDevice", Napi::Function::New<OpenDevice>(env, "openDevice"));
  ExportCodecFunctions(env, exports);
  ExportFileFunctions(env, exports);
  return exports;
}

NODE_API_MODULE(stillframe, Init)

}  // namespace
}  // namespace stillframe::binding
