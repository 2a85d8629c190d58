// xiangtu map: formats, sizes, title, date.
#include <catch2/catch.hpp>

#include <fstream>

#include <fmt/format.h>

#include "cli/program.hpp"

using namespace xiangtu;
using namespace xiangtu::tests;
namespace fs = std::filesystem;

namespace {

const std::string demo = std::string{XIANGTU_SOURCE_DIR} + "/geodata/yulin.gpkg";

Said map(const std::string& arguments, const std::string& before = "") {
  return xiangtu_run("map '" + demo + "' -q " + arguments, before);
}

bool has(const std::string& text, const std::string& part) {
  return text.find(part) != std::string::npos;
}

}  // namespace

TEST_CASE("the ending of the file chooses the format", "[cli]") {
  const WorkFolder folder;
  for (const auto& [name, beginning] :
       {std::pair{"a.png", "\x89PNG"}, {"a.pdf", "%PDF-1."}, {"a.svg", "<?xml"}, {"b.SVG", "<?xml"}}) {
    INFO(name);
    CHECK(map("--size 400x300 -o " + folder / name).status == 0);
    CHECK(read_all(folder.path / name).starts_with(beginning));
  }
  for (const char* name : {"a.bmp", "a", "a.svgz", "pdf"}) {
    const Said said = map("-o " + folder / name);
    INFO(name);
    CHECK(said.status == 4);
    CHECK(has(said.err, ".png, .pdf or .svg"));
  }
  CHECK(std::distance(fs::directory_iterator(folder.path), fs::directory_iterator{}) == 4);
}

TEST_CASE("a page has the names of the picture as text, and its source with the data's date", "[cli]") {
  const WorkFolder folder;
  REQUIRE(map("--lang zh --size 1200x900 -o " + folder / "a.svg").status == 0);
  const std::string svg = read_all(folder.path / "a.svg");
  for (const char* text : {">榆阳区</text>", ">yulin</text>", ">图例</text>",
                           ">数据来源：yulin.gpkg · 数据日期：2023-08-18</text>"}) {
    INFO(text);
    CHECK(has(svg, text));
  }
  REQUIRE(map("--lang zh --size 1200x900 -o " + folder / "b.svg").status == 0);
  CHECK(read_all(folder.path / "b.svg") == svg);
}

TEST_CASE("the date is what one says it is, or none", "[cli]") {
  const WorkFolder folder;
  REQUIRE(map("--size 400x300 --date 'spring 2024' -o " + folder / "a.svg").status == 0);
  CHECK(has(read_all(folder.path / "a.svg"), ">Source: yulin.gpkg · Data of: spring 2024</text>"));
  REQUIRE(map("--size 400x300 --date '' -o " + folder / "b.svg").status == 0);
  CHECK(has(read_all(folder.path / "b.svg"), ">Source: yulin.gpkg</text>"));
}

TEST_CASE("a unit that is asked for gives the title and is stressed", "[cli]") {
  const WorkFolder folder;
  REQUIRE(map("--size 400x300 --where 610803 -o " + folder / "a.svg").status == 0);
  const std::string svg = read_all(folder.path / "a.svg");
  CHECK(has(svg, "<title>横山区</title>"));
  CHECK(has(svg, "<g class=\"selection\">"));
  REQUIRE(map("--size 400x300 --where 610803 --title Hengshan -o " + folder / "b.svg").status == 0);
  CHECK(has(read_all(folder.path / "b.svg"), "<title>Hengshan</title>"));
  REQUIRE(map("--size 400x300 --where 610803 --indicator tap_household_rate -o " + folder / "d.svg").status ==
          0);
  CHECK(has(read_all(folder.path / "d.svg"), "<title>横山区: Tap in home, by county</title>"));
  REQUIRE(map("--size 400x300 -o " + folder / "c.svg").status == 0);
  CHECK_FALSE(has(read_all(folder.path / "c.svg"), "<g class=\"selection\">"));
}

