// reflink, probeReflink and fileExtents, on the addon's pool.
#include <algorithm>
#include <memory>
#include <string>
#include <vector>

#include "binding/addon_data.h"
#include "binding/arguments.h"
#include "binding/functions.h"
#include "linux/reflink.h"

namespace stillframe::binding {
namespace {

// 64 MB of rows.
constexpr uint64_t kMostExtents = 2'000'000;

Napi::Value Reflink(const Napi::CallbackInfo& info) {
  const std::string source = RequirePath(info[0], "source");
  const std::string target = RequirePath(info[1], "target");
  return AddonData::Of(info.Env()).RunInPool(info.Env(), {}, [=]() -> ValueMaker {
    platform::CloneFile(source, target);
    return {};
  });
}

Napi::Value ProbeReflink(const Napi::CallbackInfo& info) {
  const std::string source = RequirePath(info[0], "source");
  const std::string folder = RequirePath(info[1], "folder");
  return AddonData::Of(info.Env()).RunInPool(info.Env(), {}, [=]() -> ValueMaker {
    platform::ProbeClone(source, folder);
    return {};
  });
}

Napi::Value FileExtents(const Napi::CallbackInfo& info) {
  const std::string path = RequirePath(info[0], "path");
  const auto most = static_cast<size_t>(OptionalInteger(info[1], "most", 1, kMostExtents).value_or(kMostExtents));
  return AddonData::Of(info.Env()).RunInPool(info.Env(), {}, [=]() -> ValueMaker {
    const auto rows = std::make_shared<std::vector<double>>(platform::FileExtents(path, most));
    return [rows](Napi::Env env) -> Napi::Value {
      auto array = Napi::Float64Array::New(env, rows->size());
      std::copy(rows->begin(), rows->end(), array.Data());
      return array;
    };
  });
}

}  // namespace

void ExportReflinkFunctions(Napi::Env env, Napi::Object exports) {
  exports.Set("reflink", Napi::Function::New<Reflink>(env, "reflink"));
  exports.Set("probeReflink", Napi::Function::New<ProbeReflink>(env, "probeReflink"));
  exports.Set("fileExtents", Napi::Function::New<FileExtents>(env, "fileExtents"));
}

}  // namespace stillframe::binding
