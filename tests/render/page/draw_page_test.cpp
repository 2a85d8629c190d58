#include "render/page/draw_page.hpp"

#include <algorithm>
#include <array>
#include <clocale>
#include <cstdlib>
#include <locale>
#include <regex>
#include <set>

#include <catch2/catch.hpp>

#include "base/parallel.hpp"
#include "render/gl/golden.hpp"
#include "render/gl/sheet_in_gl.hpp"
#include "render/made_ground.hpp"
#include "render/page/cairo_pen.hpp"
#include "render/page/pixel_pen.hpp"
#include "render/page/sheet_painter.hpp"
#include "render/page/xml.hpp"
#include "render/region.hpp"
#include "render/scene/graticule.hpp"

using namespace xiangtu;
using namespace xiangtu::render;
using page::PageFormat;

namespace {

scene::MapSheet sheet_of(int width, int height) {
  scene::MapSheet sheet;
  sheet.width = width;
  sheet.height = height;
  sheet.texts = {"榆林 <Test> & \"sheet\"", "", "Source: made up", "", "Legend", "N", Language::english};
  return sheet;
}

std::string draw(scene::Scene& scene, const scene::MapSheet& sheet, PageFormat format) {
  Progress progress;
  auto bytes = page::draw_page(scene, sheet, format, test::test_fonts(), progress);
  if (!bytes) FAIL(bytes.issue().message.english());
  return std::move(*bytes);
}

scene::Rect whole(const scene::MapSheet& sheet) {
  return {0, 0, static_cast<double>(sheet.width), static_cast<double>(sheet.height)};
}

// Rows of cairo's pixels as an image.
scene::Image image_of(cairo_surface_t* surface) {
  cairo_surface_flush(surface);
  scene::Image image{cairo_image_surface_get_width(surface), cairo_image_surface_get_height(surface), {}};
  for (int y = 0; y < image.height; ++y) {
    const unsigned char* row =
        cairo_image_surface_get_data(surface) + y * cairo_image_surface_get_stride(surface);
    for (int x = 0; x < image.width; ++x)  // blue, green, red, alpha in memory
      image.rgba.insert(image.rgba.end(), {row[4 * x + 2], row[4 * x + 1], row[4 * x], row[4 * x + 3]});
  }
  return image;
}

// The page as pixels, by the painter and the pen that make the PDF.
scene::Image rasterised(scene::Scene& scene, const scene::MapSheet& sheet) {
  Progress progress;
  const scene::Camera camera = scene::camera_of(sheet, sheet.extent.value_or(scene.box()));
  scene.settle(camera, progress);
  const auto faces = text::Faces::open(test::test_fonts());
  REQUIRE(faces.ok());
  const page::CairoSurface surface{
      cairo_image_surface_create(CAIRO_FORMAT_ARGB32, sheet.width, sheet.height)};
  {
    page::CairoPen pen{surface.get(), *faces, 1, sheet.pixel_ratio()};
    const auto content = page::content_of(
        scene, sheet, camera, [&](std::string_view utf8, double size) { return faces->measure(utf8, size); });
    REQUIRE(page::paint(content, whole(sheet), pen, progress).ok());
  }
  return image_of(surface.get());
}

scene::Image in_pixels(scene::Scene& scene, const scene::MapSheet& sheet) {
  Progress progress;
  auto image = page::draw_picture(scene, sheet, test::test_fonts(), progress);
  if (!image) FAIL(image.issue().message.english());
  return std::move(*image);
}

// By one pen, not in strips.
scene::Image in_one_piece(scene::Scene& scene, const scene::MapSheet& sheet) {
  Progress progress;
  const scene::Camera camera = scene::camera_of(sheet, sheet.extent.value_or(scene.box()));
  scene.settle(camera, progress);
  auto fonts = text::Fonts::open(test::test_fonts());
  REQUIRE(fonts.ok());
  page::PixelTools tools{std::move(*fonts)};
  const page::CairoSurface surface{
      cairo_image_surface_create(CAIRO_FORMAT_ARGB32, sheet.width, sheet.height)};
  {
    page::PixelPen pen{surface.get(), {0, 0, sheet.width, sheet.height}, tools, sheet.pixel_ratio()};
    const auto content = page::content_of(scene, sheet, camera, [&](std::string_view utf8, double size) {
      return tools.fonts.measure(utf8, size);
    });
    REQUIRE(page::paint(content, whole(sheet), pen, progress).ok());
  }
  return image_of(surface.get());
}

// Of all channels of all pixels.
double mean_difference(const scene::Image& a, const scene::Image& b) {
  REQUIRE(a.rgba.size() == b.rgba.size());
  double sum = 0;
  for (std::size_t i = 0; i < a.rgba.size(); ++i) sum += std::abs(a.rgba[i] - b.rgba[i]);
  return sum / static_cast<double>(a.rgba.size());
}

void check_alike(scene::Scene& scene, const scene::MapSheet& sheet, const std::string& name) {
  const scene::Image pixels = in_pixels(scene, sheet), vectors = rasterised(scene, sheet);
  const double mean = mean_difference(pixels, vectors);
  const double far = test::difference(pixels, vectors, 80);
  INFO(name << ": mean difference " << mean << ", share of pixels far off " << far);
  if (std::getenv("XIANGTU_KEEP_PICTURES")) {
    test::write_png(pixels, std::filesystem::path{XIANGTU_BINARY_DIR} / (name + ".pixels.png"));
    test::write_png(vectors, std::filesystem::path{XIANGTU_BINARY_DIR} / (name + ".vectors.png"));
  }
  CHECK(mean < 1.5);
  CHECK(far < 0.01);
  // Nothing tells where its strips meet: a rounding here and there.
  CHECK(test::difference(pixels, in_one_piece(scene, sheet), 3) < 1e-4);
  // The window's pixels are nearly the same.
  CHECK(test::difference(pixels, test::sheet_in_gl(scene, sheet), 40) < 0.01);
}

std::shared_ptr<const scene::Choropleth> township_colours() {
  std::vector<std::optional<double>> values;
  for (int i = 0; i < 24; ++i) values.push_back(i % 7 == 3 ? std::nullopt : std::optional<double>(i * i));
  auto choropleth = std::make_shared<scene::Choropleth>(
      make_choropleth(values, classify(values, scene::ClassMethod::quantile, 5), scene::ramp("YlGnBu", 5)));
  choropleth->title = "Share (%)";
  choropleth->unknown_label = "unknown";
  choropleth->format = [](double v, int) { return std::to_string(static_cast<int>(v)); };
  return choropleth;
}

// Everything at once: classes, unknown units, a selection, a layer that is not opaque, a tint, zoomed in.
scene::MapSheet full_sheet(test::Region& region) {
  region.scene.look(region.townships)->choropleth = township_colours();
  region.scene.look(region.roads)->opacity = 0.5;
  region.scene.look(region.bridges)->tint = scene::Colour{0, 90, 0, 255};
  region.scene.select(
      {{region.counties, {RowIx{std::size_t{4}}}}, {region.villages, {RowIx{std::size_t{8}}}}});
  scene::MapSheet sheet = sheet_of(900, 620);
  geodesy::LonLatBox extent;
  extent.add(geodesy::LonLat{109.3, 37.75});
  extent.add(geodesy::LonLat{110.1, 38.25});
  sheet.extent = extent;
  return sheet;
}

std::multiset<std::string> texts_of(const std::string& svg) {
  const test::Xml document = test::parse_xml(svg);
  std::multiset<std::string> texts;
  for (const test::XmlElement& element : document.elements)
    if (element.name == "text") texts.insert(element.text);
  return texts;
}

}  // namespace

