// Every command's output and exit status, and what bad input gets.
#include <algorithm>
#include <catch2/catch.hpp>
#include <fstream>
#include <map>
#include <nlohmann/json.hpp>
#include <sstream>

#include "base/nearest_word.hpp"
#include "cli/command_line.hpp"
#include "cli/program.hpp"

using namespace xiangtu;
using namespace xiangtu::tests;
namespace fs = std::filesystem;

namespace {

const std::string demo = std::string(XIANGTU_SOURCE_DIR) + "/geodata/yulin.gpkg";

std::string quoted(const std::string& path) {
  return "'" + path + "'";
}

void write(const std::string& path, const std::string& text) {
  std::ofstream(path, std::ios::binary) << text;
}

// One sentence on standard error, naming what it must; nothing on standard output.
void check_refused(const Said& said, int status, std::initializer_list<const char*> names) {
  INFO(said.err);
  CHECK(said.status == status);
  CHECK(said.out.empty());
  // On a slow machine lines of progress come first; the sentence is the last one.
  const std::size_t last = said.err.size() < 2 ? 0 : said.err.rfind('\n', said.err.size() - 2) + 1;
  CHECK(said.err.substr(last).starts_with("xiangtu: "));
  CHECK(said.err.find("xiangtu: ") == last);
  for (const char* name : names) CHECK(said.err.find(name) != std::string::npos);
}

// value by indicator of the total, from CSV.
std::map<std::string, std::string> totals(const std::string& csv) {
  std::map<std::string, std::string> values;
  std::istringstream lines(csv);
  for (std::string line; std::getline(lines, line);) {
    std::istringstream cells(line);
    std::string level, code, name, id, value;
    for (std::string* cell : {&level, &code, &name, &id, &value}) std::getline(cells, *cell, ',');
    if (level == "total") values[id] = value;
  }
  return values;
}

}  // namespace

TEST_CASE("the bulletin's figures are computed from the features", "[cli]") {
  const Said said = xiangtu_run("stats " + quoted(demo) + " --set bulletin --format csv -q");
  REQUIRE(said.status == 0);
  const auto values = totals(said.out);
  const std::map<std::string, double> published{
      {"s01", 400},      {"s02", 1117},       {"s03", 1188},       {"s04", 12},        {"s05", 625},
      {"s06", 30},       {"s07", 124},        {"s08", 98190500},   {"s11", 671},       {"s12", 6384},
      {"s13", 95},       {"s14", 29},         {"s15", 100},        {"s16", 172},       {"s17", 50},
      {"s18", 236},      {"s19", 826000000},  {"s20", 60000000},   {"s21", 6},         {"s22", 33},
      {"s23", 6481},     {"s24", 5904000000}, {"s25", 2368000000}, {"s26", 900000000}, {"s27", 3},
      {"s28", 30000000}, {"s29", 15200000},   {"s30", 50000000},   {"s31", 83484400},  {"s31.projects", 258}};
  for (const auto& [id, figure] : published) {
    INFO(id);
    REQUIRE(values.contains(id));
    CHECK(std::stod(values.at(id)) == Approx(figure).epsilon(1e-9));
  }
  CHECK(std::stod(values.at("s09")) == Approx(0.972).margin(0.0005));  // published to 0.1 %
  CHECK(std::stod(values.at("s10")) == Approx(0.993).margin(0.0005));
  CHECK(std::stod(values.at("s30.projects")) > 30);
}

TEST_CASE("stats: the same bytes twice and with any number of threads, totals that conserve", "[cli]") {
  const std::string arguments = "stats " + quoted(demo) + " --by all --format csv -q";
  const Said once = xiangtu_run(arguments), again = xiangtu_run(arguments + " --threads 1");
  REQUIRE(once.status == 0);
  CHECK(once.out == again.out);
  std::map<std::string, double> counties, total;
  std::istringstream lines(once.out);
  for (std::string line; std::getline(lines, line);) {
    std::istringstream cells(line);
    std::string level, code, name, id, value, numerator;
    for (std::string* cell : {&level, &code, &name, &id, &value, &numerator}) std::getline(cells, *cell, ',');
    if (level == "county") counties[id] += std::stod(numerator);
    if (level == "total") total[id] = std::stod(numerator);
  }
  REQUIRE(total.size() > 35);
  for (const auto& [id, sum] : counties) {
    INFO(id);
    CHECK(sum == Approx(total[id]).epsilon(1e-9));
  }
}

