#include "render/scene/furniture.hpp"

#include <catch2/catch.hpp>

#include "geodesy/measure.hpp"
#include "render/region.hpp"

using namespace xiangtu;
using namespace xiangtu::render::scene;

namespace {

double measure(std::string_view text, double size) {
  return static_cast<double>(text.size()) * size * 0.5;
}

const MapTexts texts{"Title", "Subtitle", "Source: survey", "A note", "Legend", "N", Language::english};

bool within(const Rect& outer, const Rect& inner) {
  return inner.x >= outer.x && inner.y >= outer.y && inner.x + inner.width <= outer.x + outer.width + 1e-9 &&
         inner.y + inner.height <= outer.y + outer.height + 1e-9;
}

}  // namespace

TEST_CASE("the scale bar is round, fits and is true on the ellipsoid") {
  for (double zoom = 3; zoom < 19; zoom += 0.37) {
    Camera camera{900, 700};
    camera.move_to({109.7, 38.3});
    camera.set_zoom(zoom);
    const ScaleBar bar = scale_bar(camera, 150);
    CHECK(bar.pixels <= 150 + 1e-9);
    CHECK(bar.pixels > 150 / 2.6);
    double digit = bar.metres;
    while (digit >= 9.99) digit /= 10;
    while (digit < 0.999) digit *= 10;
    CHECK((digit == Approx(1) || digit == Approx(2) || digit == Approx(5)));
    if (zoom < 8) continue;  // below, the parallel leaves the geodesic
    const geodesy::LonLat west = camera.to_lonlat({450 - bar.pixels / 2, 350});
    const geodesy::LonLat east = camera.to_lonlat({450 + bar.pixels / 2, 350});
    CHECK(geodesy::distance(west, east).value == Approx(bar.metres).epsilon(1e-4));
  }
  Camera camera{900, 700};
  camera.move_to({109.7, 38.3});
  camera.set_zoom(9);
  CHECK(scale_bar(camera, 150).text == "20 km");
  camera.set_zoom(16);
  CHECK(scale_bar(camera, 150).text == "200 m");
}

TEST_CASE("map and furniture stay on the sheet at any size and resolution") {
  const PaperStyle paper;
  std::vector<LegendEntry> legend{{LegendEntry::Kind::heading, "Roads", {}, false}};
  for (int i = 0; i < 30; ++i)
    legend.push_back({LegendEntry::Kind::line, "A rather long name of a road class", {}, false});
  for (const auto& [width, height, ratio] : {std::tuple{1600, 1200, 1.0}, std::tuple{500, 400, 1.0},
                                             std::tuple{3508, 2480, 2.0833}, std::tuple{240, 200, 1.0}}) {
    const Rect map = map_rect(width, height, ratio, texts, {});
    const Rect sheet{0, 0, static_cast<double>(width), static_cast<double>(height)};
    CHECK(within(sheet, map));
    CHECK(map.width * map.height > sheet.width * sheet.height * 0.3);
    Camera camera{static_cast<int>(map.width), static_cast<int>(map.height), ratio};
    camera.move_to({109.7, 38.3});
    camera.set_zoom(9);
    const Furniture furniture = layout(width, height, camera, texts, legend, paper, measure, {});
    CHECK(furniture.map == map);
    for (const FurnitureText& text : furniture.texts) {
      CHECK(text.left_baseline.x >= 0);
      CHECK(text.left_baseline.x + measure(text.text, text.size) <= width + 1);
      CHECK(text.left_baseline.y <= height);
    }
    CHECK(furniture.texts.back().text == "A note");
  }
}

TEST_CASE("a long legend gets smaller, and only one that is far too long is cut") {
  const auto written = [&](std::size_t entries, double& size, bool inside) {
    const int width = inside ? 500 : 1600;  // a narrow sheet has no room beside the map
    const Rect map = map_rect(width, 1000, 1, texts, {});
    Camera camera{static_cast<int>(map.width), static_cast<int>(map.height)};
    camera.set_zoom(9);
    std::vector<LegendEntry> legend;
    for (std::size_t i = 0; i < entries; ++i) legend.push_back({LegendEntry::Kind::line, "class", {}, false});
    const Furniture furniture = layout(width, 1000, camera, texts, legend, PaperStyle{}, measure, {});
    std::size_t count = 0;
    for (const FurnitureText& text : furniture.texts) {
      if (text.text != "class") continue;
      ++count;
      size = text.size;
      CHECK(text.left_baseline.y <= map.y + map.height);
    }
    return count;
  };
  double normal = 0, size = 0;
  CHECK(written(30, normal, false) == 30);
  CHECK(written(60, size, false) == 60);
  CHECK(size < normal);
  CHECK(size >= normal * 2 / 3 - 1e-9);
  CHECK(written(200, size, false) < 200);
  CHECK(written(200, size, false) > 60);
  CHECK(written(10, size, true) == 10);
  CHECK(size == normal);
}

