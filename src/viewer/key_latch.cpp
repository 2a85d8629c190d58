#include "viewer/key_latch.hpp"

namespace xiangtu::viewer {

void KeyLatch::before_frame(ImGuiIO& io) {
  held_ = {io.KeyCtrl, io.KeyShift, io.KeyAlt};
  for (const Press& press : pressed_) {
    if (io.KeysDown[press.key]) continue;
    io.KeysDown[press.key] = true;
    io.KeyCtrl = io.KeyCtrl || press.with.ctrl;
    io.KeyShift = io.KeyShift || press.with.shift;
    io.KeyAlt = io.KeyAlt || press.with.alt;
    lifted_.push_back(press);
  }
  pressed_.clear();
}

void KeyLatch::after_frame(ImGuiIO& io) {
  if (lifted_.empty()) return;
  for (const Press& press : lifted_) io.KeysDown[press.key] = false;
  io.KeyCtrl = held_.ctrl;
  io.KeyShift = held_.shift;
  io.KeyAlt = held_.alt;
  lifted_.clear();
}

}  // namespace xiangtu::viewer