TEST_CASE("stats writes what the ending says, for one unit too", "[cli]") {
  const WorkFolder folder;
  CHECK(
      xiangtu_run("stats " + quoted(demo) + " -q -o " + folder / "a.json" + " --indicator tap_household_rate")
          .status == 0);
  CHECK(read_all(folder / "a.json").find("\"tap_household_rate\"") != std::string::npos);
  const Said one =
      xiangtu_run("stats " + quoted(demo) +
                  " -q --where 610829 --by township --indicator bridges_by_class.1 --format csv");
  CHECK(one.status == 0);
  CHECK(std::count(one.out.begin(), one.out.end(), '\n') ==
        1 + 1 + 6);  // heading, the county, its six townships
  const Said list = xiangtu_run("stats --list");
  CHECK(list.status == 0);
  for (const char* id : {"tap_household_rate", "near_hardened_population_rate", "bridges_by_class.5",
                         "rai_sdg_9_1_1", "s31.projects"})
    CHECK(list.out.find(id) != std::string::npos);
  check_refused(xiangtu_run("stats " + quoted(demo) + " -o " + folder / "a.pdf"), 4, {"a.pdf", ".csv"});
  check_refused(xiangtu_run("stats " + quoted(demo) + " -o /no/such/folder/a.csv"), 4,
                {"/no/such/folder/a.csv"});
  check_refused(xiangtu_run("stats " + quoted(demo) + " --indicator nonsense"), 2, {"nonsense", "--list"});
  check_refused(xiangtu_run("stats " + quoted(demo) + " --where 999999"), 2, {"999999"});
  check_refused(xiangtu_run("stats " + quoted(demo) + " --set nonsense"), 2, {"nonsense"});
  check_refused(xiangtu_run("stats " + quoted(demo) + " -q", "sh -c 'exec \"$@\" >/dev/full' sh"), 4,
                {"standard output"});
  check_refused(xiangtu_run("stats " + quoted(demo) + " -q", "sh -c 'exec \"$@\" >&-' sh"), 4,
                {"standard output"});
}

TEST_CASE("reach: units add up villages, whatever the threads, and what it refuses", "[cli]") {
  const Said said = xiangtu_run("reach " + quoted(demo) + " --format json -q --close-classes 4,5");
  REQUIRE(said.status == 0);
  const auto json = nlohmann::json::parse(said.out);
  CHECK(json["level"] == "county");
  CHECK(json["units"].size() == 12);
  CHECK(json["provenance"]["parameters"]["close_classes"] == "4,5");
  std::map<std::string, int> states;
  double metres = 0;
  for (const auto& village : json["villages"]) {
    ++states[village["state"]];
    if (!village["distance_m"].is_null()) metres += village["distance_m"].get<double>();
  }
  const auto& total = json["total"]["reach"];
  CHECK(total["villages"] == json["villages"].size());
  CHECK(total["connected"] == states["connected"]);
  CHECK(total["unknown"] == states["unknown"]);
  CHECK(total["distance_m_sum"].get<double>() == Approx(metres));
  int connected = 0;
  for (const auto& unit : json["units"]) connected += unit["reach"]["connected"].get<int>();
  CHECK(connected == states["connected"]);
  // Open bridges connect more.
  const auto open = nlohmann::json::parse(xiangtu_run("reach " + quoted(demo) + " --format json -q").out);
  CHECK(open["total"]["reach"]["connected"].get<int>() > connected);
  CHECK(xiangtu_run("reach " + quoted(demo) + " --format json -q --close-classes 4,5 --threads 1").out ==
        said.out);

  const WorkFolder folder;
  CHECK(xiangtu_run("reach " + quoted(demo) + " --where 610826 --by township -q -o " +
                    quoted(folder / "units.csv") + " --villages " + quoted(folder / "villages.csv"))
            .status == 0);
  const std::string units = read_all(folder / "units.csv"), villages = read_all(folder / "villages.csv");
  CHECK(units.find("county,610826,") != std::string::npos);
  CHECK(villages.starts_with("code,name,row,unit,state,attached,distance_m,road_row,access_m\r\n610826"));

  check_refused(xiangtu_run("reach " + quoted(demo) + " --close-classes 6"), 2, {"--close-classes", "6"});
  check_refused(xiangtu_run("reach " + quoted(demo) + " --where 999"), 2, {"999"});
  check_refused(xiangtu_run("reach " + quoted(demo) + " --villages " + quoted(demo)), 4, {"yulin.gpkg"});
  check_refused(xiangtu_run("reach " + quoted(demo) + " --ways ways.shp"), 4, {"ways.shp", ".geojson"});
  check_refused(xiangtu_run("reach " + quoted(demo) + " --attach-m 1e9"), 2, {"--attach-m", "100,000"});
  check_refused(xiangtu_run("reach " + quoted(demo) + " --where ''"), 2, {"--where", "empty"});
  check_refused(xiangtu_run("reach " + quoted(demo) + " --lang zh --by planet"), 2, {"--by", "planet"});
  CHECK(xiangtu_run("reach " + quoted(demo) + " --lang zh --by planet").err.find("not") == std::string::npos);
}

