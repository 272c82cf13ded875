#include "binding/device_object.h"

#include "binding/addon_data.h"
#include "binding/arguments.h"
#include "binding/native_error.h"

namespace stillframe::binding {
namespace {

constexpr uint64_t kMaxOffset = static_cast<uint64_t>(kMaxSafeInteger);

}  // namespace

Napi::Function DeviceObject::Define(Napi::Env env) {
  return DefineClass(env, "Device",
                     {
                         InstanceMethod<&DeviceObject::Facts>("facts"),
                         InstanceMethod<&DeviceObject::Read>("read"),
                         InstanceMethod<&DeviceObject::Discard>("discard"),
                         InstanceMethod<&DeviceObject::ZeroOut>("zeroOut"),
                         InstanceMethod<&DeviceObject::Flush>("flush"),
                         InstanceMethod<&DeviceObject::Close>("close"),
                     });
}

std::shared_ptr<platform::Device> DeviceObject::Require(Napi::Value value, const std::string& name) {
  const Napi::Env env = value.Env();
  if (!value.IsObject() || !value.As<Napi::Object>().InstanceOf(AddonData::Of(env).device_class.Value())) {
    ThrowType(env, name, "must be a Device of openDevice");
  }
  return Guarded(env, [&] { return Unwrap(value.As<Napi::Object>())->Opened(); });
}

DeviceObject::DeviceObject(const Napi::CallbackInfo& info) : ObjectWrap(info) {
  const Napi::Env env = info.Env();
  const std::string path = RequirePath(info[0], "path");
  platform::DeviceOptions options;
  if (!info[1].IsUndefined()) {
    const Napi::Object object = RequireObject(info[1], "options");
    options.write = OptionalBoolean(object.Get("write"), "options.write", false);
    options.exclusive = OptionalBoolean(object.Get("exclusive"), "options.exclusive", false);
    options.direct = OptionalBoolean(object.Get("direct"), "options.direct", true);
  }
  device_ = Guarded(env, [&] { return platform::Device::Open(path, options); });
}

std::shared_ptr<platform::Device> DeviceObject::Opened() const {
  if (!device_) throw core::Error("EBADF", "the device was closed");
  return device_;
}

Napi::Value DeviceObject::Facts(const Napi::CallbackInfo& info) {
  const Napi::Env env = info.Env();
  const platform::DeviceFacts facts = Guarded(env, [&] { return Opened()->Facts(); });
  Napi::Object result = Napi::Object::New(env);
  result.Set("sizeBytes", static_cast<double>(facts.size_bytes));
  result.Set("logicalSectorBytes", facts.logical_sector_bytes);
  result.Set("physicalSectorBytes", facts.physical_sector_bytes);
  result.Set("readOnly", facts.read_only);
  result.Set("isBlockDevice", facts.is_block_device);
  result.Set("direct", facts.direct);
  return result;
}

Napi::Value DeviceObject::Read(const Napi::CallbackInfo& info) {
  const uint64_t offset = RequireInteger(info[0], "offsetBytes", 0, kMaxOffset);
  const core::Bytes buffer = RequireBytes(info[1], "buffer");
  const auto device = Guarded(info.Env(), [&] { return Opened(); });
  KeptAlive kept;
  kept.push_back(Napi::Persistent(info[1].As<Napi::Object>()));
  return AddonData::Of(info.Env()).RunInPool(info.Env(), std::move(kept), [=]() -> ValueMaker {
    device->ReadExactly(offset, buffer);
    return {};
  });
}

Napi::Value DeviceObject::Discard(const Napi::CallbackInfo& info) {
  const uint64_t offset = RequireInteger(info[0], "offsetBytes", 0, kMaxOffset);
  const uint64_t length = RequireInteger(info[1], "lengthBytes", 0, kMaxOffset);
  const auto device = Guarded(info.Env(), [&] { return Opened(); });
  return AddonData::Of(info.Env()).RunInPool(info.Env(), {}, [=]() -> ValueMaker {
    const bool supported = device->Discard(offset, length);
    return [supported](Napi::Env env) { return Napi::Boolean::New(env, supported); };
  });
}

Napi::Value DeviceObject::ZeroOut(const Napi::CallbackInfo& info) {
  const uint64_t offset = RequireInteger(info[0], "offsetBytes", 0, kMaxOffset);
  const uint64_t length = RequireInteger(info[1], "lengthBytes", 0, kMaxOffset);
  const auto device = Guarded(info.Env(), [&] { return Opened(); });
  return AddonData::Of(info.Env()).RunInPool(info.Env(), {}, [=]() -> ValueMaker {
    device->ZeroOut(offset, length);
    return {};
  });
}

Napi::Value DeviceObject::Flush(const Napi::CallbackInfo& info) {
  const auto device = Guarded(info.Env(), [&] { return Opened(); });
  return AddonData::Of(info.Env()).RunInPool(info.Env(), {}, [=]() -> ValueMaker {
    device->Flush();
    return {};
  });
}

void DeviceObject::Close(const Napi::CallbackInfo&) { device_.reset(); }

}  // namespace stillframe::binding
