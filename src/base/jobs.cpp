#include "base/jobs.hpp"

#include <utility>

#include "base/thread_priority.hpp"

namespace xiangtu {

void Mailbox::post(std::function<void()> letter) {
  const std::lock_guard lock(mutex_);
  letters_.push_back(std::move(letter));
}

std::size_t Mailbox::drain() {
  std::vector<std::function<void()>> letters;
  {
    const std::lock_guard lock(mutex_);
    letters.swap(letters_);
  }
  for (const auto& letter : letters) letter();
  return letters.size();
}

Job::Job(std::string title, std::function<void(Progress&)> work)
    : title_(std::move(title)), progress_(source_.get_token()) {
  thread_ = std::jthread([this, task = std::move(work)] {
    work_in_background();
    task(progress_);
    finished_.store(true, std::memory_order_release);
  });
}

Job& JobList::start(std::string title, std::function<void(Progress&)> work) {
  jobs_.push_back(std::make_unique<Job>(std::move(title), std::move(work)));
  return *jobs_.back();
}

void JobList::sweep() {
  jobs_.remove_if([](const std::unique_ptr<Job>& job) { return job->finished(); });
}

void JobList::cancel(std::string_view title) {
  for (const auto& job : jobs_)
    if (job->title() == title) job->cancel();
}

void JobList::cancel_all_but(std::string_view title) {
  for (const auto& job : jobs_)
    if (job->title() != title) job->cancel();
}

void JobList::cancel_all() {
  for (const auto& job : jobs_) job->cancel();
}

}  // namespace xiangtu