TEST_CASE("bridges: ranked, the same whatever the threads, and what reach says without the first", "[cli]") {
  const Said said = xiangtu_run("bridges " + quoted(demo) + " --format json -q");
  REQUIRE(said.status == 0);
  const auto json = nlohmann::json::parse(said.out);
  const auto& bridges = json["bridges"];
  REQUIRE(bridges.size() > 400);
  CHECK(json["provenance"]["parameters"]["to"] == "trunk,seat");
  for (std::size_t i = 1; i < bridges.size(); ++i)
    CHECK(bridges[i - 1]["cut_population"].get<double>() >= bridges[i]["cut_population"].get<double>());
  CHECK(bridges[0]["cut_villages"].get<int>() > 0);
  CHECK(bridges[0]["seat"]["townships"].size() >= 1);
  CHECK(xiangtu_run("bridges " + quoted(demo) + " --format json -q --threads 1").out == said.out);
  const auto seats =
      nlohmann::json::parse(xiangtu_run("bridges " + quoted(demo) + " --to seat --format json -q").out);
  double cut = 0, cut_alone = 0;
  for (const auto& bridge : bridges) cut += bridge["seat"]["cut_population"].get<double>();
  for (const auto& bridge : seats["bridges"]) cut_alone += bridge["cut_population"].get<double>();
  CHECK(cut == cut_alone);
  CHECK(cut > 0);

  // reach with the gravest bridge closed says the same.
  const WorkFolder folder;
  std::ofstream(folder / "scenario.toml") << "[[bridge]]\nrow = " << bridges[0]["row"]
                                          << "\ncode = " << bridges[0]["code"] << "\nclosed = true\n";
  const auto total = [&](const std::string& options) {
    return nlohmann::json::parse(
        xiangtu_run("reach " + quoted(demo) + " --format json -q" + options).out)["total"]["reach"];
  };
  const auto before = total(""), after = total(" --scenario " + quoted(folder / "scenario.toml"));
  CHECK(before["connected"].get<int>() - after["connected"].get<int>() ==
        bridges[0]["cut_villages"].get<int>());
  CHECK(before["population_connected"].get<double>() - after["population_connected"].get<double>() ==
        bridges[0]["cut_population"].get<double>());
  check_refused(
      xiangtu_run("reach " + quoted(demo) + " --to seat --scenario " + quoted(folder / "scenario.toml")), 2,
      {"--scenario"});
  std::ofstream(folder / "bad.toml") << "[[bridge]]\nrow = 1\n";
  check_refused(xiangtu_run("reach " + quoted(demo) + " --scenario " + quoted(folder / "bad.toml")), 3,
                {"bad.toml, line 1", "closed"});

  CHECK(xiangtu_run("bridges " + quoted(demo) + " --where 610826 -q -o " + quoted(folder / "bridges.csv"))
            .status == 0);
  const std::string csv = read_all(folder / "bridges.csv");
  CHECK(csv.starts_with("rank,code,name,row,class,lon,lat,cut_villages,"));
  CHECK(csv.find("seat_cut_villages") != std::string::npos);
  const Said table = xiangtu_run("bridges " + quoted(demo) + " --limit 3 -q");
  CHECK(table.out.find("Bridges that cut villages off") != std::string::npos);
  check_refused(xiangtu_run("bridges " + quoted(demo) + " --where 999"), 2, {"999"});
  check_refused(xiangtu_run("bridges " + quoted(demo) + " --to moon"), 2, {"--to"});

  // Pairs have a list of their own.
  CHECK(xiangtu_run("bridges " + quoted(demo) + " --where 610826 --pairs 4,5 -q --to trunk -o " +
                    quoted(folder / "b.csv") + " --pair-list " + quoted(folder / "pairs.csv"))
            .status == 0);
  const auto pairs = nlohmann::json::parse(
      xiangtu_run("bridges " + quoted(demo) + " --where 610826 --pairs 4,5 -q --to trunk --format json").out);
  const std::string listed = read_all(folder / "pairs.csv");
  CHECK(listed.starts_with("rank,code,row,other_code,other_row,cut_villages,"));
  CHECK(std::count(listed.begin(), listed.end(), '\n') == 1 + static_cast<int>(pairs["pairs"].size()));
  check_refused(xiangtu_run("bridges " + quoted(demo) + " --pairs 4,5 -o " + quoted(folder / "b.csv")), 2,
                {"--pair-list"});
  check_refused(xiangtu_run("bridges " + quoted(demo) + " --pair-list " + quoted(folder / "p.csv")), 2,
                {"--pairs"});
}

