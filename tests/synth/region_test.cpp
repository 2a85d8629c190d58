// Synthetic regions: invariants read back through GDAL, not through our own reader.
#include "synth/region.hpp"

#include <catch2/catch.hpp>
#include <cmath>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <map>
#include <numeric>
#include <set>

#include <unistd.h>

#include <ogrsf_frmts.h>

#include "geodesy/measure.hpp"
#include "synth/apportion.hpp"
#include "synth/random.hpp"

using namespace xiangtu;
namespace fs = std::filesystem;

namespace {

struct TemporaryFolder {
  fs::path path = fs::temp_directory_path() / ("xiangtu-synth-" + std::to_string(::getpid()));
  TemporaryFolder() { fs::create_directories(path); }
  ~TemporaryFolder() { fs::remove_all(path); }
};

std::string bytes(const fs::path& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

double ring_km2(const OGRGeometry& geometry) {
  const OGRLinearRing* ring = geometry.toPolygon()->getExteriorRing();
  std::vector<geodesy::LonLat> vertices;
  for (int i = 0; i < ring->getNumPoints(); ++i) vertices.push_back({ring->getX(i), ring->getY(i)});
  return std::abs(geodesy::ring_area(vertices).value) / 1e6;
}

}  // namespace

TEST_CASE("random numbers are those of splitmix64", "[synth]") {
  // Reference values of the generator with seed 1234567 (Vigna, prng.di.unimi.it/splitmix64.c).
  synth::Random random(1234567);
  CHECK(random.next() == 6457827717110365317ull);
  CHECK(random.next() == 3203168211198807973ull);
}

TEST_CASE("parts add up to the whole", "[synth]") {
  const std::vector<double> weights{1, 1, 1, 0, 2.5};
  const auto parts = synth::apportion(100, weights);
  CHECK(std::accumulate(parts.begin(), parts.end(), std::int64_t{0}) == 100);
  CHECK(parts[3] == 0);
  CHECK(synth::apportion(7, {}).empty());
  const auto chosen = synth::choose(20, 30, 5);
  CHECK(std::set<std::size_t>(chosen.begin(), chosen.end()).size() == 20);
}

TEST_CASE("a region has what was asked for, tiles, and its roads share their ends", "[synth]") {
  const TemporaryFolder folder;
  const fs::path file = folder.path / "region.gpkg", again = folder.path / "again.gpkg";
  Progress progress;
  REQUIRE(synth::make_region({1000, 7}, file.string(), progress).ok());
  REQUIRE(synth::make_region({1000, 7}, again.string(), progress).ok());
  CHECK(bytes(file) == bytes(again));
  GDALAllRegister();
  const GDALDatasetUniquePtr dataset(GDALDataset::Open(file.c_str(), GDAL_OF_VECTOR));
  REQUIRE(dataset);
  CHECK(dataset->GetLayerByName("natural_villages")->GetFeatureCount() == 1000);
  CHECK(std::string(dataset->GetLayerByName("roads")->GetSpatialRef()->GetAuthorityCode(nullptr)) == "4490");

  double townships_km2 = 0, counties_km2 = 0;
  for (const auto& feature : *dataset->GetLayerByName("townships")) {
    CHECK(feature->GetGeometryRef()->IsValid());
    CHECK(feature->GetGeometryRef()->toPolygon()->getExteriorRing()->getNumPoints() == 257);
    townships_km2 += ring_km2(*feature->GetGeometryRef());
  }
  for (const auto& feature : *dataset->GetLayerByName("counties")) {
    CHECK(feature->GetGeometryRef()->IsValid());
    counties_km2 += ring_km2(*feature->GetGeometryRef());
  }
  CHECK(townships_km2 == Approx(counties_km2).epsilon(1e-9));

  std::map<std::pair<double, double>, int> ends;
  for (const auto& feature : *dataset->GetLayerByName("roads")) {
    const OGRLineString* line = feature->GetGeometryRef()->toLineString();
    const int last = line->getNumPoints() - 1;
    CHECK(last >= 8);
    ++ends[{line->getX(0), line->getY(0)}];
    ++ends[{line->getX(last), line->getY(last)}];
  }
  // Only the last hamlet of a way ends alone: fewer dead ends than villages.
  const auto alone = std::count_if(ends.begin(), ends.end(), [](const auto& end) { return end.second == 1; });
  CHECK(alone < 1100);
}

TEST_CASE("a region that cannot be written leaves nothing behind", "[synth]") {
  const TemporaryFolder folder;
  Progress progress;
  const Status nowhere =
      synth::make_region({10, 1}, (folder.path / "no/such/folder/x.gpkg").string(), progress);
  REQUIRE_FALSE(nowhere.ok());
  CHECK(exit_status(nowhere.issue().code) == 4);
  std::stop_source source;
  source.request_stop();
  Progress stopped(source.get_token());
  const Status cancelled = synth::make_region({10, 1}, (folder.path / "x.gpkg").string(), stopped);
  REQUIRE_FALSE(cancelled.ok());
  CHECK(exit_status(cancelled.issue().code) == 130);
  CHECK(fs::is_empty(folder.path));
}
