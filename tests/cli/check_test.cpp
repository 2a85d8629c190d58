// xiangtu check: what it prints in each format, its exit status, and what it refuses.
#include <algorithm>
#include <catch2/catch.hpp>
#include <cmath>
#include <map>
#include <nlohmann/json.hpp>
#include <string>

#include "cli/program.hpp"

using namespace xiangtu::tests;

namespace {

const std::string demo = "'" + std::string(XIANGTU_SOURCE_DIR) + "/geodata/yulin.gpkg'";

}  // namespace

TEST_CASE("check lists every defect with its place, ranked, whatever the threads", "[cli]") {
  const Said said = xiangtu_run("check " + demo + " --network --format json -q");
  REQUIRE(said.status == 0);
  const auto json = nlohmann::json::parse(said.out);
  REQUIRE_FALSE(json["defects"].empty());
  std::map<std::string, int> counts;
  double people = 1e300;
  for (const auto& defect : json["defects"]) {
    ++counts[defect["kind"]];
    CHECK(defect["at"].size() == 2);
    CHECK(std::abs(defect["at"][0].get<double>() - 109.5) < 3);
    CHECK(std::abs(defect["at"][1].get<double>() - 38) < 3);
    CHECK(defect["row"].is_number());
    CHECK(defect["gain"]["population"].get<double>() <= people);
    people = defect["gain"]["population"];
  }
  int all = 0;
  for (const auto& [kind, count] : json["counts"].items()) {
    CHECK(count["count"].get<int>() == counts[kind]);
    all += counts[kind];
  }
  CHECK(json["counts"].size() == 8);
  CHECK(all == static_cast<int>(json["defects"].size()));
  CHECK(json["provenance"]["parameters"]["gap_m"] == "20");
  CHECK(xiangtu_run("check " + demo + " --format json -q --threads 1").out == said.out);

  const Said csv = xiangtu_run("check " + demo + " --format csv -q");
  CHECK(std::count(csv.out.begin(), csv.out.end(), '\n') == all + 1);
  CHECK(csv.out.starts_with("kind,severity,population,households,villages,size_m,layer,row,code,other_row,"));
}

TEST_CASE("check: the table counts what it does not list", "[cli]") {
  const Said said = xiangtu_run("check " + demo + " --limit 2 -q --lang en");
  REQUIRE(said.status == 0);
  CHECK(said.out.find("2 of ") != std::string::npos);
  CHECK(said.out.find("that connect") != std::string::npos);
  CHECK(said.out.find("near miss ") != std::string::npos);
  CHECK(said.out.find("gap_m = 20") != std::string::npos);
  const Said none = xiangtu_run("check " + demo + " --limit 0 -q --lang zh");
  CHECK(none.status == 0);
  CHECK(none.out.find("将接未接") != std::string::npos);
}

TEST_CASE("check fails on what is asked for, and refuses what makes no sense", "[cli]") {
  CHECK(xiangtu_run("check " + demo + " -q --fail-on note -o /dev/null --format csv").status == 1);
  CHECK(xiangtu_run("check " + demo + " -q --gap-m 0 --attach-m 5000 --fail-on error --limit 0").status == 0);
  const Said refused = xiangtu_run("check " + demo + " --gap-m -1");
  CHECK(refused.status == 2);
  CHECK(refused.err.find("--gap-m") != std::string::npos);
  CHECK(xiangtu_run("check " + demo + " --fail-on never").status == 2);
  CHECK(xiangtu_run("check " + demo + " -o " + demo + " --format csv").status == 4);
}