TEST_CASE("links: what is built connects who is said, costs add up, and bad costs are refused", "[cli]") {
  const WorkFolder folder;
  const Said said =
      xiangtu_run("links " + quoted(demo) + " --format json -q --lines " + quoted(folder / "lines.geojson") +
                  " --villages " + quoted(folder / "villages.csv"));
  REQUIRE(said.status == 0);
  const auto json = nlohmann::json::parse(said.out);
  double yuan = 0;
  int linked = 0;
  for (const auto& link : json["links"]) {
    yuan += link["yuan"].get<double>();
    linked += link["connected_villages"].get<int>();
    CHECK(link["villages"].size() == link["connected_villages"].get<std::size_t>());
  }
  CHECK(json["total"]["yuan"].get<double>() == Approx(yuan));
  int states = 0;
  for (const auto& village : json["villages"]) states += village["state"] == "linked";
  CHECK(states == linked);
  CHECK(linked > 1000);
  // Whom reach knows as connected with these bridges closed needs no link.
  const auto reach = nlohmann::json::parse(
      xiangtu_run("reach " + quoted(demo) + " --close-classes 4,5 --format json -q").out);
  int needless = 0;
  for (std::size_t i = 0; i < reach["villages"].size(); ++i)
    needless += reach["villages"][i]["state"] == "connected" && json["villages"][i]["state"] != "connected";
  CHECK(needless == 0);
  double pieces = 0;
  const auto lines = nlohmann::json::parse(read_all(folder / "lines.geojson"));
  for (const auto& feature : lines["features"]) pieces += feature["properties"]["yuan"].get<double>();
  CHECK(pieces == Approx(yuan));
  CHECK(read_all(folder / "villages.csv").starts_with("code,name,row,unit,state,alone_yuan,link\r\n"));
  CHECK(xiangtu_run("links " + quoted(demo) + " --format json -q --threads 1").out == said.out);
  const Said chinese = xiangtu_run("links " + quoted(demo) + " -q --lang zh --limit 2");
  CHECK(chinese.out.find("所连村庄") != std::string::npos);  // which, not how many
  CHECK(chinese.out.find("村庄数") == std::string::npos);

  std::ofstream(folder / "costs.toml") << "harden = 5\n";
  check_refused(xiangtu_run("links " + quoted(demo) + " --costs " + quoted(folder / "costs.toml")), 3,
                {"costs.toml", "line 1", "harden_yuan_per_km"});
  check_refused(xiangtu_run("links " + quoted(demo) + " --close-classes 9"), 2, {"--close-classes"});
}

