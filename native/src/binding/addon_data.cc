#include "binding/addon_data.h"

#include <utility>

#include "binding/native_error.h"

namespace stillframe::binding {

Napi::Promise AddonData::RunInPool(Napi::Env env, KeptAlive kept, std::function<ValueMaker()> work) {
  return Run(pool_, env, std::move(kept), std::move(work));
}

Napi::Promise AddonData::RunThaw(Napi::Env env, std::function<ValueMaker()> work) {
  return Run(thaw_pool_, env, {}, std::move(work));
}

Napi::Promise AddonData::Run(core::JobPool& pool, Napi::Env env, KeptAlive kept, std::function<ValueMaker()> work) {
  Token token = 0;
  const Napi::Promise promise = completions.Begin(env, std::move(kept), token);
  pool.Submit([this, token, work = std::move(work)] {
    try {
      completions.SettleValue(token, work());
    } catch (...) {
      completions.SettleError(token, core::ErrorInFlight());
    }
  });
  return promise;
}

void AddonData::Shutdown() {
  for (Session* session : std::set<Session*>(sessions)) session->Stop();
  thaw_pool_.Close();
  pool_.Close();
  completions.Close();
}

}  // namespace stillframe::binding
