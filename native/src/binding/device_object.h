// `Device` of index.ts.
#ifndef STILLFRAME_BINDING_DEVICE_OBJECT_H_
#define STILLFRAME_BINDING_DEVICE_OBJECT_H_

#include <napi.h>

#include <memory>
#include <string>

#include "linux/device.h"

namespace stillframe::binding {

class DeviceObject : public Napi::ObjectWrap<DeviceObject> {
 public:
  static Napi::Function Define(Napi::Env env);
  // The open device behind an argument. Throws a TypeError naming it, or `EBADF` when it was closed.
  static std::shared_ptr<platform::Device> Require(Napi::Value value, const std::string& name);

  // (path, options?)
  explicit DeviceObject(const Napi::CallbackInfo& info);

 private:
  std::shared_ptr<platform::Device> Opened() const;

  Napi::Value Facts(const Napi::CallbackInfo& info);
  Napi::Value Read(const Napi::CallbackInfo& info);
  Napi::Value Discard(const Napi::CallbackInfo& info);
  Napi::Value ZeroOut(const Napi::CallbackInfo& info);
  Napi::Value Flush(const Napi::CallbackInfo& info);
  void Close(const Napi::CallbackInfo& info);

  std::shared_ptr<platform::Device> device_;
};

}  // namespace stillframe::binding

#endif  // STILLFRAME_BINDING_DEVICE_OBJECT_H_
