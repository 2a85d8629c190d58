#include "render/page/svg_text.hpp"

#include <catch2/catch.hpp>

#include "render/page/view.hpp"

using namespace xiangtu::render;
using page::decimal;
using page::Path;

TEST_CASE("numbers are as short as they can be") {
  CHECK(decimal(0) == "0");
  CHECK(decimal(-0.001) == "0");
  CHECK(decimal(12.5) == "12.5");
  CHECK(decimal(-0.25) == "-.25");
  CHECK(decimal(0.05) == ".05");
  CHECK(decimal(3.999, 2) == "4");
  CHECK(decimal(1234567.125, 3) == "1234567.125");
  CHECK(decimal(0.0625, 3) == ".063");
}

TEST_CASE("path data is relative, and rounding does not add up") {
  Path path;
  path.move_to({1, 2});
  for (int i = 1; i <= 10; ++i) path.line_to({1 + i * 0.34, 2});
  path.close();
  path.move_to({10, 10});
  path.line_to({9.5, 11});
  // Each difference leads to the rounded place: the last one to 1 + 3.4.
  CHECK(page::path_data(path, 1) == "M1 2l.3 0 .4 0 .3 0 .4 0 .3 0 .3 0 .4 0 .3 0 .4 0 .3 0zM10 10l-.5 1");
}

TEST_CASE("a line of no length is still drawn, as its round ends show a point") {
  Path path;
  path.move_to({1, 1});
  path.line_to({1.01, 1});
  path.line_to({1.02, 1});
  CHECK(page::path_data(path, 1) == "M1 1l0 0");
}

TEST_CASE("text is safe in XML") {
  CHECK(page::xml_escaped("a<b>&\"c\"") == "a&lt;b&gt;&amp;&quot;c&quot;");
  CHECK(page::xml_escaped("一\n二\t三") == "一 二 三");
  CHECK(page::xml_escaped(std::string_view{"\0x", 2}) == "\uFFFDx");
  CHECK(page::xml_escaped("\xEF\xBF\xBE!") == "\uFFFD!");
  CHECK(page::xml_escaped("\xC3") == "\uFFFD");
}

TEST_CASE("colours with their opacity") {
  CHECK(page::colour_attribute("fill", {1, 171, 255, 255}) == " fill=\"#01abff\"");
  CHECK(page::colour_attribute("stroke", {0, 0, 0, 51}) == " stroke=\"#000000\" stroke-opacity=\".2\"");
}
