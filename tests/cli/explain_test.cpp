// xiangtu explain: what it prints in each format, and what it refuses.
#include <algorithm>
#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>
#include <string>

#include "cli/program.hpp"

using namespace xiangtu::tests;

namespace {

const std::string demo = "'" + std::string(XIANGTU_SOURCE_DIR) + "/geodata/yulin.gpkg'";

}  // namespace

TEST_CASE("explain opens the figure that stats shows, in every format", "[cli]") {
  const std::string question = demo + " natural_village_hardened_rate --unit 610826 -q";
  const Said stats = xiangtu_run(
      "stats " + demo + " --indicator natural_village_hardened_rate --where 610826 --format json -q");
  const Said said = xiangtu_run("explain " + question + " --format json --list");
  REQUIRE((stats.status == 0 && said.status == 0));
  const auto json = nlohmann::json::parse(said.out), total = nlohmann::json::parse(stats.out)["total"];
  CHECK(json["figure"]["value"] == total["indicators"]["natural_village_hardened_rate"]["value"]);
  CHECK(json["unit"]["code"] == "610826");
  CHECK(json["indicator"]["when"] == "reached");
  CHECK(json["layer"]["layer"] == "natural_villages");
  double numerator = 0;
  std::size_t rows = 0, unknown = 0;
  for (const auto& row : json["rows"]) {
    numerator += row["numerator"].get<double>();
    unknown += row["verdict"] == "unknown";
    CHECK(row["code"].get<std::string>().starts_with("610826"));
    CHECK((row["unknown_names"].empty() || row["verdict"] != "counted"));
  }
  CHECK(numerator == json["figure"]["numerator"]);
  for (const auto& [verdict, sums] : json["verdicts"].items()) rows += sums["rows"].get<std::size_t>();
  CHECK(rows == json["rows"].size());
  CHECK(unknown == json["verdicts"]["unknown"]["rows"]);
  CHECK_FALSE(
      nlohmann::json::parse(xiangtu_run("explain " + question + " --format json").out).contains("rows"));

  const Said csv = xiangtu_run("explain " + question + " --format csv");
  CHECK(csv.out.starts_with("verdict,source,layer,row,code,name,unit,unit_name,numerator,known,unknown,"));
  CHECK(static_cast<std::size_t>(std::count(csv.out.begin(), csv.out.end(), '\n')) == rows + 1);
  const Said page = xiangtu_run("explain " + question + " --list --lang zh");
  CHECK(page.out.find("未计入") != std::string::npos);
  CHECK(page.out.find("阈值") != std::string::npos);
}

TEST_CASE("explain refuses what it cannot open in one sentence", "[cli]") {
  const auto refused = [](const std::string& words, int status, const std::string& part) {
    INFO(words);
    const Said said = xiangtu_run("explain " + words);
    CHECK(said.status == status);
    CHECK(said.out.empty());
    CHECK(said.err.find(part) != std::string::npos);
  };
  refused(demo, 2, "name the sources and then the indicator");
  refused(demo + " nothing", 2, "no indicator 'nothing'");
  refused(demo + " 'surface_share.*'", 2, "7 indicators");
  refused(demo + " tap_household_rate --unit 1", 2, "no unit with the code '1'");
  refused("absent.gpkg tap_household_rate", 3, "absent.gpkg");
  refused(demo + " tap_household_rate -o /nowhere/a.csv", 4, "/nowhere");
}
