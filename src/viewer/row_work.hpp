// Work over the rows of layers: at once where they are few, else as a job, so that a frame never waits.
#pragma once

#include <cstddef>
#include <memory>
#include <utility>

#include "viewer/state.hpp"

namespace xiangtu::viewer {

inline constexpr std::size_t rows_at_once = 20'000;

// work(progress) gives a result; take(result, cancelled) has it on the main thread. The title is an English
// text with static lifetime; work of the same title that is still going is cancelled.
template <class Work, class Take>
void work_on_rows(AppState& state, const char* title, std::size_t rows, Work work, Take take) {
  state.jobs.cancel(title);
  if (rows <= rows_at_once) {
    Progress progress;
    return take(work(progress), false);
  }
  state.jobs.start(
      title, [&state, work = std::move(work), take = std::move(take), title](Progress& progress) {
        progress.begin(title, 0);
        auto result = std::make_shared<decltype(work(progress))>(work(progress));
        state.mailbox.post(
            [take, result, cancelled = progress.stop_requested()] { take(std::move(*result), cancelled); });
      });
}

}  // namespace xiangtu::viewer