TEST_CASE("a paper lies as what is shown asks", "[cli]") {
  const WorkFolder folder;
  REQUIRE(map("--size A5 --bbox 109,38,110,38.2 -o " + folder / "wide.pdf").status == 0);
  REQUIRE(map("--size A5 --bbox 109,38,109.2,39 -o " + folder / "high.pdf").status == 0);
  CHECK(has(read_all(folder.path / "wide.pdf"), "/MediaBox [ 0 0 595.5 419.25 ]"));
  CHECK(has(read_all(folder.path / "high.pdf"), "/MediaBox [ 0 0 419.25 595.5 ]"));
}

TEST_CASE(
    "a workspace shows its extent, its coloured level and its selected unit, unless others are asked for",
    "[cli]") {
  const WorkFolder folder;
  const auto workspace = [&](const std::string& lines) {
    std::ofstream(folder.path / "w.toml") << "sources = [\"" << demo << "\"]\n[map]\n" << lines;
  };
  const auto drawn = [&](const std::string& arguments) {
    const Said said = xiangtu_run("map '" + folder / "w.toml" + "' -q --size 600x450 -o " + folder / "a.svg" +
                                  " " + arguments);
    INFO(said.err);
    REQUIRE(said.status == 0);
    return read_all(folder.path / "a.svg");
  };
  const auto plain = [&](const std::string& arguments) {
    REQUIRE(map("--size 600x450 -o " + folder / "b.svg" + " " + arguments).status == 0);
    return read_all(folder.path / "b.svg");
  };
  const auto same = [](const std::string& a, const std::string& b) { return a == b; };  // says no pages
  const std::string coloured = "indicator = \"tap_household_rate\"\n",
                    extent = "extent = [109.2, 38, 110.2, 38.7]\n";
  workspace(coloured + extent + "level = \"township\"\n");
  const std::string box = " --bbox 109.2,38,110.2,38.7", taps = "--indicator tap_household_rate --by ";
  CHECK(same(drawn(""), plain(taps + "township" + box)));
  CHECK(same(drawn("--by county"), plain(taps + "county" + box)));
  CHECK(same(drawn("--bbox all"), plain(taps + "township")));
  CHECK(same(drawn("--bbox 109,37,110,38"), plain(taps + "township --bbox 109,37,110,38")));
  CHECK(same(drawn("--where 610826"), plain(taps + "township --where 610826")));
  workspace("unit = \"610802\"\n" + extent);
  CHECK(same(drawn(""), plain("--where 610802 --title yulin" + box)));
  workspace("unit = \"nowhere\"\n" + extent);
  CHECK(same(drawn(""), plain(box)));
  workspace("coloured = false\nlevel = \"county\"\n");
  CHECK(same(drawn(""), plain("")));

  workspace("extent = [0, 0, 1, 1]\n");
  const Said said = xiangtu_run("map '" + folder / "w.toml" + "' -q -o " + folder / "c.svg");
  CHECK(said.status == 3);
  CHECK(has(said.err, "--bbox all"));
}

TEST_CASE("a page for which the disk has no room leaves nothing, and the old file stays", "[cli]") {
  const WorkFolder folder;
  for (const char* name : {"a.pdf", "a.svg", "a.png"}) {
    std::ofstream(folder.path / name) << "old";
    const Said said = map("-o " + folder / name, "sh -c 'trap \"\" XFSZ; ulimit -f 8; exec \"$@\"' sh");
    INFO(name << said.err);
    CHECK(said.status == 4);
    CHECK(has(said.err, name));
    CHECK(read_all(folder.path / name) == "old");
  }
  CHECK(std::distance(fs::directory_iterator(folder.path), fs::directory_iterator{}) == 3);
}

TEST_CASE("help names the whole command and speaks one language", "[cli]") {
  for (const char* command : {"info", "stats", "map", "view", "synth"}) {
    INFO(command);
    const std::string english = xiangtu_run(std::string(command) + " --help").out;
    CHECK(has(english, "Usage: xiangtu " + std::string(command) + " [OPTIONS]"));
    const std::string chinese = xiangtu_run(std::string("--lang zh ") + command + " --help").out;
    CHECK(has(chinese, "用法: xiangtu " + std::string(command) + " [选项]"));
    for (const char* word :
         {"Usage", "Options", "OPTIONS", "REQUIRED", "Positionals", "TEXT", "FLOAT", "INT"})
      CHECK_FALSE(has(chinese, word));
  }
}

