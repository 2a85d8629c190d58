// Keys of the keyboard, and whether they were pressed in this frame.
#pragma once

#define GLFW_INCLUDE_NONE
#include <GLFW/glfw3.h>
#include <imgui.h>

namespace xiangtu::viewer {

// What ImGui has no name for it takes as the window's library numbers it, and letters, digits and signs as
// their characters (capitals).
class Key {
 public:
  constexpr Key(char character) : number_(character) {}
  Key(ImGuiKey_ named) : number_(ImGui::GetKeyIndex(named)) {}
  static constexpr Key function(int n) { return Key{GLFW_KEY_F1 + n - 1}; }  // F1 …
  static constexpr Key keypad_plus() { return Key{GLFW_KEY_KP_ADD}; }
  static constexpr Key keypad_minus() { return Key{GLFW_KEY_KP_SUBTRACT}; }

  int number() const { return number_; }

 private:
  constexpr explicit Key(int number) : number_(number) {}
  int number_;
};

// Once, however long it is held: for what opens, closes, switches or asks.
inline bool pressed(Key key) {
  return ImGui::IsKeyPressed(key.number(), false);
}
// Again and again while it is held: for what goes on by steps.
inline bool pressed_or_held(Key key) {
  return ImGui::IsKeyPressed(key.number(), true);
}
inline bool pressed_enter() {
  return pressed(ImGuiKey_Enter) || pressed(ImGuiKey_KeyPadEnter);
}

}  // namespace xiangtu::viewer
