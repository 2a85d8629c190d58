// Computes answers about the region that is open in the background.
#pragma once

#include <string>
#include <utility>

#include "viewer/region_answer.hpp"
#include "viewer/state.hpp"

namespace xiangtu::viewer {

// title: of the job, one at a time of each. compute: from the region, with progress, to Result<Answer>. The
// answer before stays until the new one is there.
template <class Answer, class Compute>
void begin_answer(AppState& state, RegionAnswer<Answer>& of, const char* title, Compute compute) {
  of.region = state.region;
  of.issue.reset();
  of.computing = true;
  const std::uint64_t request = ++of.request;
  state.jobs.cancel(title);
  state.jobs.start(
      title, [&state, &of, request, region = state.region, compute = std::move(compute)](Progress& progress) {
        auto computed = compute(*region, progress);
        auto answer = computed ? std::make_shared<const Answer>(std::move(*computed)) : nullptr;
        auto issue = computed ? std::nullopt : std::optional<Issue>(computed.issue());
        state.mailbox.post([&of, request, answer = std::move(answer), issue = std::move(issue)] {
          if (of.request != request) return;
          of.computing = false;
          of.answer = answer;
          of.issue = issue;
        });
      });
}

// What was of another region than the one that is open goes; true where there is nothing of this one, not
// even begun.
template <class Answer>
bool lacks_answer(const AppState& state, RegionAnswer<Answer>& of) {
  if (of.region == state.region) return false;
  const std::uint64_t next = of.request + 1;
  of = {};
  of.request = next;
  return state.region != nullptr;
}

}  // namespace xiangtu::viewer
