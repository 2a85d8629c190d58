#include "viewer/panels/panels.hpp"
#include "viewer/theme.hpp"

namespace xiangtu::viewer {

namespace {

constexpr double remark_seconds = 8;

constexpr ImGuiWindowFlags plain = ImGuiWindowFlags_NoDecoration | ImGuiWindowFlags_AlwaysAutoResize |
                                   ImGuiWindowFlags_NoSavedSettings | ImGuiWindowFlags_NoFocusOnAppearing |
                                   ImGuiWindowFlags_NoNav;

void notices(AppState& state, ImVec2 origin, ImVec2 size) {
  const float below_search =
      ImGui::GetFontSize() * 1.6f + ImGui::GetFrameHeight() + ImGui::GetStyle().WindowPadding.y * 2;
  ImGui::SetNextWindowPos({origin.x + size.x / 2, origin.y + below_search}, ImGuiCond_Always, {0.5f, 0});
  ImGui::SetNextWindowSizeConstraints({0, 0}, {size.x * 0.6f, size.y * 0.6f});
  ImGui::Begin("notices", nullptr, plain);
  for (Notice& notice : state.notices) notice.seconds += ImGui::GetIO().DeltaTime;
  std::erase_if(state.notices, [](const Notice& notice) {
    return !notice.is_error && !notice.act && notice.seconds > remark_seconds;
  });
  std::function<void(AppState&)> act;
  for (std::size_t i = 0; i < state.notices.size();) {
    ImGui::PushID(static_cast<int>(i));
    bool closed = ImGui::SmallButton("×");
    ImGui::SameLine();
    ImGui::PushTextWrapPos(size.x * 0.55f);
    ImGui::PushStyleColor(
        ImGuiCol_Text, state.notices[i].is_error ? error_colour() : ImGui::GetStyleColorVec4(ImGuiCol_Text));
    ImGui::TextUnformatted(state.notices[i].text.c_str());
    ImGui::PopStyleColor();
    ImGui::PopTextWrapPos();
    if (const Notice& notice = state.notices[i]; notice.act) {
      ImGui::SameLine();
      if (ImGui::SmallButton(state.catalogue.c_str(notice.button.c_str()))) {
        act = notice.act;
        closed = true;
      }
    }
    ImGui::PopID();
    if (closed)
      state.notices.erase(state.notices.begin() + static_cast<std::ptrdiff_t>(i));
    else
      ++i;
  }
  ImGui::End();
  if (act) act(state);
}

void jobs(AppState& state, ImVec2 origin, ImVec2 size) {
  ImGui::SetNextWindowPos({origin.x + size.x - 12, origin.y + size.y - ImGui::GetFontSize() * 3},
                          ImGuiCond_Always, {1, 1});
  ImGui::Begin("jobs", nullptr, plain);
  for (const auto& job : state.jobs.jobs()) {
    const Progress& progress = job->progress();
    const float share = progress.total() > 0
                            ? static_cast<float>(progress.done()) / static_cast<float>(progress.total())
                            : -1;
    ImGui::TextUnformatted(state.catalogue.c_str(job->title().c_str()));
    ImGui::TextDisabled("%s", state.catalogue.c_str(progress.stage()));
    ImGui::ProgressBar(share < 0 ? 0 : share, {ImGui::GetFontSize() * 14, 6}, "");
    ImGui::SameLine();
    ImGui::PushID(job.get());
    if (ImGui::SmallButton(state.catalogue.c_str("Cancel"))) job->cancel();
    ImGui::PopID();
  }
  ImGui::End();
}

}  // namespace

void draw_notices(AppState& state, ImVec2 origin, ImVec2 size) {
  if (!state.notices.empty()) notices(state, origin, size);
  if (!state.jobs.jobs().empty()) jobs(state, origin, size);
}

}  // namespace xiangtu::viewer
