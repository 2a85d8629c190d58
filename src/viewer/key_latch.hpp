// Key presses that are over before a frame sees them: the window's library reports press and release, while
// ImGui asks which keys are down once a frame.
#pragma once

#include <vector>

#include <imgui.h>

namespace xiangtu::viewer {

// A key that was pressed since the last frame is down in the next one, with the Ctrl, Shift and Alt it was
// pressed with, whatever came after.
class KeyLatch {
 public:
  struct Modifiers {
    bool ctrl = false, shift = false, alt = false;
  };
  // key: as ImGui numbers io.KeysDown.
  void press(int key, Modifiers with) { pressed_.push_back({key, with}); }

  // Between the events and ImGui::NewFrame; after the frame what was let go is up again.
  void before_frame(ImGuiIO& io);
  void after_frame(ImGuiIO& io);

 private:
  struct Press {
    int key;
    Modifiers with;
  };
  std::vector<Press> pressed_, lifted_;  // lifted_: down in this frame alone
  Modifiers held_;                       // as it is
};

}  // namespace xiangtu::viewer
