// writeFile, readFile and thaw, on the addon's pool.
#include <string>

#include "binding/addon_data.h"
#include "binding/arguments.h"
#include "binding/functions.h"
#include "linux/whole_file.h"

namespace stillframe::binding {
namespace {

KeptAlive Keep(Napi::Value value) {
  KeptAlive kept;
  kept.push_back(Napi::Persistent(value.As<Napi::Object>()));
  return kept;
}

Napi::Value WriteFile(const Napi::CallbackInfo& info) {
  const std::string path = RequirePath(info[0], "path");
  const core::Bytes bytes = RequireBytes(info[1], "bytes");
  return AddonData::Of(info.Env()).RunInPool(info.Env(), Keep(info[1]), [=]() -> ValueMaker {
    platform::WriteNewFile(path, bytes);
    return {};
  });
}

Napi::Value ReadFile(const Napi::CallbackInfo& info) {
  const std::string path = RequirePath(info[0], "path");
  const uint64_t offset = RequireInteger(info[1], "offsetBytes", 0, static_cast<uint64_t>(kMaxSafeInteger));
  const core::Bytes buffer = RequireBytes(info[2], "buffer");
  return AddonData::Of(info.Env()).RunInPool(info.Env(), Keep(info[2]), [=]() -> ValueMaker {
    platform::ReadFileRange(path, offset, buffer);
    return {};
  });
}

Napi::Value Thaw(const Napi::CallbackInfo& info) {
  const std::string mount_point = RequirePath(info[0], "mountPoint");
  return AddonData::Of(info.Env()).RunThaw(info.Env(), [=]() -> ValueMaker {
    platform::Thaw(mount_point);
    return {};
  });
}

}  // namespace

void ExportFileFunctions(Napi::Env env, Napi::Object exports) {
  exports.Set("writeFile", Napi::Function::New<WriteFile>(env, "writeFile"));
  exports.Set("readFile", Napi::Function::New<ReadFile>(env, "readFile"));
  exports.Set("thaw", Napi::Function::New<Thaw>(env, "thaw"));
}

}  // namespace stillframe::binding
