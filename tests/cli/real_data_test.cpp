// Figures on data that nobody here made, where it lies beside the checkout. The expected values come
// from PostGIS 3.3: ST_DWithin and ST_Length on geography, ST_Intersection with the block where a road is
// not wholly in it (ST_Intersection alone would count a track that doubles back on itself once).
#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>

#include "cli/program.hpp"

using namespace xiangtu::tests;
namespace fs = std::filesystem;

namespace {

const fs::path data = fs::path(XIANGTU_SOURCE_DIR) / ".." / "shared" / "data";
const std::string mappings = std::string(XIANGTU_SOURCE_DIR) + "/assets/mappings/";

nlohmann::json stats(const std::string& arguments) {
  const Said said = xiangtu_run("stats -q --format json " + arguments);
  INFO(said.err);
  REQUIRE(said.status == 0);
  return nlohmann::json::parse(said.out);
}

}  // namespace

TEST_CASE("Ladakh: reach and lengths equal those of PostGIS", "[cli]") {
  if (!fs::exists(data / "ladakh-pmgsy")) {
    WARN("the Ladakh data is not beside this checkout");
    return;
  }
  const std::string source =
      "'" + (data / "ladakh-pmgsy").string() + "' --mapping " + mappings + "ladakh.toml --by township";
  const auto result = stats(source);
  const auto& total = result["total"]["indicators"];
  CHECK(total["near_road_village_rate"]["numerator"] == 728);
  CHECK(total["near_road_village_rate"]["denominator"] == 729);
  CHECK(total["near_road_population_rate"]["numerator"] == 278450);
  CHECK(total["road_km"]["value"].get<double>() == Approx(6273.003702).epsilon(1e-9));
  const std::map<std::string, double> blocks{
      {"7754", 586.4007854833}, {"7755", 223.8314876611}, {"7756", 282.2484800036}, {"7757", 248.7810155522},
      {"7759", 418.8345289702}, {"7760", 77.7790391967},  {"7761", 207.6404889379}, {"7762", 114.6895367057},
      {"7763", 258.2325721684}, {"7764", 97.9637673593},  {"7765", 162.8050149375}, {"7766", 158.9602432191},
      {"7977", 84.0237633518},  {"7978", 510.9371116959}, {"7979", 251.7067401500}, {"7980", 289.3021718106},
      {"7981", 224.8618219265}, {"7982", 502.5474798412}, {"7983", 171.7345924626}, {"7984", 217.4348678209},
      {"7985", 159.9149292611}, {"7986", 76.6468356313},  {"7987", 110.8696663458}, {"7988", 63.3528023276},
      {"7989", 113.1173335363}, {"7990", 66.9462147388},  {"7991", 182.2122933459}, {"7992", 75.5297323513},
      {"7993", 143.3134580654}, {"7994", 35.6131770803},  {"7997", 148.0761661446}};
  std::size_t seen = 0;
  for (const auto& unit : result["units"])
    if (const auto block = blocks.find(unit["code"]); block != blocks.end()) {
      ++seen;
      CHECK(unit["indicators"]["road_km"]["value"].get<double>() == Approx(block->second).epsilon(1e-9));
    }
  CHECK(seen == blocks.size());
  CHECK(stats(source + " --near-m 500")["total"]["indicators"]["near_road_village_rate"]["numerator"] == 718);
}

// LeakSanitizer of g++ 12 falls over itself after GDAL's OSM reader ran on one thread.
#ifdef __SANITIZE_ADDRESS__
constexpr const char* without_leaks = "ASAN_OPTIONS=detect_leaks=0";
#else
constexpr const char* without_leaks = "";
#endif

TEST_CASE("info and stats run on every real data set", "[cli]") {
  const std::pair<const char*, const char*> sets[] = {
      {"liechtenstein-osm/liechtenstein.osm.pbf", "liechtenstein.toml"},
      {"srilanka-osm/vavuniya_srilanka.osm.pbf", "vavuniya.toml"},
      {"malawi-water-points/waterpointfunctionality.csv", "malawi-water.toml"},
      {"malawi-latrines/dowalatrinesurvey.csv", "malawi-latrines.toml"},
      {"bangladesh-bridges/BMMS_overview_raw.xlsx", "bangladesh-bridges.toml"},
      {"ladakh-pmgsy", "ladakh.toml"}};
  for (const auto& [source, mapping] : sets) {
    if (!fs::exists(data / source)) {
      WARN(source << " is not beside this checkout");
      continue;
    }
    for (const char* command : {"info", "stats"}) {
      const Said said = xiangtu_run(
          std::string(command) + " -q '" + (data / source).string() + "' --mapping " + mappings + mapping,
          without_leaks);
      INFO(command << " " << source << ": " << said.err);
      CHECK(said.status == 0);
      CHECK_FALSE(said.out.empty());
    }
  }
}
