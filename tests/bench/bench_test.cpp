// What can be wrong in the benchmark itself: its sums, its files, its floor. Nothing here is timed.
#include <catch2/catch.hpp>

#include <sqlite3.h>

#include <filesystem>
#include <fstream>
#include <set>
#include <string>
#include <vector>

#include "comparison.hpp"
#include "growth.hpp"
#include "indicators/evaluation.hpp"
#include "reach/road_reach.hpp"
#include "lines.hpp"
#include "process.hpp"
#include "results.hpp"
#include "support/scratch_folder.hpp"
#include "synth/region.hpp"
#include "tasks.hpp"

using namespace xiangtu;
using namespace xiangtu::bench;
using xiangtu::test::ScratchFolder;

namespace {

const std::string floor_program = std::string(XIANGTU_BINARY_DIR) + "/xiangtu_bench_floor";

Measurement measured(std::uint64_t villages, const std::string& task, double wall_s) {
  Measurement made;
  made.villages = villages;
  made.task = task;
  made.runs = 3;
  made.cost = {wall_s, wall_s * 1.5, 80};
  made.rows = 1000;
  made.bytes = 2'000'000;
  made.floor_s = wall_s / 4;
  return made;
}

std::string why_not(const std::string& text) {
  const auto read = from_json(text, "some.json");
  REQUIRE_FALSE(read);
  CHECK(exit_status(read.issue().code) == 2);
  return read.issue().message.english();
}

std::vector<std::string> split(const std::string& text, char at) {
  std::vector<std::string> parts{""};
  for (const char c : text)
    if (c == at)
      parts.emplace_back();
    else
      parts.back() += c;
  return parts;
}

// The columns of the region's table; empty when there is none.
std::set<std::string> columns_of(const std::string& region, const std::string& table) {
  sqlite3* connection = nullptr;
  REQUIRE(sqlite3_open_v2(region.c_str(), &connection, SQLITE_OPEN_READONLY, nullptr) == SQLITE_OK);
  std::set<std::string> columns;
  const auto add = [](void* to, int, char** cells, char**) {
    static_cast<std::set<std::string>*>(to)->insert(cells[0]);
    return 0;
  };
  const std::string sql = "SELECT name FROM pragma_table_info('" + table + "')";
  sqlite3_exec(connection, sql.c_str(), add, &columns, nullptr);
  sqlite3_close_v2(connection);
  return columns;
}

std::string made_region(const ScratchFolder& folder) {
  const std::string region = folder.file("region.gpkg");
  Progress progress;
  REQUIRE(synth::make_region({300, 1}, region, progress));
  return region;
}

// The indicators that a task names; none: all of the set that the program computes then.
std::vector<std::string> indicators_of(const Task& task) {
  std::vector<std::string> ids;
  for (std::size_t i = 0; i + 1 < task.arguments.size(); ++i)
    if (task.arguments[i] == "--indicator") ids.push_back(task.arguments[i + 1]);
  return ids;
}

}  // namespace

TEST_CASE("the doubling ratio: 2 for linear cost, from any size to any other", "[bench]") {
  CHECK(doubling_ratio({1000, 1}, {2000, 2}) == Approx(2));
  CHECK(doubling_ratio({5000, 0.5}, {60000, 6}) == Approx(2));
  CHECK(doubling_ratio({5000, 1}, {60000, 144}) == Approx(4));  // quadratic
  CHECK(doubling_ratio({600000, 3}, {2600000, 3}) == Approx(1));
  CHECK(doubling_ratio({1000, 1}, {2000, 2.3}) > most_doubling);
}

TEST_CASE("a cost that grows too fast is marked where it is printed", "[bench]") {
  const Measurement small = measured(1000, "T1", 1);
  CHECK(measured_line(measured(2000, "T1", 2.1), &small, "reach").find(" 2.10 ") != std::string::npos);
  CHECK(measured_line(measured(2000, "T1", 2.3), &small, "reach").find(" 2.30!") != std::string::npos);
  const std::string alone = measured_line(small, nullptr, "reach");
  CHECK(alone.find('!') == std::string::npos);
  CHECK(alone.find(" 4.0 ") != std::string::npos);   // times the floor
  CHECK(alone.find(" 1000 ") != std::string::npos);  // rows/s
  CHECK(alone.find(" 2.0 ") != std::string::npos);   // MB/s
}

TEST_CASE("memory beyond two and a half times the cells is marked, but for small programs", "[bench]") {
  Measurement large = measured(2000, "T6", 1);
  large.bytes = 400'000'000;
  large.cost.peak_mb = 990;
  CHECK(measured_line(large, nullptr, "all").find(" 2.5 ") != std::string::npos);
  large.cost.peak_mb = 1040;
  CHECK(measured_line(large, nullptr, "all").find(" 2.6!") != std::string::npos);
  large.bytes = 1'000'000;
  large.cost.peak_mb = 30;
  CHECK(measured_line(large, nullptr, "all").find('!') == std::string::npos);
}

TEST_CASE("results read back as they were written", "[bench]") {
  const ScratchFolder folder;
  const std::string file = folder.file("results.json");
  const std::vector<Measurement> written{measured(5000, "T1", 0.25), measured(60000, "T6", 2.44)};
  REQUIRE(write_results(file, written));
  const auto read = read_results(file);
  REQUIRE(read);
  REQUIRE(read->size() == 2);
  const Measurement& last = read->back();
  CHECK(last.villages == 60000);
  CHECK(last.task == "T6");
  CHECK(last.runs == 3);
  CHECK(last.cost.wall_s == 2.44);
  CHECK(last.cost.cpu_s == written.back().cost.cpu_s);
  CHECK(last.cost.peak_mb == 80);
  CHECK(last.rows == 1000);
  CHECK(last.bytes == 2'000'000);
  CHECK(last.floor_s == written.back().floor_s);
  CHECK_FALSE(write_results(folder.file("no/such/folder.json"), written));
}

