// Backgrounds on the command line.
#include <catch2/catch.hpp>
#include <filesystem>
#include <fstream>
#include <string>

#include "cli/program.hpp"

using namespace xiangtu::tests;
namespace fs = std::filesystem;

namespace {

const std::string demo = std::string(XIANGTU_SOURCE_DIR) + "/geodata/yulin.gpkg";

// Heights around Yulin, rising to the east.
std::string write_heights(const WorkFolder& folder) {
  std::ofstream grid(folder / "heights.asc");
  grid << "ncols 40\nnrows 30\nxllcorner 107\nyllcorner 36.5\ncellsize 0.11\n";
  for (int i = 0; i < 40 * 30; ++i) grid << 500.5 + 40 * (i % 40) << (i % 40 == 39 ? '\n' : ' ');
  std::ofstream(folder / "heights.prj") << "EPSG:4490";
  return folder / "heights.asc";
}

// Of tiles that nobody gives.
void write_dead_service(const WorkFolder& folder) {
  std::ofstream(folder / "dead.xml")
      << "<GDAL_WMS><Service "
         "name=\"TMS\"><ServerUrl>http://127.0.0.1:9/${z}/${x}/${y}.png</ServerUrl></Service>"
         "<DataWindow><UpperLeftX>-20037508.34</UpperLeftX><UpperLeftY>20037508.34</UpperLeftY><LowerRightX>"
         "20037508.34</LowerRightX><LowerRightY>-20037508.34</LowerRightY><TileLevel>18</"
         "TileLevel><TileCountX>1"
         "</TileCountX><TileCountY>1</TileCountY><YOrigin>top</YOrigin></DataWindow><Projection>EPSG:3857"
         "</Projection><BandsCount>3</BandsCount></GDAL_WMS>";
}

}  // namespace

TEST_CASE("map --background lays a raster under the map, drawn as asked for", "[cli]") {
  const WorkFolder folder;
  const std::string heights = write_heights(folder);
  const auto draw = [&](const std::string& options, const char* file) {
    const Said said = xiangtu_run("map '" + demo + "' --layers counties --size 500x400 -q -o '" +
                                  (folder / file) + "' " + options);
    CHECK(said.status == 0);
    CHECK(said.err.empty());
    return read_all(folder / file);
  };
  const std::string plain = draw("", "plain.png"),
                    shaded = draw("--background '" + heights + "'", "shaded.png"),
                    relief = draw("--background '" + heights + "' --background-as relief", "relief.png");
  CHECK(plain != shaded);
  CHECK(shaded != relief);
  CHECK(draw("--background '" + heights + "' --background-as hillshade", "again.png") == shaded);
}

TEST_CASE("map draws the backgrounds of a workspace, and the rest where one is missing", "[cli]") {
  const WorkFolder folder;
  const std::string heights = write_heights(folder);
  const auto draw = [&](const std::string& sources, const char* file) {
    const Said said =
        xiangtu_run("map " + sources + " --layers counties --title Map --date '' --size 500x400 -o '" +
                    (folder / file) + "'");
    CHECK(said.status == 0);
    return said;
  };
  const auto workspace = [&](const std::string& background) {
    std::ofstream(folder / "work.toml") << "sources = [\"" << demo << "\"]\n[[map.backgrounds]]\nsource = \""
                                        << background << "\"\ndrawing = \"relief\"\n";
    return "'" + (folder / "work.toml") + "'";
  };
  draw(workspace("heights.asc"), "workspace.png");
  draw("'" + demo + "' --background '" + heights + "' --background-as relief", "asked.png");
  CHECK(read_all(folder / "workspace.png") == read_all(folder / "asked.png"));
  CHECK_THAT(draw(workspace("nowhere.asc"), "missing.png").err, Catch::Contains("nowhere.asc"));
  // A service of the workspace that does not answer is said; one that is asked for is needed.
  write_dead_service(folder);
  CHECK_THAT(draw(workspace("dead.xml"), "dead.png").err, Catch::Contains("does not answer"));
}

TEST_CASE("view takes a raster among its sources for a background", "[cli]") {
  const WorkFolder folder;
  const std::string heights = write_heights(folder);
  const auto draw = [&](const std::string& sources, const char* file) {
    const Said said =
        xiangtu_run("view " + sources + " --size 500x400 --screenshot '" + (folder / file) + "'");
    CHECK(said.status == 0);
    return read_all(folder / file);
  };
  CHECK(draw("'" + heights + "'", "source.png") == draw("--background '" + heights + "'", "asked.png"));
}

TEST_CASE("map --background: what cannot be read or does not answer is said, and nothing is written",
          "[cli]") {
  const WorkFolder folder;
  std::ofstream(folder / "notes.tif") << "no raster";
  write_dead_service(folder);
  for (const char* name : {"notes.tif", "dead.xml", "nowhere.tif"}) {
    const Said said = xiangtu_run("map '" + demo + "' --layers counties --size 300x200 -q -o '" +
                                  (folder / "map.png") + "' --background '" + (folder / name) + "'");
    CHECK(said.status == 3);
    CHECK(said.err.find(name) != std::string::npos);
    CHECK(said.err.size() < 400);
    CHECK_FALSE(fs::exists(folder / "map.png"));
  }
  // The window stays usable without it.
  const Said window = xiangtu_run("view '" + demo + "' --background '" + (folder / "dead.xml") +
                                  "' --screenshot '" + (folder / "window.png") + "'");
  CHECK(window.status == 0);
  CHECK(fs::exists(folder / "window.png"));
}

TEST_CASE("map: a background is not written over", "[cli]") {
  const WorkFolder folder;
  fs::copy_file(std::string(XIANGTU_SOURCE_DIR) + "/assets/pictures/map.png", folder / "scan.png");
  const auto size = fs::file_size(folder / "scan.png");
  const Said said = xiangtu_run("map '" + demo + "' -q --background '" + (folder / "scan.png") + "' -o '" +
                                (folder / "scan.png") + "'");
  CHECK(said.status == 4);
  CHECK(fs::file_size(folder / "scan.png") == size);
}
