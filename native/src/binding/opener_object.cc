#include "binding/opener_object.h"

#include <memory>
#include <string>
#include <utility>

#include "binding/arguments.h"
#include "binding/device_object.h"
#include "binding/native_error.h"

namespace stillframe::binding {
namespace {

constexpr uint64_t kMaxTasks = 1 << 24;

// Checks the columns against each other and against the buffer, and copies them.
std::shared_ptr<core::OpenBatch> ReadTasks(const Napi::Object& tasks, core::ConstBytes buffer) {
  const Napi::Env env = tasks.Env();
  const size_t count = RequireInteger(tasks.Get("count"), "tasks.count", 0, kMaxTasks);
  const core::Bytes ids = RequireBytes(tasks.Get("ids"), "tasks.ids");
  if (ids.size() < count * core::kIdBytes) ThrowType(env, "tasks.ids", "must hold an id of 32 bytes for every task");
  const auto offsets = RequireUint32s(tasks.Get("offsets"), "tasks.offsets", count);
  const auto lengths = RequireUint32s(tasks.Get("lengths"), "tasks.lengths", count);
  const auto plain_lengths = RequireUint32s(tasks.Get("uncompressedLengths"), "tasks.uncompressedLengths", count);
  const auto starts = RequireUint32s(tasks.Get("destinationStarts"), "tasks.destinationStarts", count + 1);

  auto batch = std::make_shared<core::OpenBatch>();
  batch->buffer = buffer;
  batch->destinations = RequireOffsets(tasks.Get("destinations"), "tasks.destinations");
  batch->tasks.resize(count);
  for (size_t i = 0; i < count; ++i) {
    const std::string row = " (row " + std::to_string(i) + ")";
    if (lengths[i] > buffer.size() || offsets[i] > buffer.size() - lengths[i]) {
      ThrowType(env, "tasks.offsets", "and tasks.lengths must lie within the buffer" + row);
    }
    if (starts[i] > starts[i + 1] || starts[i + 1] > batch->destinations.size()) {
      ThrowType(env, "tasks.destinationStarts", "must ascend and lie within tasks.destinations" + row);
    }
    batch->tasks[i] = {core::LoadId(ids.data() + i * core::kIdBytes),
                       offsets[i],
                       lengths[i],
                       plain_lengths[i],
                       starts[i],
                       starts[i + 1]};
  }
  return batch;
}

}  // namespace

Napi::Function OpenerObject::Define(Napi::Env env) {
  return DefineClass(env, "Opener",
                     {
                         InstanceMethod<&OpenerObject::OpenBlobs>("openBlobs"),
                         InstanceMethod<&OpenerObject::Progress>("progress"),
                         InstanceMethod<&OpenerObject::Cancel>("cancel"),
                         InstanceMethod<&OpenerObject::Close>("close"),
                     });
}

OpenerObject::OpenerObject(const Napi::CallbackInfo& info) : ObjectWrap(info) {
  const Napi::Object options = RequireObject(info[0], "options");
  const std::shared_ptr<platform::Device> device = DeviceObject::Require(options.Get("device"), "device");
  const core::Bytes key = RequireBytesOf(options.Get("key"), "key", core::kMasterKeyBytes);
  const auto threads = OptionalInteger(options.Get("threads"), "threads", 1, kMaxThreads);
  const bool only_different = OptionalBoolean(options.Get("onlyDifferent"), "onlyDifferent", false);
  AddonData& addon = AddonData::Of(info.Env());
  Guarded(info.Env(), [&] {
    core::OpenerConfig config{.device = device, .key = core::MasterKey(key)};
    // More threads than processors: some write while the others compute.
    config.threads = static_cast<unsigned>(threads.value_or(Processors() + 2));
    config.only_different = only_different;
    session_.Start(addon, std::make_unique<core::Opener>(std::move(config),
                                                         [&addon](uint64_t token, std::optional<core::Error> error) {
                                                           if (error) {
                                                             addon.completions.SettleError(token, std::move(*error));
                                                           } else {
                                                             addon.completions.SettleValue(token, {});
                                                           }
                                                         }));
  });
}

Napi::Value OpenerObject::OpenBlobs(const Napi::CallbackInfo& info) {
  const core::Bytes buffer = RequireBytes(info[0], "buffer");
  const std::shared_ptr<core::OpenBatch> batch = ReadTasks(RequireObject(info[1], "tasks"), buffer);
  KeptAlive kept;
  kept.push_back(Napi::Persistent(info[0].As<Napi::Object>()));
  kept.push_back(Napi::Persistent(info.This().As<Napi::Object>()));
  const Napi::Promise promise = AddonData::Of(info.Env()).completions.Begin(info.Env(), std::move(kept), batch->token);
  session_.core().Submit(batch);
  return promise;
}

Napi::Value OpenerObject::Progress(const Napi::CallbackInfo& info) {
  Napi::Object result = Napi::Object::New(info.Env());
  result.Set("writtenBytes", static_cast<double>(session_.core().WrittenBytes()));
  result.Set("unchangedBytes", static_cast<double>(session_.core().UnchangedBytes()));
  return result;
}

void OpenerObject::Cancel(const Napi::CallbackInfo&) { session_.core().Cancel(); }

void OpenerObject::Close(const Napi::CallbackInfo&) { session_.core().Close(); }

}  // namespace stillframe::binding
