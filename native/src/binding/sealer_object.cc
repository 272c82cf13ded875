#include "binding/sealer_object.h"

#include <bit>
#include <cstring>
#include <memory>
#include <utility>

#include "binding/arguments.h"
#include "binding/device_object.h"
#include "binding/native_error.h"

namespace stillframe::binding {
namespace {

constexpr uint64_t kMinGridBytes = 64 << 10;
constexpr uint64_t kMaxGridBytes = 64 << 20;
// Room for a block that does not shrink, its header entry and the pack's framing.
constexpr uint64_t kPackMarginBytes = 64 << 10;

Napi::Value PackedBlobsValue(Napi::Env env, const std::vector<core::PackEntry>& entries) {
  const size_t count = entries.size();
  auto ids = Napi::Uint8Array::New(env, count * core::kIdBytes);
  auto offsets = Napi::Uint32Array::New(env, count);
  auto lengths = Napi::Uint32Array::New(env, count);
  auto uncompressed_lengths = Napi::Uint32Array::New(env, count);
  for (size_t i = 0; i < count; ++i) {
    std::memcpy(ids.Data() + i * core::kIdBytes, entries[i].id.data(), core::kIdBytes);
    offsets[i] = entries[i].offset;
    lengths[i] = entries[i].length;
    uncompressed_lengths[i] = entries[i].uncompressed_length;
  }
  Napi::Object blobs = Napi::Object::New(env);
  blobs.Set("count", static_cast<double>(count));
  blobs.Set("ids", ids);
  blobs.Set("offsets", offsets);
  blobs.Set("lengths", lengths);
  blobs.Set("uncompressedLengths", uncompressed_lengths);
  return blobs;
}

ValueMaker FilledPackMaker(std::optional<core::FilledPack> pack) {
  if (!pack) return [](Napi::Env env) { return env.Null(); };
  const auto filled = std::make_shared<const core::FilledPack>(std::move(*pack));
  return [filled](Napi::Env env) -> Napi::Value {
    Napi::Object result = Napi::Object::New(env);
    result.Set("lengthBytes", static_cast<double>(filled->length));
    result.Set("packId", core::ToHex(filled->id));
    result.Set("blobs", PackedBlobsValue(env, filled->entries));
    return result;
  };
}

Napi::Object ProgressValue(Napi::Env env, const core::SealerProgress& progress) {
  Napi::Object result = Napi::Object::New(env);
  const auto set = [&](const char* name, uint64_t value) { result.Set(name, static_cast<double>(value)); };
  set("doneBytes", progress.done);
  set("readBytes", progress.read);
  set("changedBytes", progress.changed);
  set("storedBytes", progress.stored);
  set("deduplicatedBytes", progress.deduplicated);
  set("zeroBytes", progress.zero);
  set("freeBytes", progress.free);
  set("unreadableBytes", progress.unreadable);
  set("currentOffset", progress.current_offset);
  return result;
}

core::SealerConfig ReadOptions(const Napi::CallbackInfo& info) {
  const Napi::Object options = RequireObject(info[0], "options");
  const std::shared_ptr<platform::Device> device = DeviceObject::Require(options.Get("device"), "device");
  const uint64_t size =
      RequireInteger(options.Get("sizeBytes"), "sizeBytes", 0, static_cast<uint64_t>(kMaxSafeInteger));
  std::vector<core::ByteRange> extents = RequireExtents(options.Get("extents"), "extents", size);
  const uint64_t grid = RequireInteger(options.Get("gridBytes"), "gridBytes", kMinGridBytes, kMaxGridBytes);
  if (!std::has_single_bit(grid)) ThrowType(info.Env(), "gridBytes", "must be a power of two");
  const core::Bytes key = RequireBytesOf(options.Get("key"), "key", core::kMasterKeyBytes);
  const uint64_t level = RequireInteger(options.Get("zstdLevel"), "zstdLevel", 0, 19);
  const core::Bytes known = RequireBytes(options.Get("knownIds"), "knownIds");
  if (known.size() % core::kIdBytes != 0) ThrowType(info.Env(), "knownIds", "must hold whole ids of 32 bytes");
  const auto threads = OptionalInteger(options.Get("threads"), "threads", 1, kMaxThreads);
  const bool self_check = OptionalBoolean(options.Get("selfCheck"), "selfCheck", false);
  return Guarded(info.Env(), [&] {
    core::SealerConfig config{
        .device = device, .size = size, .extents = std::move(extents), .grid = grid, .key = core::MasterKey(key)};
    config.zstd_level = static_cast<int>(level);
    config.known = core::IdSet(known);
    config.workers = static_cast<unsigned>(threads.value_or(Processors()));
    config.self_check = self_check;
    return config;
  });
}

}  // namespace

Napi::Function SealerObject::Define(Napi::Env env) {
  return DefineClass(env, "Sealer",
                     {
                         InstanceMethod<&SealerObject::FillPack>("fillPack"),
                         InstanceMethod<&SealerObject::Progress>("progress"),
                         InstanceMethod<&SealerObject::Blocks>("blocks"),
                         InstanceMethod<&SealerObject::Finish>("finish"),
                         InstanceMethod<&SealerObject::Cancel>("cancel"),
                         InstanceMethod<&SealerObject::Close>("close"),
                     });
}

SealerObject::SealerObject(const Napi::CallbackInfo& info) : ObjectWrap(info) {
  core::SealerConfig config = ReadOptions(info);
  smallest_buffer_ = config.grid + kPackMarginBytes;
  AddonData& addon = AddonData::Of(info.Env());
  Guarded(info.Env(), [&] {
    session_.Start(addon, std::make_unique<core::Sealer>(
                              std::move(config), [&addon](core::PackQueue::Token token, core::PackOutcome outcome) {
                                if (outcome.error) {
                                  addon.completions.SettleError(token, std::move(*outcome.error));
                                } else {
                                  addon.completions.SettleValue(token, FilledPackMaker(std::move(outcome.pack)));
                                }
                              }));
  });
}

Napi::Value SealerObject::FillPack(const Napi::CallbackInfo& info) {
  const core::Bytes buffer = RequireBytes(info[0], "buffer");
  if (buffer.size() < smallest_buffer_ || buffer.size() > UINT32_MAX) {
    ThrowType(info.Env(), "buffer", "must have from " + std::to_string(smallest_buffer_) + " to 4294967295 bytes");
  }
  KeptAlive kept;
  kept.push_back(Napi::Persistent(info[0].As<Napi::Object>()));
  kept.push_back(Napi::Persistent(info.This().As<Napi::Object>()));
  Token token = 0;
  const Napi::Promise promise = AddonData::Of(info.Env()).completions.Begin(info.Env(), std::move(kept), token);
  session_.core().Lend(token, buffer);
  return promise;
}

Napi::Value SealerObject::Progress(const Napi::CallbackInfo& info) {
  return ProgressValue(info.Env(), session_.core().Progress());
}

void SealerObject::Blocks(const Napi::CallbackInfo& info) {
  const core::Bytes states = RequireBytes(info[0], "states");
  const core::Sealer& sealer = session_.core();
  if (states.size() != sealer.BlockCount()) ThrowType(info.Env(), "states", "must have one byte a block");
  Guarded(info.Env(), [&] {
    sealer.OverlayBlocks(states);
    return 0;
  });
}

Napi::Value SealerObject::Finish(const Napi::CallbackInfo& info) {
  const Napi::Env env = info.Env();
  const core::Sealer& sealer = session_.core();
  if (closed_ || !sealer.Finished()) {
    throw ToNapiError(env, core::Error("UNFINISHED", closed_ ? "the session was closed"
                                                             : "the session has not accounted for every byte"));
  }
  return Guarded(env, [&]() -> Napi::Value {
    const core::ConstBytes ids = sealer.Content();
    auto content = Napi::Uint8Array::New(env, ids.size());
    if (!ids.empty()) std::memcpy(content.Data(), ids.data(), ids.size());
    const std::vector<core::ByteRange> ranges = sealer.Unreadable();
    auto unreadable = Napi::Float64Array::New(env, ranges.size() * 2);
    for (size_t i = 0; i < ranges.size(); ++i) {
      unreadable[2 * i] = static_cast<double>(ranges[i].offset);
      unreadable[2 * i + 1] = static_cast<double>(ranges[i].length);
    }
    Napi::Object summary = Napi::Object::New(env);
    summary.Set("content", content);
    summary.Set("unreadable", unreadable);
    summary.Set("progress", ProgressValue(env, sealer.Progress()));
    return summary;
  });
}

void SealerObject::Cancel(const Napi::CallbackInfo&) { session_.core().Cancel(); }

void SealerObject::Close(const Napi::CallbackInfo&) {
  closed_ = true;
  session_.core().Close();
}

}  // namespace stillframe::binding
