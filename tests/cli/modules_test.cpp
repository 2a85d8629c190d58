// The parts of the program that are loaded when needed: what works without them, and what is said.
#include <catch2/catch.hpp>
#include <initializer_list>

#include "cli/program.hpp"

using namespace xiangtu::tests;
namespace fs = std::filesystem;

namespace {

// The program in a folder of its own with only some of its parts.
class PartialProgram {
 public:
  explicit PartialProgram(std::initializer_list<const char*> parts) {
    const fs::path built = XIANGTU_BINARY_DIR;
    fs::copy_file(built / "xiangtu", folder_.path / "xiangtu");
    for (const char* part : parts) fs::copy_file(built / part, folder_.path / part);
    std::ofstream(folder_ / "villages.geojson")
        << R"({"type":"FeatureCollection","features":[{"type":"Feature",)"
        << R"("properties":{"code":"610802100201","name":"Jia"},)"
        << R"("geometry":{"type":"Point","coordinates":[109.7,38.3]}}]})";
  }
  Said run(const std::string& arguments) const {
    const std::string command = "cd '" + folder_.path.string() +
                                "' && LC_ALL=C XDG_CACHE_HOME=caches ./xiangtu " + arguments + " >out 2>err";
    const int status = std::system(command.c_str());
    return {WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status), read_all(folder_.path / "out"),
            read_all(folder_.path / "err")};
  }

 private:
  WorkFolder folder_;
};

}  // namespace

TEST_CASE("figures from a GeoPackage need neither GDAL nor PROJ", "[cli]") {
  const PartialProgram alone({"xiangtu_geos.so"});  // which judges boundaries
  const Said said = alone.run("stats -q '" XIANGTU_SOURCE_DIR "/geodata/yulin.gpkg'");
  CHECK(said.status == 0);
  CHECK(said.err.empty());
}

TEST_CASE("a part of the program that is not there is named in one sentence", "[cli]") {
  const Said boundaries = PartialProgram({}).run("stats -q '" XIANGTU_SOURCE_DIR "/geodata/yulin.gpkg'");
  CHECK(boundaries.status == 3);
  CHECK(boundaries.err.find("xiangtu_geos.so") != std::string::npos);

  const Said formats = PartialProgram({}).run("info villages.geojson");
  CHECK(formats.status == 3);
  CHECK(formats.err.find("a part of the program cannot be loaded") != std::string::npos);
  CHECK(formats.err.find("xiangtu_gdal.so") != std::string::npos);

  const Said systems = PartialProgram({"xiangtu_gdal.so"}).run("info villages.geojson");
  CHECK(systems.status == 3);
  CHECK(systems.err.find("a part of the program cannot be loaded") != std::string::npos);
  CHECK(systems.err.find("xiangtu_proj.so") != std::string::npos);

  const Said window = PartialProgram({}).run("view villages.geojson --screenshot window.png");
  CHECK(window.status == 3);
  CHECK(window.err.find("xiangtu_window.so") != std::string::npos);

  CHECK(PartialProgram({"xiangtu_gdal.so", "xiangtu_proj.so"}).run("info villages.geojson").status == 0);
}
