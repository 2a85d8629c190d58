// Frames without a window: keys and mouse go in, the state comes out.
#pragma once

#define GLFW_INCLUDE_NONE
#include <GLFW/glfw3.h>
#include <catch2/catch.hpp>
#include <string>
#include <utility>

#include <imgui.h>

#include "render/text/system_fonts.hpp"
#include "viewer/frame.hpp"
#include "viewer/theme.hpp"

namespace xiangtu::tests {

using namespace xiangtu::viewer;

class Fingers {
 public:
  explicit Fingers(AppState& state) : state_(state) {
    ImGui::CreateContext();
    ImGuiIO& io = ImGui::GetIO();
    io.IniFilename = nullptr;
    io.DisplaySize = {1280, 800};
    for (const auto& [key, number] : {std::pair{ImGuiKey_Escape, GLFW_KEY_ESCAPE},
                                      {ImGuiKey_Enter, GLFW_KEY_ENTER},
                                      {ImGuiKey_Tab, GLFW_KEY_TAB},
                                      {ImGuiKey_Space, GLFW_KEY_SPACE},
                                      {ImGuiKey_Home, GLFW_KEY_HOME},
                                      {ImGuiKey_Backspace, GLFW_KEY_BACKSPACE},
                                      {ImGuiKey_RightArrow, GLFW_KEY_RIGHT},
                                      {ImGuiKey_LeftArrow, GLFW_KEY_LEFT},
                                      {ImGuiKey_DownArrow, GLFW_KEY_DOWN},
                                      {ImGuiKey_UpArrow, GLFW_KEY_UP}})
      io.KeyMap[key] = number;
    io.SetClipboardTextFn = [](void* to, const char* text) { *static_cast<std::string*>(to) = text; };
    io.ClipboardUserData = &clipboard;
    const std::string texts = texts_of(state);
    build_fonts(render::text::system_fonts(texts), texts, 1);
    frames(3);
  }
  ~Fingers() { ImGui::DestroyContext(); }

  void frames(int count = 1) {
    for (int i = 0; i < count; ++i) {
      ImGui::GetIO().DeltaTime = 1.0f / 60;
      ImGui::NewFrame();
      place = draw_widgets(state_);
      ImGui::Render();
      state_.camera.resize(static_cast<int>(place.width), static_cast<int>(place.height), 1);
    }
  }
  void key(int code, bool control = false, bool shift = false) {
    ImGuiIO& io = ImGui::GetIO();
    io.KeyCtrl = control;
    io.KeyShift = shift;
    io.KeysDown[code] = true;
    frames();
    io.KeysDown[code] = false;
    io.KeyCtrl = io.KeyShift = false;
    frames();
  }
  void type(const char* text) {
    for (; *text; ++text) {
      ImGui::GetIO().AddInputCharacter(static_cast<unsigned char>(*text));
      frames();
    }
  }
  // A click on the map.
  void click(float x, float y) {
    ImGuiIO& io = ImGui::GetIO();
    io.MousePos = {place.x + x, place.y + y};
    frames(30);  // longer than between the clicks of a double click
    io.MouseDown[0] = true;
    frames();
    io.MouseDown[0] = false;
    frames();
  }

  MapPlace place;
  std::string clipboard;

 private:
  AppState& state_;
};

}  // namespace xiangtu::tests