TEST_CASE("pictures and pages look like the window") {
  test::Region region;
  check_alike(region.scene, sheet_of(900, 620), "page_full");
  check_alike(region.scene, full_sheet(region), "page_choropleth");
}

TEST_CASE("a background lies under the layers as it does in pixels") {
  test::Region region;
  auto ground = std::make_shared<test::MadeGround>(9);
  ground->colour = [](const raster::WebTile& tile) {
    const bool even = (tile.column + tile.row) % 2 == 0;
    return std::array<std::uint8_t, 4>{static_cast<std::uint8_t>(even ? 220 : 60), 140, 90, 255};
  };
  const auto id = region.scene.backgrounds().add("ground", ground);
  check_alike(region.scene, sheet_of(900, 620), "page_ground");
  region.scene.backgrounds().look(id)->opacity = 0.4;
  region.scene.look(region.townships)->choropleth = township_colours();
  check_alike(region.scene, sheet_of(900, 620), "page_ground_choropleth");
  const test::Xml svg = test::parse_xml(draw(region.scene, sheet_of(900, 620), PageFormat::svg));
  const auto image = std::find_if(svg.elements.begin(), svg.elements.end(),
                                  [](const test::XmlElement& element) { return element.name == "image"; });
  REQUIRE(image != svg.elements.end());
  CHECK(image->attributes.at("opacity") == ".4");
  CHECK(image->attributes.at("xlink:href").starts_with("data:image/png;base64,iVBORw0KGgo"));
}

