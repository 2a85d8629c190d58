#include "base/jobs.hpp"

#include <algorithm>
#include <atomic>
#include <catch2/catch.hpp>
#include <vector>

#include "base/parallel.hpp"
#include "base/result.hpp"

using namespace xiangtu;

TEST_CASE("a job reports through the mailbox and stops when asked", "[base]") {
  Mailbox mailbox;
  int arrived = 0;
  {
    Job job("work", [&](Progress& progress) {
      progress.begin("working", 0);
      while (!progress.stop_requested()) progress.advance();
      mailbox.post([&] { ++arrived; });
    });
    job.cancel();
  }
  CHECK(arrived == 0);
  CHECK(mailbox.drain() == 1);
  CHECK(arrived == 1);
  CHECK(mailbox.drain() == 0);
}

TEST_CASE("parallel_for visits everything once, and stops", "[base]") {
  std::vector<std::atomic<int>> visits(10000);
  Progress progress;
  parallel_for(visits.size(), 64, progress, [&](std::size_t begin, std::size_t end) {
    for (std::size_t i = begin; i < end; ++i) ++visits[i];
  });
  CHECK(std::all_of(visits.begin(), visits.end(), [](const auto& count) { return count == 1; }));

  std::stop_source source;
  source.request_stop();
  Progress stopped(source.get_token());
  parallel_for(visits.size(), 64, stopped, [&](std::size_t, std::size_t) { FAIL("ran after a stop"); });
}

TEST_CASE("every code has the exit status of its band", "[base]") {
  CHECK(exit_status(IssueCode::unknown_option) == 2);
  CHECK(exit_status(IssueCode::input_no_crs) == 3);
  CHECK(exit_status(IssueCode::output_unwritable) == 4);
  CHECK(exit_status(IssueCode::no_display) == 4);
  CHECK(exit_status(IssueCode::cancelled) == 130);
}
