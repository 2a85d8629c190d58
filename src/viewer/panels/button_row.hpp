// Buttons and fields beside each other.
#pragma once

namespace xiangtu::viewer {

// On one line as long as there is room, then on the next.
class ButtonRow {
 public:
  bool button(const char* label, bool enabled = true);
  // Places an item of that width, which the caller draws next.
  void place(float width);

 private:
  bool first_ = true;
};

}  // namespace xiangtu::viewer