TEST_CASE("info, map, synth, view: output and status", "[cli]") {
  const WorkFolder folder;
  const Said info = xiangtu_run("info " + quoted(demo) + " -q");
  CHECK(info.status == 0);
  for (const char* text : {"natural_villages", "EPSG:4490 (file)", "12 county", "184 township",
                           "3227 village", "placed by code: 3227, by position: 0"})
    CHECK(info.out.find(text) != std::string::npos);
  CHECK(xiangtu_run("info " + quoted(demo) + " -q --format json").out.find("\"role\": \"roads\"") !=
        std::string::npos);

  CHECK(xiangtu_run("map " + quoted(demo) +
                    " -q --indicator tap_household_rate --by township --size 400x300 -o " + folder / "m.png")
            .status == 0);
  CHECK(read_all(folder / "m.png").substr(1, 3) == "PNG");
  CHECK(xiangtu_run("info " + quoted(demo) + " -q --format csv").out.starts_with("source,layer,role,rows,"));
  CHECK(xiangtu_run("map " + quoted(demo) + " -q --where 610829 --size 400x300 -o " + folder / "w.png")
            .status == 0);
  CHECK(read_all(folder / "w.png") != read_all(folder / "m.png"));
  check_refused(xiangtu_run("map " + quoted(demo) + " --where 999 -o " + folder / "n.png"), 2, {"999"});
  check_refused(xiangtu_run("map " + quoted(demo) + " --bbox 1,2,3,4 -o " + folder / "n.png"), 2,
                {"1,2,3,4"});
  check_refused(xiangtu_run("map " + quoted(demo) + " -o " + folder / "m.bmp"), 4, {"m.bmp", ".png"});
  check_refused(xiangtu_run("map " + quoted(demo) + " --size 4x4 -o " + folder / "n.png"), 2, {"4x4"});
  check_refused(xiangtu_run("map " + quoted(demo) + " --layers rivers -o " + folder / "n.png"), 2,
                {"rivers"});

  CHECK(xiangtu_run("synth --villages 300 --seed 4 -q -o " + folder / "r.gpkg").status == 0);
  CHECK(xiangtu_run("stats -q " + folder / "r.gpkg").status == 0);
  check_refused(xiangtu_run("synth --villages 0 -o " + folder / "s.gpkg"), 2, {"--villages"});
  check_refused(xiangtu_run("synth --demo nowhere -o " + folder / "s.gpkg"), 3, {"nowhere"});
  check_refused(xiangtu_run("synth -o " + folder / "s.shp"), 4, {"s.shp", ".gpkg"});

  CHECK(xiangtu_run("view " + quoted(demo) + " -q --size 640x480 --screenshot " + folder / "v.png",
                    "env -u DISPLAY -u WAYLAND_DISPLAY")
            .status == 0);
  CHECK(read_all(folder / "v.png").substr(1, 3) == "PNG");
  check_refused(xiangtu_run("view " + quoted(demo), "env -u DISPLAY -u WAYLAND_DISPLAY"), 4,
                {"display", "--screenshot"});
  CHECK(std::distance(fs::directory_iterator(folder.path), fs::directory_iterator{}) ==
        4);  // nothing half-written
}

