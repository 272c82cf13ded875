#include "linux/freeze/watch.h"

#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/signalfd.h>
#include <sys/timerfd.h>
#include <time.h>
#include <unistd.h>

#include <cerrno>

namespace stillframe::freeze {
namespace {

constexpr uint64_t kSecond = 1'000'000'000;
constexpr uint64_t kKeepTrying = 60 * kSecond;
constexpr useconds_t kRetryMicroseconds = 100'000;
constexpr useconds_t kLookAgainMicroseconds = 20'000;

void WriteTo(const char* path, const char* text) {
  const int fd = ::open(path, O_WRONLY | O_CLOEXEC);
  if (fd < 0) return;
  (void)!::write(fd, text, ::strlen(text));
  ::close(fd);
}

}  // namespace

const char* Word(Cause cause) {
  switch (cause) {
    case Cause::kAsked:
      return "asked";
    case Cause::kCheck:
      return "check";
    case Cause::kClosed:
      return "closed";
    case Cause::kDeadline:
      return "deadline";
    case Cause::kPartner:
      return "partner";
    case Cause::kSignal:
      return "signal";
  }
  return "unknown";
}

void Say(const char* first, const char* second) {
  char line[96];
  size_t length = 0;
  const auto add = [&](const char* text) {
    for (; *text != '\0' && length < sizeof line - 1; text++) line[length++] = *text;
  };
  add(first);
  if (second != nullptr) {
    add(" ");
    add(second);
  }
  line[length++] = '\n';
  // A pipe or socket that nobody empties must not stop a thaw: it was made non-blocking.
  (void)!::write(STDOUT_FILENO, line, length);
}

const char* NameOf(int error) {
  const char* name = ::strerrorname_np(error);
  return name != nullptr ? name : "EIO";
}

void PrepareProcess() {
  (void)::mlockall(MCL_CURRENT | MCL_FUTURE);
  WriteTo("/proc/self/oom_score_adj", "-1000");
}

uint64_t Now() {
  timespec time{};
  ::clock_gettime(CLOCK_BOOTTIME, &time);
  return static_cast<uint64_t>(time.tv_sec) * kSecond + static_cast<uint64_t>(time.tv_nsec);
}

bool Watch::Start(int commands, int partner, uint64_t deadline_ns) {
  commands_ = commands;
  partner_ = partner;
  sigset_t ending;
  ::sigemptyset(&ending);
  for (const int signal : {SIGTERM, SIGINT, SIGHUP, SIGQUIT}) ::sigaddset(&ending, signal);
  if (::sigprocmask(SIG_BLOCK, &ending, nullptr) != 0) return false;
  signals_ = ::signalfd(-1, &ending, SFD_CLOEXEC | SFD_NONBLOCK);
  timer_ = ::timerfd_create(CLOCK_BOOTTIME, TFD_CLOEXEC | TFD_NONBLOCK);
  if (signals_ < 0 || timer_ < 0) return false;
  itimerspec when{};
  when.it_value.tv_sec = static_cast<time_t>(deadline_ns / kSecond);
  when.it_value.tv_nsec = static_cast<long>(deadline_ns % kSecond);
  return ::timerfd_settime(timer_, TFD_TIMER_ABSTIME, &when, nullptr) == 0;
}

bool Watch::ReadCommand(Cause& cause) {
  char next;
  ssize_t got;
  while ((got = ::read(commands_, &next, 1)) == 1) {
    if (next != '\n') {
      if (length_ < sizeof line_) line_[length_++] = next;
      continue;
    }
    const bool check = length_ == 5 && ::memcmp(line_, "check", 5) == 0;
    length_ = 0;
    cause = check ? Cause::kCheck : Cause::kAsked;
    return true;
  }
  if (got < 0 && (errno == EAGAIN || errno == EINTR)) return false;
  cause = Cause::kClosed;
  return true;
}

bool Watch::PartnerIsDead() const {
  pollfd watched{partner_, POLLIN, 0};
  return ::poll(&watched, 1, 0) > 0;
}

bool Watch::Wait(int milliseconds, Cause& cause) {
  for (;;) {
    pollfd watched[] = {{partner_, POLLIN, 0}, {timer_, POLLIN, 0}, {signals_, POLLIN, 0}, {commands_, POLLIN, 0}};
    const int ready = ::poll(watched, 4, milliseconds);
    if (ready == 0) return false;
    if (ready < 0) {
      if (errno == EINTR) continue;
      // Nothing can be waited for any more: what is frozen must not stay so.
      cause = Cause::kSignal;
      return true;
    }
    // The partner never writes once it has begun; that the pipe is readable means its end.
    if (watched[0].revents != 0) {
      cause = Cause::kPartner;
      return true;
    }
    if (watched[1].revents != 0) {
      cause = Cause::kDeadline;
      return true;
    }
    if (watched[2].revents != 0) {
      cause = Cause::kSignal;
      return true;
    }
    if (watched[3].revents != 0 && ReadCommand(cause)) return true;
  }
}

void ThawOnce(Shared& shared, const FileSystem& file_system, const Watch& watch, Cause cause) {
  for (;;) {
    // Asked first: what the partner noted after that is seen below.
    const bool partner_died = watch.PartnerIsDead();
    State expected = State::kFrozen;
    if (shared.state.compare_exchange_strong(expected, State::kThawing)) break;
    if (expected == State::kNotFrozen || expected == State::kThawed) return;
    // The partner is about to freeze or to thaw. If it died over that, it is not known whether the call was made: a
    // thaw too many finds nothing frozen, unless somebody else froze in that very moment.
    if (partner_died) {
      shared.state.store(State::kThawing);
      break;
    }
    ::usleep(kLookAgainMicroseconds);
  }
  const uint64_t until = Now() + kKeepTrying;
  int error;
  while ((error = file_system.Thaw()) != 0 && error != EINVAL && Now() < until) ::usleep(kRetryMicroseconds);
  shared.state.store(State::kThawed);
  if (error == 0) {
    Say("thawed", Word(cause));
  } else if (error == EINVAL) {
    Say("lost", Word(cause));
  } else {
    Say("stuck", NameOf(error));
  }
}

}  // namespace stillframe::freeze
