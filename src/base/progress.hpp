// Progress and cancellation of long work. The worker writes, any other thread reads; nothing locks.
#pragma once

#include <atomic>
#include <cstdint>
#include <stop_token>

namespace xiangtu {

class Progress {
 public:
  Progress() = default;
  explicit Progress(std::stop_token stop) : stop_(std::move(stop)) {}
  Progress(const Progress&) = delete;
  Progress& operator=(const Progress&) = delete;

  // Starts a stage: an English text with static lifetime (a key of the catalogue), and how many
  // steps it has; 0 when that is not known.
  void begin(const char* stage, std::uint64_t total) {
    done_.store(0, std::memory_order_relaxed);
    total_.store(total, std::memory_order_relaxed);
    stage_.store(stage, std::memory_order_release);
  }
  void advance(std::uint64_t steps = 1) { done_.fetch_add(steps, std::memory_order_relaxed); }

  // Work asks this at least every 100 ms and returns cancelled_issue() when it is true.
  bool stop_requested() const { return stop_.stop_requested(); }
  const std::stop_token& stop_token() const { return stop_; }

  const char* stage() const { return stage_.load(std::memory_order_acquire); }
  std::uint64_t done() const { return done_.load(std::memory_order_relaxed); }
  std::uint64_t total() const { return total_.load(std::memory_order_relaxed); }

 private:
  std::stop_token stop_;
  std::atomic<const char*> stage_{""};
  std::atomic<std::uint64_t> done_{0};
  std::atomic<std::uint64_t> total_{0};
};

}  // namespace xiangtu
