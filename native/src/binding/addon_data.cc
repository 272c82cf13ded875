#include "binding/addon_data.h"

#include <utility>

#include "binding/native_error.h"

namespace stillframe::binding {

Napi::Promise AddonData::RunInPool(Napi::Env env, KeptAlive kept, std::function<ValueMaker()> work) {
  Token token = 0;
  const Napi::Promise promise = completions.Begin(env, std::move(kept), token);
  pool_.Submit([this, token, work = std::move(work)] {
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
  pool_.Close();
  completions.Close();
}

}  // namespace stillframe::binding
