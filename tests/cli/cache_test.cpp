// Answers that are kept in the user's cache: the same bytes as computed ones, and never in the way.
#include <algorithm>
#include <catch2/catch.hpp>
#include <chrono>
#include <vector>

#include "cli/program.hpp"

using namespace xiangtu::tests;
namespace fs = std::filesystem;

namespace {

const std::string demo = "'" + std::string(XIANGTU_SOURCE_DIR) + "/geodata/yulin.gpkg'";

// A cache of its own, and room for results.
class CachedRuns {
 public:
  Said run(const std::string& arguments, const std::string& before = "") const {
    return xiangtu_run(arguments, "XDG_CACHE_HOME='" + caches() + "' " + before);
  }
  std::string caches() const { return folder_ / "caches"; }
  std::string file(const char* name) const { return folder_ / name; }
  std::vector<fs::path> entries() const {
    std::vector<fs::path> found;
    std::error_code error;
    for (const auto& entry : fs::directory_iterator(caches() + "/xiangtu", error))
      found.push_back(entry.path());
    std::sort(found.begin(), found.end());
    return found;
  }
  // Asks until the answer is kept: sources that were written just now are not trusted for some seconds.
  bool kept(const std::string& arguments) const {
    const auto end = std::chrono::steady_clock::now() + std::chrono::seconds(60);
    while (entries().empty() && std::chrono::steady_clock::now() < end)
      if (run(arguments).status != 0) return false;
    return entries().size() == 1;
  }

 private:
  WorkFolder folder_;
};

void write(const std::string& path, const std::string& text) {
  std::ofstream(path, std::ios::binary) << text;
}

// Whether the entry was read since it was made old.
class Use {
 public:
  explicit Use(fs::path entry) : entry_(std::move(entry)) { fs::last_write_time(entry_, old_); }
  bool happened() const { return fs::last_write_time(entry_) != old_; }

 private:
  fs::path entry_;
  fs::file_time_type old_ = fs::file_time_type::clock::now() - std::chrono::hours(24);
};

}  // namespace

TEST_CASE("an answer from the cache is the same to the byte", "[cli]") {
  for (const char* question : {"--by all --format csv", "--by township --format json", "--format table",
                               "--where 610829 --format csv", "--set bulletin --format csv --bom",
                               "--lang zh --set coverage", "--near-m 500 --format json"}) {
    const CachedRuns cached;
    const std::string arguments = "stats -q " + demo + " " + question + " --findings ";
    const Said computed = cached.run(arguments + cached.file("1.csv") + " --no-cache");
    INFO(question);
    REQUIRE(computed.status == 0);
    CHECK_FALSE(fs::exists(cached.caches()));
    const Said first = cached.run(arguments + cached.file("2.csv"));
    REQUIRE(cached.entries().size() == 1);
    const Use use{cached.entries().front()};
    const Said second = cached.run(arguments + cached.file("3.csv"));
    CHECK(use.happened());
    CHECK(cached.entries().size() == 1);
    for (const Said* said : {&first, &second}) {
      CHECK(said->status == 0);
      CHECK(said->out == computed.out);
      CHECK(said->err == computed.err);
    }
    const std::string findings = read_all(cached.file("1.csv"));
    CHECK_FALSE(findings.empty());
    CHECK(read_all(cached.file("2.csv")) == findings);
    CHECK(read_all(cached.file("3.csv")) == findings);
  }
}

TEST_CASE("every format and language comes from one entry", "[cli]") {
  const CachedRuns cached;
  const std::string arguments = "stats -q --set coverage " + demo;
  for (const char* how : {" --format csv", " --format json", " --format table", " --lang zh"}) {
    const Said said = cached.run(arguments + how);
    CHECK(said.status == 0);
    CHECK(said.out == xiangtu_run(arguments + how + " --no-cache").out);
    CHECK(cached.entries().size() == 1);
  }
}

TEST_CASE("with --no-cache nothing is used either", "[cli]") {
  const CachedRuns cached;
  const std::string arguments = "stats -q --format csv " + demo;
  CHECK(cached.run(arguments).status == 0);
  REQUIRE(cached.entries().size() == 1);
  const Use use{cached.entries().front()};
  CHECK(cached.run(arguments + " --no-cache").status == 0);
  CHECK_FALSE(use.happened());
}

