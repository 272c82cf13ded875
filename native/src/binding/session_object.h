// What the session classes share: a place in the environment's list, so that their threads end before it does.
#ifndef STILLFRAME_BINDING_SESSION_OBJECT_H_
#define STILLFRAME_BINDING_SESSION_OBJECT_H_

#include <napi.h>

#include <algorithm>
#include <memory>
#include <thread>

#include "binding/addon_data.h"

namespace stillframe::binding {

// `Core` has `Cancel` and `Close`. The core object lives until `close()`, garbage collection or environment cleanup;
// its counters are still asked for after `close()`, so it is closed then but freed with the wrapper.
template <typename Core>
class CoreSession : public Session {
 public:
  CoreSession() = default;
  ~CoreSession() override {
    if (core_) core_->Close();
    if (addon_ != nullptr) addon_->sessions.erase(this);
  }
  CoreSession(const CoreSession&) = delete;
  CoreSession& operator=(const CoreSession&) = delete;

  void Start(AddonData& addon, std::unique_ptr<Core> core) {
    core_ = std::move(core);
    addon_ = &addon;
    addon.sessions.insert(this);
  }

  // Environment cleanup: the environment's data may be gone when the wrapper is finalized.
  void Stop() override {
    core_->Close();
    addon_ = nullptr;
  }

  Core& core() const { return *core_; }

 private:
  std::unique_ptr<Core> core_;
  AddonData* addon_ = nullptr;
};

inline constexpr uint64_t kMaxThreads = 256;

inline unsigned Processors() { return std::max(1u, std::thread::hardware_concurrency()); }

}  // namespace stillframe::binding

#endif  // STILLFRAME_BINDING_SESSION_OBJECT_H_
