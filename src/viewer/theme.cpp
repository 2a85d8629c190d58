#include "viewer/theme.hpp"

#include <imgui.h>

#include "render/text/characters.hpp"

namespace xiangtu::viewer {

namespace {

constexpr float text_size = 16;

ImVec4 rgb(int hex, float alpha = 1) {
  return {static_cast<float>(hex >> 16 & 255) / 255, static_cast<float>(hex >> 8 & 255) / 255,
          static_cast<float>(hex & 255) / 255, alpha};
}

struct Palette {
  int text, quiet, window, panel, border, control, hover, active, accent, header, stripe;
  int knob;  // of a slider, whose number is written over it
};
constexpr Palette light{0x22272B, 0x7A8288, 0xF6F6F3, 0xFFFFFF, 0xD5D7D4, 0xE9EAE6,
                        0xDCE7EE, 0xC5DAE7, 0x1F6F9F, 0xEDEFEC, 0xF8F9F7, 0x8FBBD5};
constexpr Palette dark_palette{0xE3E6E8, 0x8D969C, 0x1F2326, 0x272C30, 0x3B4247, 0x343A3F,
                               0x3D4B55, 0x47606F, 0x5BA7D1, 0x30363A, 0x2A2F33, 0x1F6088};

}  // namespace

void apply_theme(bool dark, float scale) {
  const Palette& p = dark ? dark_palette : light;
  ImGuiStyle style;
  style.WindowRounding = 0;
  style.FrameRounding = 4;
  style.GrabRounding = 4;
  style.PopupRounding = 4;
  style.ScrollbarRounding = 6;
  style.TabRounding = 4;
  style.WindowBorderSize = 1;
  style.FrameBorderSize = 0;
  style.WindowPadding = {10, 8};
  style.FramePadding = {8, 4};
  style.ItemSpacing = {8, 6};
  style.CellPadding = {6, 3};
  style.ScrollbarSize = 12;
  ImVec4* c = style.Colors;
  c[ImGuiCol_Text] = rgb(p.text);
  c[ImGuiCol_TextDisabled] = rgb(p.quiet);
  c[ImGuiCol_WindowBg] = rgb(p.window);
  c[ImGuiCol_ChildBg] = rgb(p.window, 0);
  c[ImGuiCol_PopupBg] = rgb(p.panel, 0.99f);
  c[ImGuiCol_Border] = rgb(p.border);
  c[ImGuiCol_FrameBg] = rgb(p.control);
  c[ImGuiCol_FrameBgHovered] = rgb(p.hover);
  c[ImGuiCol_FrameBgActive] = rgb(p.active);
  c[ImGuiCol_TitleBg] = c[ImGuiCol_TitleBgActive] = c[ImGuiCol_TitleBgCollapsed] = rgb(p.header);
  c[ImGuiCol_MenuBarBg] = rgb(p.panel);
  c[ImGuiCol_ScrollbarBg] = rgb(p.window, 0);
  c[ImGuiCol_ScrollbarGrab] = rgb(p.border);
  c[ImGuiCol_ScrollbarGrabHovered] = rgb(p.quiet);
  c[ImGuiCol_ScrollbarGrabActive] = rgb(p.accent);
  c[ImGuiCol_CheckMark] = rgb(p.accent);
  c[ImGuiCol_SliderGrab] = c[ImGuiCol_SliderGrabActive] = rgb(p.knob);
  c[ImGuiCol_Button] = rgb(p.control);
  c[ImGuiCol_ButtonHovered] = rgb(p.hover);
  c[ImGuiCol_ButtonActive] = rgb(p.active);
  c[ImGuiCol_Header] = rgb(p.active);
  c[ImGuiCol_HeaderHovered] = rgb(p.hover);
  c[ImGuiCol_HeaderActive] = rgb(p.active);
  c[ImGuiCol_Tab] = c[ImGuiCol_TabUnfocused] = rgb(p.control);
  c[ImGuiCol_TabHovered] = rgb(p.hover);
  c[ImGuiCol_TabActive] = c[ImGuiCol_TabUnfocusedActive] = rgb(p.active);
  c[ImGuiCol_Separator] = rgb(p.border);
  c[ImGuiCol_SeparatorHovered] = c[ImGuiCol_SeparatorActive] = rgb(p.accent);
  c[ImGuiCol_TableHeaderBg] = rgb(p.header);
  c[ImGuiCol_TableBorderStrong] = c[ImGuiCol_TableBorderLight] = rgb(p.border);
  c[ImGuiCol_TableRowBg] = rgb(p.panel);
  c[ImGuiCol_TableRowBgAlt] = rgb(p.stripe);
  c[ImGuiCol_PlotHistogram] = rgb(p.accent);
  c[ImGuiCol_TextSelectedBg] = rgb(p.accent, 0.3f);
  c[ImGuiCol_NavHighlight] = rgb(p.accent);
  style.ScaleAllSizes(scale);
  ImGui::GetStyle() = style;
}

ImVec4 error_colour() {
  const ImVec4 text = ImGui::GetStyleColorVec4(ImGuiCol_Text);
  const bool is_dark = text.x + text.y + text.z > 1.5f;  // light text
  return is_dark ? ImVec4{1, 0.55f, 0.48f, 1} : ImVec4{0.72f, 0.16f, 0.1f, 1};
}

void build_fonts(const std::vector<render::text::FontFile>& fonts, const std::string& characters,
                 float scale) {
  ImGuiIO& io = ImGui::GetIO();
  io.Fonts->Clear();
  ImFontGlyphRangesBuilder builder;
  builder.AddRanges(io.Fonts->GetGlyphRangesDefault());
  for (const char32_t character : render::text::characters(characters))  // a range from 0 would end the list
    if (character >= U' ' && character <= IM_UNICODE_CODEPOINT_MAX)
      builder.AddChar(static_cast<ImWchar>(character));
  static ImVector<ImWchar> ranges;  // ImGui keeps a pointer to it until the atlas is built again
  ranges.clear();
  builder.BuildRanges(&ranges);
  bool first = true;
  for (const render::text::FontFile& font : fonts) {
    ImFontConfig config;
    config.FontNo = font.face;
    config.MergeMode = !first;
    config.OversampleH = config.OversampleV = 1;
    config.PixelSnapH = true;
    if (io.Fonts->AddFontFromFileTTF(font.path.c_str(), text_size * scale, &config, ranges.Data))
      first = false;
  }
  if (first) io.Fonts->AddFontDefault();
  io.Fonts->Build();
}

}  // namespace xiangtu::viewer
