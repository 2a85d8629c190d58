// Real data sets with the mapping files that go with the program; counts as their publishers state.
#include "datasets.hpp"

#include <map>
#include <numeric>

using namespace xiangtu;
using namespace xiangtu::test;
using table::Role;

namespace {

std::string data(const std::string& name) {
  const std::string path = data_folder() + "/" + name;
  if (data_folder().empty() || !fs::exists(path)) {
    WARN("skipped: no " + name);
    return {};
  }
  return path;
}

io::Dataset with_mapping(const std::string& source, const std::string& name) {
  Result<io::Mapping> map =
      io::read_mapping(std::string{XIANGTU_SOURCE_DIR} + "/assets/mappings/" + name + ".toml");
  if (!map) FAIL(map.issue().message.english());
  return opened({source}, *map);
}

// How often each value comes; without those that are missing.
std::map<std::string, std::size_t> values_of(const io::ReadLayer& layer, const char* field) {
  std::map<std::string, std::size_t> counts;
  const table::Column* column = layer.table.find(field);
  REQUIRE(column);
  for (std::size_t row = 0; row < layer.table.size(); ++row)
    if (!column->missing(row)) ++counts[column->shown(row)];
  return counts;
}

}  // namespace

TEST_CASE("Ladakh: shapefiles with other names") {
  const std::string source = data("ladakh-pmgsy");
  if (source.empty()) return;
  const io::Dataset dataset = with_mapping(source, "ladakh");
  const io::ReadLayer villages = read(dataset, Role::natural_villages);
  CHECK(villages.table.size() == 729);
  const auto population = villages.table.find("population")->numbers();
  CHECK(std::accumulate(population.begin(), population.end(), 0.0) == 278462);
  const io::ReadLayer roads = read(dataset, Role::roads);
  CHECK(roads.table.size() == 1015);
  CHECK(!finding(roads, "value.unknown_choice"));
  CHECK(read(dataset, Role::townships).table.size() == 31);
}

TEST_CASE("Liechtenstein and Vavuniya: tags instead of columns") {
  const std::string small = data("liechtenstein-osm/liechtenstein.osm.pbf");
  if (small.empty()) return;
  const io::Dataset dataset = with_mapping(small, "liechtenstein");
  CHECK(read(dataset, Role::townships).table.size() == 11);  // its communes
  const io::ReadLayer roads = read(dataset, Role::roads);
  CHECK(roads.table.size() == dataset.layer_of(Role::roads)->rows);
  const table::Column* surface = roads.table.find("surface");
  std::size_t known = 0;
  for (std::size_t row = 0; row < roads.table.size(); ++row) known += surface->missing(row) ? 0 : 1;
  CHECK(known > 500);
  CHECK(known < roads.table.size() / 2);
  // As counted over its other_tags.
  using Counts = std::map<std::string, std::size_t>;
  CHECK(values_of(roads, "level") == Counts{{"-1", 4}, {"0", 1}, {"1", 120}, {"2", 1}, {"3", 1}});
  CHECK(values_of(roads, "bridge") == Counts{{"yes", 142}});
  CHECK(values_of(roads, "tunnel") == Counts{{"yes", 4}});
  CHECK(values_of(roads, "oneway") == Counts{{"backward", 2}, {"both", 232}, {"forward", 73}});
  CHECK(values_of(roads, "roundabout") == Counts{{"1", 20}});

  const std::string district = data("srilanka-osm/vavuniya_srilanka.osm.pbf");
  if (district.empty()) return;
  const io::ReadLayer rural = read(with_mapping(district, "vavuniya"), Role::roads);
  CHECK(rural.table.size() > 2000);
  CHECK(values_of(rural, "bridge") == Counts{{"yes", 3}});
  CHECK(values_of(rural, "tunnel") == Counts{{"yes", 1}});
  CHECK(values_of(rural, "oneway") == Counts{{"both", 921}, {"forward", 20}});
}

TEST_CASE("Malawi: a survey in CSV") {
  const std::string water = data("malawi-water-points/waterpointfunctionality.csv");
  if (water.empty()) return;
  const io::ReadLayer points = read(with_mapping(water, "malawi-water"), Role::water_projects);
  CHECK(points.table.size() == 11409);
  CHECK(points.table.geometry.kind() == table::GeometryKind::point);
  const io::ReadLayer latrines =
      read(with_mapping(data("malawi-latrines/dowalatrinesurvey.csv"), "malawi-latrines"), Role::sanitation);
  CHECK(latrines.table.size() == 89);
  CHECK(shown(latrines, "year", 0) == "2017");
}

TEST_CASE("Bangladesh: a ledger of bridges in Excel") {
  const std::string source = data("bangladesh-bridges/BMMS_overview_raw.xlsx");
  if (source.empty()) return;
  const io::ReadLayer bridges = read(with_mapping(source, "bangladesh-bridges"), Role::bridges);
  CHECK(bridges.table.size() == 21396);
  CHECK(shown(bridges, "condition_class", 0) == "1");
  CHECK(shown(bridges, "code", 0) == "117861");
}

TEST_CASE("every odd file opens or gets one sentence, and nothing is written beside it") {
  const std::string folder = data("odd-files");
  if (folder.empty()) return;
  std::vector<std::string> files;
  for (const auto& entry : fs::recursive_directory_iterator(folder))
    if (entry.is_regular_file()) files.push_back(entry.path().string());
  std::sort(files.begin(), files.end());
  CHECK(files.size() > 200);
  std::size_t readable = 0;
  for (const std::string& file : files) {
    INFO(file);
    for (const Role role : {Role::projects, Role::villages, Role::roads}) {
      io::LayerMapping entry;
      entry.source = file;
      entry.role = role;
      entry.crs = "EPSG:4490";
      entry.place = "test";
      Result<io::Dataset> dataset = open({file}, {entry});
      if (!dataset) {
        CHECK(dataset.issue().message.english().find(fs::path{file}.stem().string()) != std::string::npos);
        continue;
      }
      io::ReadRequest request;
      request.all_fields = true;
      for (const io::LayerInfo& info : dataset->layers()) {
        Progress progress;
        Result<io::ReadLayer> layer = dataset->read(info, request, progress);
        if (!layer) {
          CHECK(layer.issue().message.english().find(info.name) != std::string::npos);
          continue;
        }
        ++readable;
        if (layer->table.has_geometry()) CHECK(layer->table.geometry.size() == layer->table.size());
        for (const table::Column& column : layer->table.columns)
          CHECK((column.is_text() ? column.text().entries.size() : column.numbers().size()) ==
                layer->table.size());
      }
    }
  }
  CHECK(readable > 300);
  std::vector<std::string> after;
  for (const auto& entry : fs::recursive_directory_iterator(folder))
    if (entry.is_regular_file()) after.push_back(entry.path().string());
  std::sort(after.begin(), after.end());
  CHECK(after == files);
}
