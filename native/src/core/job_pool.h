// A few threads for calls that wait (file reads and writes, ioctls), started when first needed.
#ifndef STILLFRAME_CORE_JOB_POOL_H_
#define STILLFRAME_CORE_JOB_POOL_H_

#include <condition_variable>
#include <deque>
#include <functional>
#include <mutex>
#include <thread>
#include <vector>

namespace stillframe::core {

class JobPool {
 public:
  explicit JobPool(size_t max_threads) : max_threads_(max_threads) {}
  ~JobPool() { Close(); }
  JobPool(const JobPool&) = delete;
  JobPool& operator=(const JobPool&) = delete;

  // `job` must not throw. Dropped silently after `Close`.
  void Submit(std::function<void()> job);
  // Drops what has not started, waits for what has. Idempotent.
  void Close();

 private:
  void Run();

  const size_t max_threads_;
  std::mutex mutex_;
  std::condition_variable wake_;
  std::deque<std::function<void()>> jobs_;
  std::vector<std::thread> threads_;
  size_t idle_ = 0;
  bool closed_ = false;
};

}  // namespace stillframe::core

#endif  // STILLFRAME_CORE_JOB_POOL_H_