TEST_CASE("at another resolution, too") {
  test::Region region;
  scene::MapSheet sheet = sheet_of(1500, 1100);
  sheet.dpi = 180;
  check_alike(region.scene, sheet, "page_dpi");
}

TEST_CASE("of pictures, too, impossible sizes, missing fonts and cancelling are told apart") {
  test::Region region{10, 10};
  Progress progress;
  const auto code = [&](const scene::MapSheet& sheet, const std::vector<text::FontFile>& fonts, Progress& p) {
    const auto image = page::draw_picture(region.scene, sheet, fonts, p);
    REQUIRE_FALSE(image.ok());
    return image.issue().code;
  };
  CHECK(code(sheet_of(10, 10), test::test_fonts(), progress) == IssueCode::usage);
  CHECK(code(sheet_of(40000, 100), test::test_fonts(), progress) == IssueCode::usage);
  scene::MapSheet sheet = sheet_of(300, 200);
  sheet.dpi = -1;
  CHECK(code(sheet, test::test_fonts(), progress) == IssueCode::usage);
  CHECK(code(sheet_of(300, 200), {{"/nowhere/font.ttf", 0}}, progress) == IssueCode::no_font);
  std::stop_source stop;
  stop.request_stop();
  Progress stopped{stop.get_token()};
  CHECK(code(sheet_of(300, 200), test::test_fonts(), stopped) == IssueCode::cancelled);
}

TEST_CASE("two pictures of one scene are the same to the byte, however many threads draw them") {
  test::Region first, second;
  const scene::Image one = in_pixels(first.scene, full_sheet(first));
  const ThreadLimit single(1);
  CHECK(one.rgba == in_pixels(second.scene, full_sheet(second)).rgba);
}

TEST_CASE("the picture of a page differs where a layer is missing") {  // the comparison above can fail
  test::Region region;
  const scene::Image whole = rasterised(region.scene, sheet_of(900, 620));
  region.scene.look(region.roads)->visible = false;
  CHECK(mean_difference(whole, rasterised(region.scene, sheet_of(900, 620))) > 1.5);
}

TEST_CASE("SVG is XML with the names as texts, each the label of the picture") {
  test::Region region;
  const scene::MapSheet sheet = sheet_of(900, 620);
  const std::multiset<std::string> texts = texts_of(draw(region.scene, sheet, PageFormat::svg));
  CHECK(texts.contains("榆林 <Test> & \"sheet\""));
  CHECK(texts.contains("Source: made up"));
  CHECK(texts.contains("Legend"));
  const auto faces = text::Faces::open(test::test_fonts());
  const scene::Camera camera = scene::camera_of(sheet, region.scene.box());
  const auto labels = scene::place_labels(
      region.scene, camera, [&](std::string_view utf8, double size) { return faces->measure(utf8, size); });
  REQUIRE(labels.size() > 10);
  for (const scene::PlacedLabel& label : labels) {
    INFO(label.text);
    CHECK(texts.contains(label.text));
  }
}