TEST_CASE("a damaged answer is said, thrown away and computed anew", "[cli]") {
  const CachedRuns cached;
  const std::string arguments = "stats --format csv " + demo;
  const Said computed = cached.run(arguments);
  REQUIRE(cached.entries().size() == 1);
  const fs::path entry = cached.entries().front();
  const std::string whole = read_all(entry);
  std::string damaged = whole;
  damaged[whole.size() / 2] ^= 4;
  write(entry.string(), damaged);
  const Said again = cached.run(arguments);
  CHECK(again.status == 0);
  CHECK(again.out == computed.out);
  CHECK(again.err.find("damaged entry of the cache") != std::string::npos);
  CHECK(read_all(entry) == whole);
  CHECK(cached.run(arguments).err.find("damaged") == std::string::npos);
}

TEST_CASE("a cache that cannot be written is no harm", "[cli]") {
  const CachedRuns cached;
  write(cached.caches(), "the user's");
  const std::string arguments = "stats -q --format csv " + demo;
  const Said said = cached.run(arguments);
  CHECK(said.status == 0);
  CHECK(said.err.empty());
  CHECK(said.out == xiangtu_run(arguments).out);
  CHECK(read_all(cached.caches()) == "the user's");
}

TEST_CASE("several at once give the same bytes", "[cli]") {
  const CachedRuns cached;
  const std::string arguments = "stats -q --format csv " + demo;
  const std::string computed = xiangtu_run(arguments + " --no-cache").out;
  REQUIRE_FALSE(computed.empty());
  const std::string script = "\"$@\" >" + cached.file("1") + " & \"$@\" >" + cached.file("2") +
                             " & \"$@\" >" + cached.file("3") + "; wait";
  for (const char* when : {"before it is kept", "afterwards"}) {
    const Said said = cached.run(arguments, "sh -c '" + script + "' sh");
    INFO(when);
    CHECK(said.err.empty());
    for (const char* name : {"1", "2", "3"}) CHECK(read_all(cached.file(name)) == computed);
    CHECK(cached.entries().size() == 1);
  }
}

TEST_CASE("a result never goes over a source whose answer is kept", "[cli]") {
  const CachedRuns cached;
  REQUIRE(xiangtu_run("synth --villages 60 -q -o " + cached.file("z.gpkg")).status == 0);
  const std::string arguments = "stats -q --format csv " + cached.file("z.gpkg"),
                    before = read_all(cached.file("z.gpkg"));
  REQUIRE(cached.kept(arguments));
  for (const char* option : {" -o ", " --findings "}) {
    const Said said = cached.run(arguments + option + cached.file("z.gpkg"));
    CHECK(said.status == 4);
    CHECK(said.err.find("one of the sources") != std::string::npos);
  }
  CHECK(
      cached.run(arguments + " -o " + cached.file("a.csv") + " --findings " + cached.file("a.csv")).status ==
      2);
  CHECK(read_all(cached.file("z.gpkg")) == before);
}

// A file beside a table belongs to its identity, but it is no source.
TEST_CASE("a result may go beside a source whose answer is kept, where it was before", "[cli]") {
  const CachedRuns cached;
  const std::string arguments = "stats -q --format json " + cached.file("villages.csv");
  write(cached.file("villages.csv"),
        "kind,code,name,lon,lat,households,population\nnatural,610802100200001,a,109,38,40,160\n");
  const std::string mapping = " --mapping " + cached.file("m.toml");
  write(cached.file("m.toml"), "[[layer]]\nlayer = \"villages\"\nrole = \"natural_villages\"\n");
  REQUIRE(cached.run(arguments + mapping + " -o " + cached.file("villages.json")).status == 0);
  REQUIRE(cached.kept(arguments + mapping));
  const Said said = cached.run(arguments + mapping + " -o " + cached.file("villages.json"));
  INFO(said.err);
  CHECK(said.status == 0);
}

TEST_CASE("a library of the program that changed is another program", "[cli]") {
  const CachedRuns cached;
  const fs::path built = XIANGTU_BINARY_DIR, bin = cached.file("bin");
  fs::create_directory(bin);
  for (const char* name : {"xiangtu", "xiangtu_gdal.so", "xiangtu_geos.so", "xiangtu_proj.so"})
    fs::copy_file(built / name, bin / name);
  const std::string arguments = " stats -q --format csv " + demo + " >/dev/null";
  const auto ask = [&] {
    return std::system(
        ("XDG_CACHE_HOME='" + cached.caches() + "' '" + (bin / "xiangtu").string() + "'" + arguments)
            .c_str());
  };
  REQUIRE(ask() == 0);
  REQUIRE(ask() == 0);
  REQUIRE(cached.entries().size() == 1);
  std::ofstream(bin / "xiangtu_gdal.so", std::ios::app) << '\0';
  REQUIRE(ask() == 0);
  CHECK(cached.entries().size() == 2);
}
