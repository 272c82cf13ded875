#include "binding/verifier_object.h"

#include <cstring>
#include <memory>
#include <string>
#include <utility>

#include "binding/arguments.h"
#include "binding/device_object.h"
#include "binding/native_error.h"

namespace stillframe::binding {
namespace {

// A range is read whole into memory, so its length is bounded; grid blocks are far shorter.
constexpr uint64_t kMaxRangeBytes = 256 << 20;

std::vector<core::VerifyRange> ReadRanges(const Napi::Object& options) {
  const Napi::Env env = options.Env();
  const auto offsets = RequireOffsets(options.Get("offsets"), "offsets");
  const auto lengths = RequireOffsets(options.Get("lengths"), "lengths");
  const core::Bytes ids = RequireBytes(options.Get("ids"), "ids");
  if (lengths.size() != offsets.size()) ThrowType(env, "lengths", "must have as many elements as offsets");
  if (ids.size() != offsets.size() * core::kIdBytes)
    ThrowType(env, "ids", "must hold an id of 32 bytes for every range");
  std::vector<core::VerifyRange> ranges(offsets.size());
  for (size_t i = 0; i < ranges.size(); ++i) {
    const std::string row = " (row " + std::to_string(i) + ")";
    if (i > 0 && offsets[i] < offsets[i - 1]) ThrowType(env, "offsets", "must be sorted" + row);
    if (lengths[i] > kMaxRangeBytes) ThrowType(env, "lengths", "must not exceed 256 MiB" + row);
    ranges[i] = {offsets[i], lengths[i], core::LoadId(ids.data() + i * core::kIdBytes)};
  }
  return ranges;
}

ValueMaker DifferentMaker(std::vector<uint32_t> different) {
  return [different = std::move(different)](Napi::Env env) -> Napi::Value {
    auto result = Napi::Uint32Array::New(env, different.size());
    for (size_t i = 0; i < different.size(); ++i) result[i] = different[i];
    return result;
  };
}

}  // namespace

Napi::Function VerifierObject::Define(Napi::Env env) {
  return DefineClass(env, "Verifier",
                     {
                         InstanceMethod<&VerifierObject::Progress>("progress"),
                         InstanceMethod<&VerifierObject::Cancel>("cancel"),
                     });
}

VerifierObject::VerifierObject(const Napi::CallbackInfo& info) : ObjectWrap(info) {
  const Napi::Object options = RequireObject(info[0], "options");
  const std::shared_ptr<platform::Device> device = DeviceObject::Require(options.Get("device"), "device");
  std::vector<core::VerifyRange> ranges = ReadRanges(options);
  const auto threads = OptionalInteger(options.Get("threads"), "threads", 1, kMaxThreads);
  AddonData& addon = AddonData::Of(info.Env());

  Napi::Object self = info.This().As<Napi::Object>();
  KeptAlive kept;
  kept.push_back(Napi::Persistent(self));
  Token token = 0;
  self.Set("result", addon.completions.Begin(info.Env(), std::move(kept), token));
  Guarded(info.Env(), [&] {
    try {
      session_.Start(addon, std::make_unique<core::Verifier>(
                                device, std::move(ranges), static_cast<unsigned>(threads.value_or(Processors() + 2)),
                                [&addon, token](core::VerifyOutcome outcome) {
                                  if (outcome.error) {
                                    addon.completions.SettleError(token, std::move(*outcome.error));
                                  } else {
                                    addon.completions.SettleValue(token, DifferentMaker(std::move(outcome.different)));
                                  }
                                }));
    } catch (...) {
      addon.completions.SettleError(token, core::ErrorInFlight());
      throw;
    }
  });
}

Napi::Value VerifierObject::Progress(const Napi::CallbackInfo& info) {
  Napi::Object result = Napi::Object::New(info.Env());
  result.Set("verifiedBytes", static_cast<double>(session_.core().VerifiedBytes()));
  return result;
}

void VerifierObject::Cancel(const Napi::CallbackInfo&) { session_.core().Cancel(); }

}  // namespace stillframe::binding