TEST_CASE(
    "names along roads, codes in boxes and the graticule are on a page as in pixels, in the dark, too") {
  test::Region region;
  const auto dark =
      scene::StyleSheet::load(std::string{XIANGTU_SOURCE_DIR} + "/assets/styles.toml", scene::Theme::dark);
  REQUIRE(dark.ok());
  region.scene.set_styles(std::make_shared<const scene::StyleSheet>(*dark));
  scene::MapSheet sheet = sheet_of(900, 620);
  sheet.graticule = true;
  geodesy::LonLatBox extent;
  extent.add(geodesy::LonLat{109.42, 38.02});
  extent.add(geodesy::LonLat{109.5, 38.08});
  sheet.extent = extent;
  check_alike(region.scene, sheet, "page_names");

  // Every name is whole in the file, whatever places its characters have.
  const std::string svg = draw(region.scene, sheet, PageFormat::svg);
  const std::string plain = std::regex_replace(svg, std::regex{"</?tspan[^>]*>"}, "");
  const auto faces = text::Faces::open(test::test_fonts());
  const auto measure = [&](std::string_view utf8, double size) { return faces->measure(utf8, size); };
  const scene::Camera camera = scene::camera_of(sheet, extent);
  scene::LabelOptions options;
  options.keep_free = scene::covered_map(sheet, scene::furniture_of(sheet, region.scene, camera, measure));
  for (const scene::ScreenBox& degrees : scene::degree_boxes(scene::graticule(camera, dark->paper), measure))
    options.keep_free.push_back(degrees);
  std::size_t along = 0, boxes = 0;
  for (const scene::PlacedLabel& label : scene::place_labels(region.scene, camera, measure, options)) {
    INFO(label.text);
    CHECK(plain.find(">" + label.text + "</text>") != std::string::npos);
    along += label.glyphs.empty() ? 0 : 1;
    boxes += label.box ? 1 : 0;
  }
  CHECK(along > 0);
  CHECK(boxes > 0);
  CHECK(svg.find("38°") != std::string::npos);
}

TEST_CASE("names with what XML takes for its own, rare characters and none at all come through") {
  scene::Scene scene{test::shipped_styles()};
  auto table = test::empty_table(table::GeometryKind::polygon);
  test::add_text_column(*table, "name");
  const std::vector<std::string> names{"<b>&\"'", "𠀀𠮷㟃", "坬墕圐圙", "a\x01z", "a\xffz"};
  for (std::size_t i = 0; i < names.size(); ++i) {
    const double west = 109 + 0.3 * static_cast<double>(i);
    for (const auto& [x, y] : {std::pair{0.0, 0.0}, {0.3, 0.0}, {0.3, 0.3}, {0.0, 0.3}, {0.0, 0.0}})
      table->geometry.add_vertex({west + x, 38 + y});
    table->geometry.end_part();
    test::end_row(*table);
    table->columns[0].text().push(names[i]);
  }
  scene.add("Counties", table::Role::counties, table);
  const auto texts = texts_of(draw(scene, sheet_of(1200, 500), PageFormat::svg));
  for (const char* expected : {"<b>&\"'", "𠀀𠮷㟃", "坬墕圐圙", "a\uFFFDz"}) {
    INFO(expected);
    CHECK(texts.contains(expected));
  }
  CHECK(texts.count("a\uFFFDz") == 2);
  CHECK(draw(scene, sheet_of(1200, 500), PageFormat::pdf).starts_with("%PDF-"));
}

TEST_CASE("numbers are written with a point whatever the locale") {
  struct Comma : std::numpunct<char> {
    char do_decimal_point() const override { return ','; }
    char do_thousands_sep() const override { return '.'; }
    std::string do_grouping() const override { return "\3"; }
  };
  test::Region region{100, 60};
  const std::string svg = draw(region.scene, sheet_of(1500, 400), PageFormat::svg);
  const std::string pdf = draw(region.scene, sheet_of(1500, 400), PageFormat::pdf);
  const std::locale before = std::locale::global(std::locale{std::locale::classic(), new Comma});
  for (const char* name : {"de_DE.UTF-8", "fr_FR.UTF-8", "ru_RU.UTF-8"})  // where the machine has one of them
    if (std::setlocale(LC_ALL, name)) break;
  const std::string svg_there = draw(region.scene, sheet_of(1500, 400), PageFormat::svg);
  const std::string pdf_there = draw(region.scene, sheet_of(1500, 400), PageFormat::pdf);
  std::locale::global(before);
  std::setlocale(LC_ALL, "C");
  CHECK(svg_there == svg);
  CHECK(pdf_there == pdf);
}

