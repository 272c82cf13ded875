// Promises settled by the addon's own threads, through one typed thread-safe function per environment.
#ifndef STILLFRAME_BINDING_COMPLETIONS_H_
#define STILLFRAME_BINDING_COMPLETIONS_H_

#include <napi.h>

#include <functional>
#include <memory>
#include <optional>
#include <unordered_map>
#include <vector>

#include "core/error.h"

namespace stillframe::binding {

// Names a promise that is under way.
using Token = uint64_t;

// Makes a promise's value, on the JavaScript thread.
using ValueMaker = std::function<Napi::Value(Napi::Env)>;

// Values that must stay alive until a promise is settled: lent buffers, the object whose method was called.
using KeptAlive = std::vector<Napi::ObjectReference>;

// The event loop is held open exactly while a promise is under way, so an idle or closed session never keeps a process
// alive. All members run on the JavaScript thread, but for `Settle*`.
class Completions {
 public:
  explicit Completions(Napi::Env env);

  // Starts a promise.
  Napi::Promise Begin(Napi::Env env, KeptAlive kept, Token& token);

  // From any thread, once per token.
  void SettleValue(Token token, ValueMaker value);
  void SettleError(Token token, core::Error error);

  // Environment cleanup: forgets all promises. No thread may settle afterwards.
  void Close();

 private:
  struct Settlement {
    Token token;
    ValueMaker value;
    std::optional<core::Error> error;
  };
  struct Pending {
    Napi::Promise::Deferred deferred;
    KeptAlive kept;
  };
  static void CallJs(Napi::Env env, Napi::Function, Completions* self, Settlement* data);
  using Channel = Napi::TypedThreadSafeFunction<Completions, Settlement, CallJs>;

  void Post(std::unique_ptr<Settlement> settlement);
  void Finish(Napi::Env env, Settlement& settlement);

  Channel channel_;
  std::unordered_map<Token, Pending> pending_;
  Token next_token_ = 1;
};

}  // namespace stillframe::binding

#endif  // STILLFRAME_BINDING_COMPLETIONS_H_