TEST_CASE("long headings of a legend go on in the next row and lose nothing") {
  const MeasureText measure = [](std::string_view text, double size) {
    return static_cast<double>(text.size()) * size * 0.5;
  };
  const std::string heading = "Natural villages with a hardened road within 500 m: share not known";
  const std::vector<LegendEntry> legend{{LegendEntry::Kind::heading, heading, {}, false},
                                        {LegendEntry::Kind::fill, "class", {}, false}};
  const Camera camera{1000, 800};
  MapTexts texts;
  for (const int width : {400, 1000}) {
    std::string written;
    const Furniture sheet = layout(width, 900, camera, texts, legend, PaperStyle{}, measure, {});
    for (const FurnitureText& text : sheet.texts) {
      if (text.text.size() < 3 || heading.find(text.text) == std::string::npos) continue;
      CHECK(measure(text.text, text.size) <= 280);
      written += (written.empty() ? "" : " ") + text.text;
    }
    CHECK(written == heading);
  }
  CHECK(legend_alone(camera, 180, legend, PaperStyle{}, measure).texts.size() > 2);
}

TEST_CASE("a legend alone is written whole at its full size") {
  std::vector<LegendEntry> legend{{LegendEntry::Kind::heading, "Rate", {}, false},
                                  {LegendEntry::Kind::note, "by county", {}, false}};
  for (int i = 0; i < 300; ++i) legend.push_back({LegendEntry::Kind::fill, "class", {}, false});
  Camera camera{400, 300, 2};
  camera.set_zoom(9);
  const PaperStyle paper;
  const Furniture alone = legend_alone(camera, 180, legend, paper, measure);
  REQUIRE(alone.texts.size() == legend.size());
  CHECK(alone.map.x == 0);
  CHECK(alone.map.y == 0);
  CHECK(alone.map.width <= 180);
  for (std::size_t i = 0; i < legend.size(); ++i) {
    const FurnitureText& text = alone.texts[i];
    CHECK(text.text == legend[i].text);
    CHECK(text.size >= 2 * 11);
    CHECK(text.left_baseline.x + measure(text.text, text.size) <= alone.map.width);
    CHECK(text.left_baseline.y < alone.map.height);
    CHECK((text.colour == paper.quiet_text) == (i == 1));
  }
  CHECK(alone.boxes.size() == 300);  // the swatches, and nothing beneath them
}

TEST_CASE("what has no text is left out, and a bare map fills the sheet") {
  FurnitureOptions none{false, false, false, false};
  CHECK(map_rect(800, 600, 1, {}, none) == Rect{0, 0, 800, 600});
  Camera camera{800, 600};
  camera.set_zoom(9);
  const Furniture furniture = layout(800, 600, camera, {}, {}, PaperStyle{}, measure, none);
  CHECK(furniture.texts.empty());
  CHECK(furniture.boxes.empty());
}

TEST_CASE("the legend has what is drawn at this zoom and nothing else") {
  test::Region region{100, 60};
  Progress progress;
  const auto has = [&](const std::vector<LegendEntry>& legend, std::string_view text) {
    return std::any_of(legend.begin(), legend.end(),
                       [&](const LegendEntry& entry) { return entry.text == text; });
  };
  Camera camera{1000, 800};
  camera.fit(region.scene.box());
  camera.set_zoom(8.5);
  region.scene.settle(camera, progress);
  const auto far = legend_of(region.scene, camera, Language::english);
  CHECK(has(far, "National road"));
  CHECK(has(far, "Dangerous bridge, class 4–5"));
  CHECK_FALSE(has(far, "Natural village"));
  CHECK_FALSE(has(far, "Bridge, class 1–2"));
  CHECK(has(legend_of(region.scene, camera, Language::chinese), "国道"));

  camera.set_zoom(11.5);
  region.scene.settle(camera, progress);
  CHECK(has(legend_of(region.scene, camera, Language::english), "Natural village"));
  region.scene.look(region.villages)->visible = false;
  CHECK_FALSE(has(legend_of(region.scene, camera, Language::english), "Natural village"));

  const std::vector<std::optional<double>> values(6, 3.0);
  auto choropleth = std::make_shared<Choropleth>(
      make_choropleth(values, classify(values, ClassMethod::quantile, 5), ramp("Blues", 1)));
  choropleth->title = "Rate";
  choropleth->by = "by county";
  region.scene.look(region.counties)->choropleth = choropleth;
  const auto coloured = legend_of(region.scene, camera, Language::english);
  REQUIRE(coloured.size() > 2);
  CHECK(coloured[0].text == "Rate");
  CHECK(coloured[1].text == "by county");
  CHECK(coloured[1].kind == LegendEntry::Kind::note);
  CHECK(coloured[2].kind == LegendEntry::Kind::fill);
}