TEST_CASE("what is not a result is refused in one sentence of usage", "[bench]") {
  CHECK(why_not("").find("some.json is not a result of ./dev bench (it is not JSON)") == 0);
  CHECK(why_not("[1, 2]").find("its format is not xiangtu-bench-1") != std::string::npos);
  CHECK(why_not(R"({"format": 1, "results": []})").find("its format") != std::string::npos);
  const std::string head = R"({"format": "xiangtu-bench-1")";
  CHECK(why_not(head + "}").find("results") != std::string::npos);
  CHECK(why_not(head + R"(, "results": [{"villages": 5000}]})").find("task") != std::string::npos);
  CHECK(why_not(head + R"(, "results": 7})") != "");
  CHECK(why_not(to_json(std::vector{measured(5000, "T1", 0)})).find("no time") != std::string::npos);
  const ScratchFolder folder;
  CHECK_FALSE(read_results(folder.file("missing.json")));
  CHECK_FALSE(read_results(folder.path()));
}

TEST_CASE("a comparison pairs task and size, and says what is missing on either side", "[bench]") {
  const std::vector<Measurement> before{measured(5000, "T1", 0.5), measured(5000, "T2", 0.2)};
  const std::vector<Measurement> after{measured(60000, "T1", 1), measured(5000, "T1", 0.25)};
  const std::vector<Change> found = changes(before, after);
  REQUIRE(found.size() == 3);
  CHECK(found[0].villages == 60000);
  CHECK_FALSE(found[0].before);
  CHECK(change_line(found[0]).find("not in the file") != std::string::npos);
  CHECK(found[1].before->wall_s == 0.5);
  CHECK(found[1].after->wall_s == 0.25);
  CHECK(change_line(found[1]).find("0.500 → 0.250    0.50") != std::string::npos);
  CHECK(found[2].task == "T2");
  CHECK_FALSE(found[2].after);
  CHECK(change_line(found[2]).find("not run") != std::string::npos);
}

TEST_CASE("a command that fails is an issue with its line, one that works has its output", "[bench]") {
  const auto good = run({{"/bin/sh", "-c", "printf %s \"$WORD\""}, {{"WORD", "said"}}}, Output::kept);
  REQUIRE(good);
  CHECK(good->output == "said");
  CHECK(good->cost.wall_s > 0);
  CHECK(good->cost.peak_mb > 0);
  const auto bad = run({{"/bin/sh", "-c", "exit 3"}, {}});
  REQUIRE_FALSE(bad);
  CHECK(bad.issue().message.english().find("status 3") != std::string::npos);
  const auto killed = run({{"/bin/sh", "-c", "kill -9 $$"}, {}});
  REQUIRE_FALSE(killed);
  CHECK(killed.issue().message.english().find("signal 9") != std::string::npos);
  CHECK_FALSE(run({{"/no/such/program"}, {}}));
}

TEST_CASE("the floor counts rows and bytes of just the cells that are named", "[bench]") {
  const ScratchFolder folder;
  const std::string region = made_region(folder);
  const auto codes = run({{floor_program, region, "natural_villages:code"}, {}}, Output::kept);
  REQUIRE(codes);
  sqlite3* connection = nullptr;
  REQUIRE(sqlite3_open(region.c_str(), &connection) == SQLITE_OK);
  sqlite3_exec(
      connection, "SELECT count(*) || ' rows, ' || sum(length(CAST(code AS BLOB))) FROM natural_villages",
      [](void* output, int, char** cells, char**) {
        CHECK(static_cast<const std::string*>(output)->find(std::string(cells[0]) + " bytes") == 0);
        return 0;
      },
      const_cast<std::string*>(&codes->output), nullptr);
  sqlite3_close_v2(connection);
  CHECK_FALSE(run({{floor_program, region, "roads:no_such_column"}, {}}, Output::kept));
  CHECK_FALSE(run({{floor_program, folder.file("missing.gpkg"), "roads:geom"}, {}}, Output::kept));
}

TEST_CASE("each task's floor reads what the region has and every field that its indicators need", "[bench]") {
  const ScratchFolder folder;
  const std::string region = made_region(folder);
  const auto definitions = indicators::Definitions::load(std::string(XIANGTU_SOURCE_DIR) + "/assets");
  REQUIRE(definitions);
  for (const Task& task : all_tasks()) {
    CAPTURE(task.name);
    const auto selected = definitions->select("coverage", indicators_of(task));
    REQUIRE(selected);
    std::set<std::string> read;
    for (const std::string& layer : task.reads) {
      CAPTURE(layer);
      const std::string table = layer.substr(0, layer.find(':'));
      const std::set<std::string> there = columns_of(region, table);
      for (const std::string& column : split(layer.substr(table.size() + 1), ',')) {
        CHECK(there.count(column) == 1);
        read.insert(column);
      }
    }
    std::set<std::string> there;
    const auto available = [&](table::Role role, std::string_view field) {
      const std::set<std::string> columns = columns_of(region, std::string(table::role_name(role)));
      return field.empty() ? !columns.empty() : columns.count(std::string(field)) == 1;
    };
    const indicators::Needs needs = task.command == "reach"
                                        ? reach::needs_of_road_reach(*definitions, {})
                                        : indicators::needs_of(*selected, *definitions, available);
    for (const table::Role role : needs.roles)
      there.merge(columns_of(region, std::string(table::role_name(role))));
    for (const std::string& field : needs.fields) {
      CAPTURE(field);
      if (there.count(field) == 1) CHECK(read.count(field) == 1);
    }
  }
}