#ifndef __SANITIZE_ADDRESS__  // it needs more than any limit
TEST_CASE("a picture is drawn in less memory than the whole of it takes", "[cli]") {
  const WorkFolder folder;
  // 16,384 pixels square are 1 GB.
  const Said said = map("--threads 2 --size 16384x16384 -o " + folder / "huge.png", "ulimit -v 900000;");
  CHECK(said.status == 0);
  CHECK(fs::file_size(folder / "huge.png") > 1'000'000);
}
#endif

namespace {

// Points on a grid of 60 by 50, two degrees by three.
void write_points(const std::string& path, const std::string& property) {
  std::ofstream file(path);
  file << R"({"type":"FeatureCollection","features":[)";
  for (int i = 0; i < 3000; ++i)
    file << (i > 0 ? "," : "")
         << fmt::format(R"({{"type":"Feature","properties":{{{}}},"geometry":)"
                        R"({{"type":"Point","coordinates":[{:.4f},{:.4f}]}}}})",
                        property, 33 + i % 60 * (2.0 / 59), -16 + i / 60 * (3.0 / 49));
  file << "]}";
}

}  // namespace

TEST_CASE("a source of points alone is not a blank map, whatever part of it is asked for", "[cli]") {
  const WorkFolder folder;
  fs::create_directory(folder.path / "data");
  write_points(folder / "data/water_projects.geojson", R"("type":"small_central")");
  write_points(folder / "data/sanitation.geojson", R"("kind":"household_toilet")");
  const std::string points = "map '" + folder / "data" + "' --size 800x800 -o " + folder / "a.svg";
  // As a whole; at zoom 8; at zoom 10, where the styles show the one but not the other.
  for (const char* part : {"", " --bbox 33.2,-15,34.8,-13.6", " --bbox 33.8,-14.7,34.2,-14.4"}) {
    INFO(part);
    const Said said = xiangtu_run(points + part);
    CHECK(said.status == 0);
    CHECK_FALSE(has(said.err, "Nothing of these layers"));
    const std::string svg = read_all(folder.path / "a.svg");
    CHECK(has(svg, ">Small or dispersed supply</text>"));
    CHECK(has(svg, ">Household toilet</text>"));
  }
  // One layer of it is drawn as in the whole.
  CHECK_FALSE(has(xiangtu_run(points + " --layers sanitation").err, "Nothing of these layers"));
  CHECK(has(read_all(folder.path / "a.svg"), ">Household toilet</text>"));
}

TEST_CASE("where boundaries show the region, points keep to the zooms of their styles", "[cli]") {
  const WorkFolder folder;
  const std::string picture = "--size 400x300 -o " + folder / "a.svg";
  for (const char* layers : {"housing", "water_projects,sanitation"}) {
    INFO(layers);
    const Said said = xiangtu_run("map '" + demo + "' --layers " + layers + " " + picture);
    CHECK(said.status == 0);
    CHECK(has(said.err, "Nothing of these layers is shown at this scale"));
  }
}

TEST_CASE("a paper that is none names those there are", "[cli]") {
  const WorkFolder folder;
  for (const char* size : {"A7", "a4", "letter", "A4x"}) {
    INFO(size);
    const Said said = map(std::string{"--size "} + size + " -o " + folder / "a.png");
    CHECK(said.status == 2);
    CHECK(has(said.err, "a paper, A0 to A6"));
    CHECK(has(said.err, std::string{"'"} + size + "'"));
  }
}

TEST_CASE("own styles that cannot be read are said once, with the place, and the map is drawn", "[cli]") {
  const WorkFolder folder;
  fs::create_directories(folder.path / "xiangtu");
  std::ofstream(folder.path / "xiangtu/styles.toml") << "[roads]\nwidth = wide\n";
  const std::string home = "XDG_CONFIG_HOME='" + folder.path.string() + "'";
  const Said said = xiangtu_run("map '" + demo + "' --lang en --size 400x300 -o " + folder / "a.png", home);
  CHECK(said.status == 0);
  CHECK(has(said.err, "styles.toml, line 2, column 9"));
  CHECK(said.err.find("line 2") == said.err.rfind("line 2"));
  REQUIRE(map("--lang en --size 400x300 -o " + folder / "b.png").status == 0);
  CHECK(read_all(folder.path / "a.png") == read_all(folder.path / "b.png"));
}
