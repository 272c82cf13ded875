// What one JavaScript environment (main thread or worker) owns of the addon. There are no globals.
#ifndef STILLFRAME_BINDING_ADDON_DATA_H_
#define STILLFRAME_BINDING_ADDON_DATA_H_

#include <napi.h>

#include <set>

#include "binding/completions.h"
#include "core/job_pool.h"

namespace stillframe::binding {

// Something with threads that must have ended before its environment does.
class Session {
 public:
  virtual ~Session() = default;
  // Cancels and joins. Idempotent.
  virtual void Stop() = 0;
};

class AddonData {
 public:
  explicit AddonData(Napi::Env env) : completions(env) {}

  static AddonData& Of(Napi::Env env) { return *env.GetInstanceData<AddonData>(); }

  // Runs `work` on the pool and settles the promise it returns. `work` gives what makes the promise's value.
  Napi::Promise RunInPool(Napi::Env env, KeptAlive kept, std::function<ValueMaker()> work);
  // The same for thaws, on threads apart: writers that wait for a thaw must not be in its way.
  Napi::Promise RunThaw(Napi::Env env, std::function<ValueMaker()> work);

  // Environment cleanup: after this no thread of the addon runs for this environment.
  void Shutdown();

  Completions completions;
  std::set<Session*> sessions;
  Napi::FunctionReference device_class;
  Napi::FunctionReference sealer_class;
  Napi::FunctionReference opener_class;
  Napi::FunctionReference verifier_class;

 private:
  Napi::Promise Run(core::JobPool& pool, Napi::Env env, KeptAlive kept, std::function<ValueMaker()> work);

  core::JobPool pool_{4};
  core::JobPool thaw_pool_{2};
};

}  // namespace stillframe::binding

#endif  // STILLFRAME_BINDING_ADDON_DATA_H_
