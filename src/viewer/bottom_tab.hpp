// A table at the bottom of the window that can be shown and hidden, as a tab beside others.
#pragma once

namespace xiangtu::viewer {

struct BottomTab {
  bool shown = false;
  bool to_front = false, in_front = false;  // it is to come there; it is there, as it was drawn last
};

}  // namespace xiangtu::viewer
