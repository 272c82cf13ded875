// What the holder and its guard share: the state of the freeze, and how each of them waits and thaws.
#ifndef STILLFRAME_LINUX_FREEZE_WATCH_H_
#define STILLFRAME_LINUX_FREEZE_WATCH_H_

#include <atomic>
#include <cstdint>

#include "linux/freeze/file_system.h"

namespace stillframe::freeze {

enum class State : int {
  kNotFrozen,
  // FIFREEZE is under way; it cannot be broken off.
  kFreezing,
  kFrozen,
  // One of the two has taken it upon itself.
  kThawing,
  kThawed,
};

// In memory that both processes map.
struct Shared {
  std::atomic<State> state{State::kNotFrozen};
};
static_assert(std::atomic<State>::is_always_lock_free, "locks do not work between processes");

// Why a process stops waiting.
enum class Cause { kAsked, kCheck, kClosed, kDeadline, kPartner, kSignal };

// The word for it in messages.
const char* Word(Cause cause);

// Writes one short line; whether anybody reads it does not matter.
void Say(const char* first, const char* second = nullptr);

// The symbolic name of an errno.
const char* NameOf(int error);

// Locks memory and asks the out-of-memory killer to pass by, both as far as allowed.
void PrepareProcess();

// Everything that one process waits for.
class Watch {
 public:
  // `commands`: the engine's pipe, or -1; `partner`: a pipe whose other end only the partner holds. False: errno tells.
  bool Start(int commands, int partner, uint64_t deadline_ns);
  // Waits for the first cause. `milliseconds` < 0: without limit; false where nothing came within it.
  bool Wait(int milliseconds, Cause& cause);
  bool PartnerIsDead() const;

 private:
  bool ReadCommand(Cause& cause);

  int commands_ = -1;
  int partner_ = -1;
  int timer_ = -1;
  int signals_ = -1;
  char line_[64];
  unsigned length_ = 0;
};

// Thaws, unless that is done or nothing is frozen, and says what came of it: `thawed CAUSE`; `lost CAUSE` where
// somebody else had thawed before; `stuck ERRNO` where the kernel refused for a minute. Between the two processes it
// happens once: what comes after, others may have frozen. What the partner is at is waited for, as it may die over it.
void ThawOnce(Shared& shared, const FileSystem& file_system, const Watch& watch, Cause cause);

// CLOCK_BOOTTIME in nanoseconds: it goes on while the machine sleeps.
uint64_t Now();

}  // namespace stillframe::freeze

#endif  // STILLFRAME_LINUX_FREEZE_WATCH_H_
