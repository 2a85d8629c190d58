// Background work for a window: jobs run on their own threads, their outcomes come back to the main
// thread through a mailbox that is emptied once a frame.
#pragma once

#include <atomic>
#include <functional>
#include <list>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>
#include <thread>
#include <vector>

#include "base/progress.hpp"

namespace xiangtu {

// Closures to run on the main thread. post() from any thread; drain() from the main thread only.
class Mailbox {
 public:
  void post(std::function<void()> letter);
  // Runs the letters that are there, in the order in which they came; returns how many.
  std::size_t drain();

 private:
  std::mutex mutex_;
  std::vector<std::function<void()>> letters_;
};

// One piece of background work. Destroying it asks it to stop and waits for it.
class Job {
 public:
  // work runs at once on a new thread with this job's progress.
  Job(std::string title, std::function<void(Progress&)> work);
  ~Job() { source_.request_stop(); }  // thread_, the last member, then waits

  const std::string& title() const { return title_; }
  const Progress& progress() const { return progress_; }
  bool finished() const { return finished_.load(std::memory_order_acquire); }
  void cancel() { source_.request_stop(); }

 private:
  std::string title_;
  std::stop_source source_;
  Progress progress_;
  std::atomic<bool> finished_{false};
  std::jthread thread_;
};

// The jobs of one window. Main thread only.
class JobList {
 public:
  Job& start(std::string title, std::function<void(Progress&)> work);
  // Forgets finished jobs.
  void sweep();
  void cancel_all();
  void cancel_all_but(std::string_view title);
  void cancel(std::string_view title);
  const std::list<std::unique_ptr<Job>>& jobs() const { return jobs_; }

 private:
  std::list<std::unique_ptr<Job>> jobs_;
};

}  // namespace xiangtu
