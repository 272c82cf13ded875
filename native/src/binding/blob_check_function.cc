// damagedBlobs, on the addon's pool.
#include <string>
#include <utility>

#include "binding/addon_data.h"
#include "binding/arguments.h"
#include "binding/functions.h"
#include "core/blob_check.h"

namespace stillframe::binding {
namespace {

constexpr uint64_t kMaxBlobs = 1 << 24;

// Checks the columns against each other and against the buffer, and copies them.
std::vector<core::StoredBlob> ReadBlobs(const Napi::Object& columns, core::ConstBytes buffer) {
  const Napi::Env env = columns.Env();
  const size_t count = RequireInteger(columns.Get("count"), "blobs.count", 0, kMaxBlobs);
  const core::Bytes ids = RequireBytes(columns.Get("ids"), "blobs.ids");
  if (ids.size() < count * core::kIdBytes) ThrowType(env, "blobs.ids", "must hold an id of 32 bytes for every blob");
  const auto offsets = RequireUint32s(columns.Get("offsets"), "blobs.offsets", count);
  const auto lengths = RequireUint32s(columns.Get("lengths"), "blobs.lengths", count);
  const auto plain_lengths = RequireUint32s(columns.Get("uncompressedLengths"), "blobs.uncompressedLengths", count);
  std::vector<core::StoredBlob> blobs(count);
  for (size_t i = 0; i < count; ++i) {
    if (lengths[i] > buffer.size() || offsets[i] > buffer.size() - lengths[i]) {
      ThrowType(env, "blobs.offsets",
                "and blobs.lengths must lie within the buffer (row " + std::to_string(i) + ")");
    }
    blobs[i] = {core::LoadId(ids.data() + i * core::kIdBytes), offsets[i], lengths[i], plain_lengths[i]};
  }
  return blobs;
}

Napi::Value DamagedBlobs(const Napi::CallbackInfo& info) {
  const core::MasterKey key(RequireBytesOf(info[0], "key", core::kMasterKeyBytes));
  const core::Bytes buffer = RequireBytes(info[1], "buffer");
  auto blobs = ReadBlobs(RequireObject(info[2], "blobs"), buffer);
  KeptAlive kept;
  kept.push_back(Napi::Persistent(info[1].As<Napi::Object>()));
  return AddonData::Of(info.Env())
      .RunInPool(info.Env(), std::move(kept), [key, buffer, blobs = std::move(blobs)]() -> ValueMaker {
        return [damaged = core::DamagedBlobs(key, buffer, blobs)](Napi::Env env) -> Napi::Value {
          auto result = Napi::Uint32Array::New(env, damaged.size());
          for (size_t i = 0; i < damaged.size(); ++i) result[i] = damaged[i];
          return result;
        };
      });
}

}  // namespace

void ExportBlobCheckFunction(Napi::Env env, Napi::Object exports) {
  exports.Set("damagedBlobs", Napi::Function::New<DamagedBlobs>(env, "damagedBlobs"));
}

}  // namespace stillframe::binding
