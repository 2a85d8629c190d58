#include <algorithm>
#include <catch2/catch.hpp>
#include <cstring>
#include <ctime>
#include <filesystem>
#include <fstream>
#include <iterator>

#include "base/assets.hpp"
#include "support/environment.hpp"
#include "support/scratch_folder.hpp"
#include "workspace/results.hpp"

using namespace xiangtu;
using namespace xiangtu::tests;
using workspace::OpenOptions;
using workspace::StatsCache;
namespace fs = std::filesystem;

namespace {

// What was written just now is settled then.
const std::time_t later = std::time(nullptr) + 3600;

void write(const fs::path& path, std::string_view bytes) {
  std::ofstream(path, std::ios::binary) << bytes;
}

std::string read(const fs::path& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

// A cache of its own, and a source in it. What is kept of it does not matter here: a small result.
class Caching {
 public:
  Caching() { write(source(), "bytes"); }

  std::string source() const { return folder_.file("region.gpkg"); }
  std::string file(const std::string& name) const { return folder_.file(name); }
  OpenOptions sources() const { return {{source()}, std::nullopt}; }
  StatsCache open() const { return open(sources()); }
  StatsCache open(const OpenOptions& sources) const { return {sources, true, later}; }
  void store() const { open().store({}, small_result()); }
  bool knows(const StatsOptions& question) const { return open().find(question).has_value(); }
  bool knows(const OpenOptions& sources) const { return open(sources).find({}).has_value(); }
  std::vector<fs::path> entries() const {
    std::vector<fs::path> found;
    std::error_code error;
    for (const auto& entry : fs::directory_iterator(folder_.file("caches/xiangtu"), error))
      found.push_back(entry.path());
    return found;
  }
  fs::path entry() const {
    REQUIRE(entries().size() == 1);
    return entries().front();
  }

 private:
  test::ScratchFolder folder_;
  test::Environment cache_home_{"XDG_CACHE_HOME", folder_.file("caches")};
};

}  // namespace

TEST_CASE("an answer is kept and found", "[workspace]") {
  const Caching caching;
  CHECK_FALSE(caching.knows(StatsOptions{}));
  caching.store();
  StatsCache cache = caching.open();
  const auto found = cache.find({});
  REQUIRE(found);
  check_same(*found, small_result());
  CHECK(cache.remarks().empty());
  CHECK(cache.files() == std::vector{caching.source()});
}

TEST_CASE("an answer is found while its entry goes away", "[workspace]") {
  const Caching caching;
  caching.store();
  const auto found = caching.open().find({});
  fs::remove(caching.entry());
  REQUIRE(found);
  check_same(*found, small_result());
}

TEST_CASE("another question has another answer", "[workspace]") {
  const Caching caching;
  caching.store();
  std::vector<StatsOptions> others;
  const auto other = [&](const auto& change) { change(others.emplace_back()); };
  other([](StatsOptions& o) { o.set = "bulletin"; });
  other([](StatsOptions& o) { o.indicators = {"road_km"}; });
  other([](StatsOptions& o) { o.indicators = {"road_km", "tap_household_rate"}; });
  other([](StatsOptions& o) { o.levels = {}; });
  other([](StatsOptions& o) { o.levels = {atlas::Level::township}; });
  other([](StatsOptions& o) { o.levels = {atlas::Level::county, atlas::Level::township}; });
  other([](StatsOptions& o) { o.where = "610829"; });
  other([](StatsOptions& o) { o.parameters.near_m = std::nextafter(2000, 3000); });
  other([](StatsOptions& o) { o.parameters.reach_m = 0; });
  other([](StatsOptions& o) { o.parameters.rai_m = 2001; });
  other([](StatsOptions& o) { o.parameters.eligible_households = 0; });
  other([](StatsOptions& o) { o.parameters.eligible_population = 0; });
  other([](StatsOptions& o) { o.parameters.include_communities = true; });
  other([](StatsOptions& o) { o.parameters.hardened_blocks = false; });
  CHECK(caching.knows(StatsOptions{}));
  for (std::size_t i = 0; i < others.size(); ++i) {
    INFO("question " << i);
    CHECK_FALSE(caching.knows(others[i]));
    caching.open().store(others[i], small_result());
    CHECK(caching.knows(others[i]));
  }
  CHECK(caching.entries().size() == others.size() + 1);
}

TEST_CASE("a question cannot pass for another by its texts", "[workspace]") {
  const Caching caching;
  StatsOptions two, one;
  two.indicators = {"a", "b"};
  one.indicators = {"a\nindicator=b"};
  caching.open().store(two, small_result());
  CHECK(caching.knows(two));
  CHECK_FALSE(caching.knows(one));
}

TEST_CASE("other sources have another answer", "[workspace]") {
  const Caching caching;
  write(caching.file("mapping.toml"), "");
  fs::create_hard_link(caching.source(), caching.file("other.gpkg"));
  caching.store();
  CHECK(caching.knows(caching.sources()));
  const std::string source = caching.source(), other = caching.file("other.gpkg");
  CHECK_FALSE(caching.knows(OpenOptions{{other}, std::nullopt}));
  CHECK_FALSE(caching.knows(OpenOptions{{source, other}, std::nullopt}));
  CHECK_FALSE(caching.knows(OpenOptions{{source}, caching.file("mapping.toml")}));
  CHECK_FALSE(caching.knows(OpenOptions{{caching.file("missing.gpkg")}, std::nullopt}));
  CHECK_FALSE(caching.knows(OpenOptions{{"PG:dbname=region"}, std::nullopt}));
  write(caching.source(), "bytes, changed");
  CHECK_FALSE(caching.knows(caching.sources()));
}

TEST_CASE("a workspace and a mapping that change have another answer", "[workspace]") {
  const Caching caching;
  const std::string path = caching.file("region.toml"), mapping = caching.file("m.txt");
  write(path, "sources = [\"region.gpkg\"]\n");
  write(mapping, "[[layer]]\nlayer = \"a\"\nrole = \"roads\"\n");
  const OpenOptions sources{{path}, mapping};
  const auto keep = [&] {
    caching.open(sources).store({}, small_result());
    REQUIRE(caching.knows(sources));
  };
  keep();
  write(path, "sources = [\"region.gpkg\"] # changed\n");
  CHECK_FALSE(caching.knows(sources));
  keep();
  write(mapping, "[[layer]]\nlayer = \"b\"\nrole = \"roads\"\n");
  CHECK_FALSE(caching.knows(sources));
  keep();
  write(caching.source(), "changed");
  CHECK_FALSE(caching.knows(sources));
}

TEST_CASE("other definitions have another answer", "[workspace]") {
  const Caching caching;
  caching.store();
  const fs::path assets = caching.file("assets"), own = assets_folder();
  fs::create_directory(assets);
  for (const char* name : {"fields.toml", "indicators.toml", "bulletin.toml"})
    fs::copy_file(own / name, assets / name);
  {
    const test::Environment given{"XIANGTU_ASSETS", assets.string()};
    CHECK_FALSE(caching.knows(StatsOptions{}));
    for (const char* name : {"fields.toml", "indicators.toml", "bulletin.toml"}) {
      caching.store();
      CHECK(caching.knows(StatsOptions{}));
      std::ofstream(assets / name, std::ios::app) << "# changed\n";
      INFO(name);
      CHECK_FALSE(caching.knows(StatsOptions{}));
    }
  }
  CHECK(caching.knows(StatsOptions{}));
}

TEST_CASE("sources that changed just now, or while they were read, are not kept", "[workspace]") {
  const Caching caching;
  StatsCache(caching.sources(), true, std::time(nullptr) - 3600).store({}, small_result());
  CHECK(caching.entries().empty());
  const StatsCache before = caching.open();
  write(caching.source(), "changed while the figures were computed");
  before.store({}, small_result());
  CHECK(caching.entries().empty());
  caching.store();
  CHECK(caching.knows(StatsOptions{}));
}

TEST_CASE("without a cache nothing is found and nothing written", "[workspace]") {
  const Caching caching;
  caching.store();
  StatsCache unwanted{caching.sources(), false, later};
  CHECK_FALSE(unwanted.find({}));
  fs::remove_all(caching.file("caches"));
  unwanted.store({}, small_result());
  CHECK_FALSE(fs::exists(caching.file("caches")));
  CHECK(unwanted.files().empty());
}

TEST_CASE("a damaged entry is thrown away, said, and its answer computed anew", "[workspace]") {
  const Caching caching;
  caching.store();
  const fs::path entry = caching.entry();
  const std::string whole = read(entry);
  std::string damaged = whole;
  damaged[whole.size() * 2 / 3] ^= 1;
  for (const std::string& bytes : {damaged, whole.substr(0, 100), std::string{}}) {
    write(entry, bytes);
    StatsCache cache = caching.open();
    CHECK_FALSE(cache.find({}));
    REQUIRE(cache.remarks().size() == 1);
    CHECK(cache.remarks().front().english().starts_with("a damaged entry"));
    CHECK_FALSE(fs::exists(entry));
    cache.store({}, small_result());
    CHECK(read(entry) == whole);
  }
}

TEST_CASE("an entry that is whole but no result is thrown away as well", "[workspace]") {
  const Caching caching;
  caching.store();
  const std::string bytes = read(caching.entry());
  std::uint64_t key_bytes = 0;
  std::memcpy(&key_bytes, bytes.data() + 8, sizeof(key_bytes));
  const io::CacheFolder folder{caching.file("caches/xiangtu")};
  folder.store(std::string_view{bytes}.substr(32, key_bytes), "no result");
  StatsCache cache = caching.open();
  CHECK_FALSE(cache.find({}));
  CHECK(cache.remarks().size() == 1);
  CHECK(caching.entries().empty());
}