TEST_CASE("two runs give the same bytes") {
  test::Region first, second;
  for (const PageFormat format : {PageFormat::pdf, PageFormat::svg})
    CHECK(draw(first.scene, full_sheet(first), format) == draw(second.scene, full_sheet(second), format));
}

TEST_CASE("a page is as large as its pixels at their resolution") {
  test::Region region{10, 10};
  scene::MapSheet sheet = sheet_of(1200, 600);
  sheet.dpi = 300;  // 4 by 2 inches
  const std::string pdf = draw(region.scene, sheet, PageFormat::pdf);
  CHECK_THAT(pdf, Catch::Contains("/MediaBox [ 0 0 288 144 ]"));
  const test::Xml svg = test::parse_xml(draw(region.scene, sheet, PageFormat::svg));
  CHECK(svg.elements.front().attributes.at("width") == "384");
  CHECK(svg.elements.front().attributes.at("viewBox") == "0 0 1200 600");
}

TEST_CASE("PDF says which characters its glyphs are, and when it was made only by its data") {
  test::Region region;
  const std::string pdf = draw(region.scene, sheet_of(900, 620), PageFormat::pdf);
  CHECK_THAT(pdf, Catch::Contains("/ToUnicode"));
  CHECK_THAT(pdf, Catch::Contains("/FontFile"));
  CHECK_THAT(pdf, Catch::Contains("/Title"));
  CHECK_THAT(pdf, !Catch::Contains("/CreationDate"));
}

TEST_CASE("what is far from the view is not in the file") {
  test::Region region;
  scene::MapSheet sheet = sheet_of(900, 620);
  const std::size_t whole = draw(region.scene, sheet, PageFormat::svg).size();
  geodesy::LonLatBox extent;
  extent.add(geodesy::LonLat{109.70, 38.00});
  extent.add(geodesy::LonLat{109.72, 38.02});
  sheet.extent = extent;
  CHECK(draw(region.scene, sheet, PageFormat::svg).size() < whole / 4);
}

TEST_CASE("an empty scene gives an empty page") {
  scene::Scene scene{test::shipped_styles()};
  CHECK(texts_of(draw(scene, sheet_of(300, 200), PageFormat::svg)).contains("Source: made up"));
  CHECK(draw(scene, sheet_of(300, 200), PageFormat::pdf).starts_with("%PDF-"));
}

TEST_CASE("impossible sizes, missing fonts and cancelling are told apart") {
  test::Region region{10, 10};
  Progress progress;
  const auto code = [&](const scene::MapSheet& sheet, const std::vector<text::FontFile>& fonts, Progress& p) {
    const auto drawn = page::draw_page(region.scene, sheet, PageFormat::pdf, fonts, p);
    REQUIRE_FALSE(drawn.ok());
    return drawn.issue().code;
  };
  CHECK(code(sheet_of(10, 10), test::test_fonts(), progress) == IssueCode::usage);
  CHECK(code(sheet_of(300, 200), {{"/nowhere/font.ttf", 0}}, progress) == IssueCode::no_font);
  std::stop_source stop;
  stop.request_stop();
  Progress stopped{stop.get_token()};
  CHECK(code(sheet_of(300, 200), test::test_fonts(), stopped) == IssueCode::cancelled);
}

TEST_CASE("without any font the map is drawn, without its texts") {
  test::Region region{10, 10};
  Progress progress;
  const scene::MapSheet sheet = sheet_of(300, 200);
  CHECK(page::draw_picture(region.scene, sheet, {}, progress).ok());
  for (const PageFormat format : {PageFormat::pdf, PageFormat::svg})
    CHECK(page::draw_page(region.scene, sheet, format, {}, progress).ok());
}
