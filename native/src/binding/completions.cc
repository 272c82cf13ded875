#include "binding/completions.h"

#include <utility>

#include "binding/native_error.h"

namespace stillframe::binding {

Completions::Completions(Napi::Env env) : channel_(Channel::New(env, "stillframe", 0, 1, this)) { channel_.Unref(env); }

Napi::Promise Completions::Begin(Napi::Env env, KeptAlive kept, Token& token) {
  token = next_token_++;
  const auto deferred = Napi::Promise::Deferred::New(env);
  if (pending_.empty()) channel_.Ref(env);
  pending_.emplace(token, Pending{deferred, std::move(kept)});
  return deferred.Promise();
}

void Completions::SettleValue(Token token, ValueMaker value) {
  Post(std::make_unique<Settlement>(Settlement{token, std::move(value), std::nullopt}));
}

void Completions::SettleError(Token token, core::Error error) {
  Post(std::make_unique<Settlement>(Settlement{token, {}, std::move(error)}));
}

void Completions::Close() { pending_.clear(); }

void Completions::Post(std::unique_ptr<Settlement> settlement) {
  // The queue is unbounded, so this never blocks; it fails only when the environment is on its way out.
  if (channel_.BlockingCall(settlement.get()) == napi_ok) (void)settlement.release();
}

void Completions::CallJs(Napi::Env env, Napi::Function, Completions* self, Settlement* data) {
  const std::unique_ptr<Settlement> settlement(data);
  if (static_cast<napi_env>(env) == nullptr) return;
  try {
    self->Finish(env, *settlement);
  } catch (const Napi::Error&) {
    // The environment is being terminated and takes no values any more.
  }
}

void Completions::Finish(Napi::Env env, Settlement& settlement) {
  auto found = pending_.find(settlement.token);
  if (found == pending_.end()) return;
  const Napi::HandleScope scope(env);
  Pending pending = std::move(found->second);
  pending_.erase(found);
  if (pending_.empty()) channel_.Unref(env);
  if (!settlement.error) {
    try {
      pending.deferred.Resolve(settlement.value ? settlement.value(env) : env.Undefined());
      return;
    } catch (const Napi::Error& error) {
      pending.deferred.Reject(error.Value());
      return;
    } catch (...) {
      settlement.error = core::ErrorInFlight();
    }
  }
  pending.deferred.Reject(ToNapiError(env, *settlement.error).Value());
}

}  // namespace stillframe::binding