TEST_CASE("bad input gets one sentence with the file, the layer and the mend", "[cli]") {
  const WorkFolder folder;
  check_refused(xiangtu_run("stats " + folder / "missing.gpkg"), 3, {"missing.gpkg", "does not exist"});
  fs::create_directory(folder.path / "empty folder");
  check_refused(xiangtu_run("stats '" + folder / "empty folder" + "'"), 3, {"empty folder"});
  write(folder / "empty.gpkg", "");
  check_refused(xiangtu_run("stats " + folder / "empty.gpkg"), 3, {"empty.gpkg", "empty"});
  write(folder / "letter.txt", "Dear planner,\nthis is no map.\n");
  check_refused(xiangtu_run("stats " + folder / "letter.txt"), 3, {"letter.txt"});
  write(folder / "cut.gpkg", read_all(demo).substr(0, 300000));
  check_refused(xiangtu_run("stats " + folder / "cut.gpkg"), 3, {"cut.gpkg", "copy it again"});
  const std::string point =
      R"({"type":"FeatureCollection","features":[{"type":"Feature","properties":{"x":1},"geometry":{"type":"Point","coordinates":[109,38]}}]})";
  write(folder / "things.geojson", point);
  check_refused(xiangtu_run("stats " + folder / "things.geojson"), 3, {"things.geojson", "role"});
  const std::string road =
      R"({"type":"FeatureCollection","features":[{"type":"Feature","properties":{"surface":"asphalt"},"geometry":{"type":"LineString","coordinates":[[109,38],[109.1,38]]}}]})";
  write(folder / "roads.geojson", road);
  write(folder / "highways.geojson", road);
  check_refused(xiangtu_run("stats " + folder / "roads.geojson" + " " + folder / "highways.geojson"), 3,
                {"roads", "highways", "role = \"ignore\""});
  write(folder / "broken.toml", "sources = [");
  check_refused(xiangtu_run("stats " + folder / "broken.toml"), 3, {"broken.toml", "line 1"});
  check_refused(xiangtu_run("stats " + quoted(demo) + " --mapping " + folder / "none.toml"), 3,
                {"none.toml"});
  check_refused(xiangtu_run("stats " + quoted(demo) + " --whre 1"), 2, {"--whre", "--where"});
  check_refused(xiangtu_run("stat"), 2, {"stat", "stats"});
  check_refused(xiangtu_run(""), 2, {"--help"});
  for (const char* number : {"abc", "nan", "inf", "-1"})
    check_refused(xiangtu_run("stats " + quoted(demo) + " --near-m " + number), 2, {"--near-m", number});
  check_refused(xiangtu_run("synth --demo nowhere -o " + folder / "x.gpkg"), 3, {"nowhere.toml", "yulin"});
}

TEST_CASE("results never go over what they are computed from, nor over each other", "[cli]") {
  const WorkFolder folder;
  fs::copy_file(demo, folder.path / "z.gpkg");
  const std::string before = read_all(folder.path / "z.gpkg");
  fs::create_symlink(folder.path / "z.gpkg", folder.path / "link.csv");
  check_refused(xiangtu_run("stats " + folder / "z.gpkg" + " --format csv -o " + folder / "z.gpkg"), 4,
                {"z.gpkg"});
  check_refused(xiangtu_run("stats " + folder / "z.gpkg" + " -o " + folder / "link.csv"), 4, {"link.csv"});
  check_refused(xiangtu_run("stats " + folder / "z.gpkg" + " -o " + folder / "a.csv" + " --findings " +
                            folder / "a.csv"),
                2, {"a.csv", "two results"});
  CHECK(read_all(folder.path / "z.gpkg") == before);
  std::ofstream(folder.path / "map.toml") << "layer = [{layer = \"roads\", role = \"roads\"}]\n";
  check_refused(xiangtu_run("stats " + folder / "z.gpkg" + " --mapping " + folder / "map.toml" +
                            " --format csv -o " + folder / "map.toml"),
                4, {"map.toml", "is not written over"});
}

