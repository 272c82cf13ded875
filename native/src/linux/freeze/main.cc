// stillframe-freeze DEVICE DEADLINE_MS FOLDER NAME
//
// Keeps one file system frozen for the engine, and thaws it whatever happens. Two processes do so, each of which thaws
// at once when the other dies: the holder, which the engine talks to, and its guard in a session of its own. Both thaw
// at the deadline (counted from the start), on SIGTERM, SIGINT, SIGHUP and SIGQUIT; the holder also when the
// engine asks for it or closes the pipe, as its death does. A freeze that the kernel has begun cannot be broken off: it
// is undone once it is complete. Neither writes to any file system meanwhile, allocates
// memory or can be swapped out.
//
// DEVICE is the `st_dev` that FOLDER, on the file system, must have; NAME is for whoever looks at the list of
// processes. Commands on standard input, one a line: `check`, `thaw`. Lines on
// standard output:
//   frozen          it stands still; also the answer to `check` while it does
//   error ERRNO     it was not frozen: EBUSY somebody else froze it, EOPNOTSUPP it cannot be, ESTALE FOLDER is
//                   another one, EINPROGRESS it is being scrubbed, ECANCELED the engine went away
//   thawed CAUSE    asked, closed, deadline, partner, signal
//   lost CAUSE      somebody else had thawed it before
//   stuck ERRNO     the kernel refuses to thaw it
// Standard output closes when both processes have ended.
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <unistd.h>

#include <cerrno>
#include <cstdlib>
#include <new>

#include "linux/freeze/file_system.h"
#include "linux/freeze/watch.h"

namespace stillframe::freeze {
namespace {

constexpr uint64_t kMillisecond = 1'000'000;

int Refuse(int error) {
  Say("error", NameOf(error));
  return 1;
}

bool Parse(const char* text, uint64_t& value) {
  char* end = nullptr;
  errno = 0;
  value = ::strtoull(text, &end, 10);
  return errno == 0 && end != text && *end == '\0';
}

// A process manager that kills everything of a control group at once (systemd-oomd) must not kill both of us: the guard
// moves to the root group, where it may.
void LeaveControlGroup() {
  const int fd = ::open("/sys/fs/cgroup/cgroup.procs", O_WRONLY | O_CLOEXEC);
  if (fd < 0) return;
  (void)!::write(fd, "0", 1);
  ::close(fd);
}

[[noreturn]] void BeGuard(Shared& shared, FileSystem& file_system, int holder, int ready, uint64_t deadline_ns) {
  ::setsid();
  ::prctl(PR_SET_NAME, "stillframe-grd");
  LeaveControlGroup();
  PrepareProcess();
  Watch watch;
  if (!watch.Start(-1, holder, deadline_ns) || ::write(ready, "r", 1) != 1) ::_exit(1);
  Cause cause = Cause::kSignal;
  (void)watch.Wait(-1, cause);
  ThawOnce(shared, file_system, watch, cause);
  file_system.Close();
  ::_exit(0);
}

// The answer to `check`. A second freeze of what is frozen is refused; one that is not was thawed by somebody, and the
// moment is over. (That somebody else froze it again since cannot be told.)
bool IsStillFrozen(Shared& shared, const FileSystem& file_system) {
  State expected = State::kFrozen;
  if (!shared.state.compare_exchange_strong(expected, State::kFreezing)) return false;
  const int error = file_system.Freeze();
  if (error == EBUSY) {
    shared.state.store(State::kFrozen);
    return true;
  }
  if (error == 0) {
    shared.state.store(State::kThawing);
    (void)file_system.Thaw();
  }
  shared.state.store(State::kThawed);
  return false;
}

int Hold(Shared& shared, const FileSystem& file_system, Watch& watch) {
  Cause cause = Cause::kClosed;
  // Flushing may have taken a while.
  if (watch.Wait(0, cause)) return Refuse(ECANCELED);
  shared.state.store(State::kFreezing);
  const int error = file_system.Freeze();
  shared.state.store(error == 0 ? State::kFrozen : State::kNotFrozen);
  if (error != 0) return Refuse(error);
  Say("frozen");
  for (;;) {
    (void)watch.Wait(-1, cause);
    if (cause != Cause::kCheck) break;
    if (!IsStillFrozen(shared, file_system)) {
      Say("lost", Word(cause));
      return 0;
    }
    Say("frozen");
  }
  ThawOnce(shared, file_system, watch, cause);
  return 0;
}

// Everything between opening the file system and closing it.
int HoldWithGuard(FileSystem& file_system, uint64_t deadline_ms) {
  void* memory = ::mmap(nullptr, sizeof(Shared), PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
  if (memory == MAP_FAILED) return Refuse(errno);
  Shared& shared = *new (memory) Shared();
  if (const int error = file_system.WhyNotNow(); error != 0) return Refuse(error);
  file_system.Flush();

  // `life`: the holder keeps the end for writing, the guard sees it close; `signs` the other way round.
  int life[2];
  int signs[2];
  if (::pipe2(life, O_CLOEXEC) != 0 || ::pipe2(signs, O_CLOEXEC) != 0) return Refuse(errno);
  const uint64_t deadline_ns = Now() + deadline_ms * kMillisecond;
  const pid_t guard = ::fork();
  if (guard < 0) return Refuse(errno);
  if (guard == 0) {
    ::close(life[1]);
    ::close(signs[0]);
    BeGuard(shared, file_system, life[0], signs[1], deadline_ns);
  }
  ::close(life[0]);
  ::close(signs[1]);
  PrepareProcess();
  char ready = 0;
  // Without its guard nothing is frozen.
  if (::read(signs[0], &ready, 1) != 1) return Refuse(ECHILD);
  Watch watch;
  if (!watch.Start(STDIN_FILENO, signs[0], deadline_ns)) return Refuse(errno);
  return Hold(shared, file_system, watch);
}

int Run(uint64_t device, uint64_t deadline_ms, const char* folder) {
  ::signal(SIGPIPE, SIG_IGN);
  for (const int fd : {STDIN_FILENO, STDOUT_FILENO}) ::fcntl(fd, F_SETFL, ::fcntl(fd, F_GETFL) | O_NONBLOCK);
  FileSystem file_system;
  if (const int error = file_system.Open(folder, device); error != 0) return Refuse(error);
  const int status = HoldWithGuard(file_system, deadline_ms);
  file_system.Close();
  return status;
}

}  // namespace
}  // namespace stillframe::freeze

int main(int count, char** arguments) {
  uint64_t device = 0;
  uint64_t deadline_ms = 0;
  using namespace stillframe::freeze;
  constexpr uint64_t kMostMs = 7 * 24 * 3'600'000ULL;
  if (count != 5 || !Parse(arguments[1], device) || !Parse(arguments[2], deadline_ms) || deadline_ms == 0 ||
      deadline_ms > kMostMs) {
    return Refuse(EINVAL);
  }
  return Run(device, deadline_ms, arguments[3]);
}