TEST_CASE("map: theme, graticule and classes, and what they refuse", "[cli]") {
  const WorkFolder folder;
  const std::string coloured =
      "map " + quoted(demo) + " -q --indicator tap_household_rate -o " + folder / "c.png";
  CHECK(xiangtu_run(coloured + " --size 300x200 --theme dark --graticule --classes natural --class-count 4 "
                               "--ramp RdYlBu")
            .status == 0);
  CHECK(xiangtu_run(coloured + " --size 300x200 --classes 50%,0.8,95%").status == 0);
  for (const char* bad : {"jenks", "manual", "0.8,0.5", "0.5,,0.8", "5%%", "1,2,3,4,5,6,7,8,9"})
    check_refused(xiangtu_run(coloured + " --classes " + bad), 2, {"--classes", bad});
  check_refused(xiangtu_run(coloured + " --ramp Rainbow"), 2, {"--ramp", "Rainbow"});
  check_refused(xiangtu_run(coloured + " --class-count 12"), 2, {"--class-count"});
  check_refused(xiangtu_run(coloured + " --theme dusk"), 2, {"--theme", "dusk"});
  check_refused(xiangtu_run("map " + quoted(demo) + " --classes equal -o " + folder / "n.png"), 2,
                {"--classes", "--indicator"});
  // Over what a workspace has; the rest of it stays.
  const auto workspace = [&](const char* ramp) {
    std::ofstream(folder.path / "w.toml")
        << "sources = [\"" << demo << "\"]\n[map]\nindicator = \"tap_household_rate\"\n"
        << "[map.choropleths.tap_household_rate]\nmethod = \"equal\"\nramp = \"" << ramp << "\"\n";
    return "map " + folder / "w.toml" + " -q --date '' --size 300x200 -o ";
  };
  CHECK(xiangtu_run(workspace("Greens") + folder / "saved.png").status == 0);
  CHECK(xiangtu_run(workspace("Blues") + folder / "other.png" + " --ramp Greens").status == 0);
  CHECK(read_all(folder.path / "saved.png") == read_all(folder.path / "other.png"));
}

TEST_CASE("map: a source without positions is refused, a picture of nothing is said", "[cli]") {
  const WorkFolder folder;
  std::ofstream(folder / "villages.csv") << "code,name,households\n610802100201,Jia,20\n";
  std::ofstream(folder / "m.toml") << "layer = [{layer = \"villages\", role = \"admin_villages\"}]\n";
  check_refused(xiangtu_run("map " + folder / "villages.csv" + " --mapping " + folder / "m.toml" + " -o " +
                            folder / "v.png"),
                3, {"has no layer with positions"});
  const Said far = xiangtu_run("map " + quoted(demo) + " --layers housing -o " + folder / "h.png");
  CHECK(far.status == 0);
  CHECK(far.err.find("Nothing of these layers is shown at this scale") != std::string::npos);
}

TEST_CASE("info and its findings appear together or not at all", "[cli]") {
  const WorkFolder folder;
  check_refused(
      xiangtu_run("info " + quoted(demo) + " -o " + folder / "a.csv" + " --findings " + folder / "no/f.csv"),
      4, {"no/f.csv"});
  CHECK_FALSE(std::filesystem::exists(folder / "a.csv"));
}

TEST_CASE("table and findings appear together or not at all", "[cli]") {
  const WorkFolder folder;
  check_refused(xiangtu_run("stats " + std::string{demo} + " -o " + folder / "a.csv" + " --findings " +
                            folder / "no/such/f.csv"),
                4, {"f.csv", "the folder does not exist"});
  CHECK(fs::is_empty(folder.path));
}

TEST_CASE("help with examples, in both languages", "[cli]") {
  for (const char* command : {"info", "stats", "map", "view", "synth"}) {
    const Said english = xiangtu_run(std::string(command) + " --help"),
               chinese = xiangtu_run(std::string("--lang zh ") + command + " --help");
    CHECK(english.status == 0);
    CHECK(english.out.find("Examples:") != std::string::npos);
    CHECK(chinese.out.find("示例：") != std::string::npos);
  }
  CHECK(xiangtu_run("--version").out.starts_with("xiangtu 0."));
  CHECK(xiangtu_run("stats nofile.gpkg --lang zh").err == "xiangtu: nofile.gpkg 不存在；请检查路径\n");
}

TEST_CASE("Ctrl-C ends long work with 130 and leaves nothing", "[cli]") {
  const WorkFolder folder;
  const Said said = xiangtu_run("synth --villages 400000 -q -o " + folder / "big.gpkg",
                                "timeout --preserve-status -s INT 1");
  CHECK(said.status == 130);
  CHECK(fs::is_empty(folder.path));
}

TEST_CASE("the nearest word", "[cli]") {
  CHECK(nearest("stat", {"info", "stats", "map"}) == "stats");
  CHECK(nearest("xyzzy", {"info", "stats", "map"}).empty());
}
