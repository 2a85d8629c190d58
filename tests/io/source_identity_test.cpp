#include "io/source_identity.hpp"

#include <sys/stat.h>

#include <catch2/catch.hpp>
#include <filesystem>
#include <fstream>
#include <string>

#include "support/scratch_folder.hpp"

using namespace xiangtu;
using io::identity_of;
using test::ScratchFolder;
namespace fs = std::filesystem;

namespace {

void write(const fs::path& path, std::string_view bytes) {
  std::ofstream(path, std::ios::binary) << bytes;
}

std::string text_of(const std::string& source) {
  const auto identity = identity_of({source});
  REQUIRE(identity);
  return identity->text;
}

struct stat state_of(const std::string& path) {
  struct stat state {};
  REQUIRE(::stat(path.c_str(), &state) == 0);
  return state;
}

bool same_time(const timespec& a, const timespec& b) {
  return a.tv_sec == b.tv_sec && a.tv_nsec == b.tv_nsec;
}

// Another byte at a place, with the time of change that was there before. Some file systems' clocks tick
// slowly: until the file's own time has moved on.
void change_in_secret(const std::string& path, std::streamoff at) {
  const auto before = fs::last_write_time(path);
  const timespec changed = state_of(path).st_ctim;
  std::fstream file(path, std::ios::binary | std::ios::in | std::ios::out);
  file.seekp(at);
  file.put('!');
  file.close();
  do fs::last_write_time(path, before);
  while (same_time(state_of(path).st_ctim, changed));
}

}  // namespace

TEST_CASE("the same sources have the same identity, other paths another", "[io]") {
  const ScratchFolder folder;
  write(folder.file("a.gpkg"), "bytes");
  fs::create_hard_link(folder.file("a.gpkg"), folder.file("b.gpkg"));
  fs::create_symlink(folder.file("a.gpkg"), folder.file("c.gpkg"));
  const std::string text = text_of(folder.file("a.gpkg"));
  CHECK(text_of(folder.file("a.gpkg")) == text);
  CHECK(text_of(folder.file("b.gpkg")) != text);
  CHECK(text_of(folder.file("c.gpkg")) != text);
  const std::string both = identity_of({folder.file("a.gpkg"), folder.file("b.gpkg")})->text;
  CHECK(identity_of({folder.file("b.gpkg"), folder.file("a.gpkg")})->text != both);
}

TEST_CASE("a relative path is another file in another folder", "[io]") {
  const ScratchFolder folder;
  const fs::path before = fs::current_path();
  std::string texts[2];
  for (int i = 0; i < 2; ++i) {
    fs::create_directory(folder.file(std::to_string(i)));
    fs::current_path(folder.file(std::to_string(i)));
    write("a.gpkg", "bytes");
    texts[i] = text_of("a.gpkg");
  }
  fs::current_path(before);
  CHECK(texts[0] != texts[1]);
}

TEST_CASE("a byte that changes is noticed, also when size and time are put back", "[io]") {
  const ScratchFolder folder;
  for (const std::size_t size : {1u, 1000u, 70000u, 140000u, 5000000u})
    for (const std::size_t at : {std::size_t{0}, size / 3, size - 1}) {
      const std::string path = folder.file("a.gpkg");
      write(path, std::string(size, 'x'));
      const std::string before = text_of(path);
      change_in_secret(path, static_cast<std::streamoff>(at));
      INFO("byte " << at << " of " << size);
      CHECK(text_of(path) != before);
    }
}

TEST_CASE("a file that is replaced by its like is another", "[io]") {
  const ScratchFolder folder;
  const std::string path = folder.file("a.gpkg"), like = folder.file("like");
  write(path, "bytes");
  write(like, "bytes");
  fs::last_write_time(like, fs::last_write_time(path));
  const std::string before = text_of(path);
  fs::rename(like, path);
  CHECK(text_of(path) != before);
}

TEST_CASE("files that belong to a shapefile or a table count", "[io]") {
  const ScratchFolder folder;
  for (const auto& [source, beside] : {std::pair{"roads.shp", "roads.cpg"},
                                       {"roads.shp", "roads.prj"},
                                       {"villages.csv", "villages.csvt"},
                                       {"villages.csv", "villages.prj"}}) {
    write(folder.file(source), "bytes");
    const std::string before = text_of(folder.file(source));
    write(folder.file(beside), "UTF-8");
    const std::string with = text_of(folder.file(source));
    INFO(beside);
    CHECK(with != before);
    change_in_secret(folder.file(beside), 2);
    CHECK(text_of(folder.file(source)) != with);
    fs::remove(folder.file(beside));
    CHECK(text_of(folder.file(source)) == before);
    write(folder.file("others.cpg"), "UTF-8");
    CHECK(text_of(folder.file(source)) == before);
    fs::remove(folder.file("others.cpg"));
  }
}

TEST_CASE("an unfinished change of a GeoPackage counts, a result beside it does not", "[io]") {
  const ScratchFolder folder;
  const std::string path = folder.file("a.gpkg");
  write(path, "bytes");
  fs::create_symlink(path, folder.file("link.gpkg"));
  const std::string before = text_of(path), linked = text_of(folder.file("link.gpkg"));
  for (const char* result : {"a.csv", "a.json", "a.gpkg.csv"}) write(folder.file(result), "value");
  CHECK(text_of(path) == before);
  for (const char* log : {"a.gpkg-wal", "a.gpkg-journal"}) {
    write(folder.file(log), "frames");
    INFO(log);
    CHECK(text_of(path) != before);
    CHECK(text_of(folder.file("link.gpkg")) != linked);  // SQLite looks beside what the link leads to
    fs::remove(folder.file(log));
    CHECK(text_of(path) == before);
  }
}

TEST_CASE("a folder is all its files", "[io]") {
  const ScratchFolder folder;
  CHECK_FALSE(identity_of({folder.path()}));
  write(folder.file("roads.shp"), "bytes");
  const std::string one = text_of(folder.path());
  write(folder.file("villages.csv"), "bytes");
  const std::string two = text_of(folder.path());
  CHECK(two != one);
  change_in_secret(folder.file("roads.shp"), 1);
  const std::string changed = text_of(folder.path());
  CHECK(changed != two);
  fs::remove(folder.file("villages.csv"));
  CHECK(text_of(folder.path()) != one);
  CHECK(identity_of({folder.path()})->files == std::vector<std::string>{folder.file("roads.shp")});
}

TEST_CASE("a folder of very many files is not looked through", "[io]") {
  const ScratchFolder folder;
  for (int i = 0; i < 2001; ++i) write(folder.file(std::to_string(i)), "x");
  CHECK_FALSE(identity_of({folder.path()}));
}

TEST_CASE("what is no file has no identity", "[io]") {
  const ScratchFolder folder;
  write(folder.file("a.gpkg"), "bytes");
  CHECK(identity_of({folder.file("a.gpkg")}));
  for (const char* database : {"PG:dbname=region", "pg:postgresql://host/region"}) {
    CHECK_FALSE(identity_of({database}));
    CHECK_FALSE(identity_of({folder.file("a.gpkg"), database}));
  }
  CHECK_FALSE(identity_of({folder.file("missing.gpkg")}));
  REQUIRE(::mkfifo(folder.file("pipe.geojson").c_str(), 0600) == 0);
  CHECK_FALSE(identity_of({folder.file("pipe.geojson")}));  // and nobody waits for a writer
}

// Such as GDAL's virtual formats: a change of the file that they name would go unnoticed.
TEST_CASE("formats that may lead to other files have no identity", "[io]") {
  const ScratchFolder folder;
  for (const char* name : {"villages.vrt", "villages.VRT", "service.xml", "without_ending"}) {
    write(folder.file(name), "<OGRVRTDataSource>");
    INFO(name);
    CHECK_FALSE(identity_of({folder.file(name)}));
  }
  for (const char* name : {"a.SHP", "b.GeoJSON", "c.fgb", "d.xlsx", "e.osm.pbf", "f.kml", "g.kmz", "h.dbf"}) {
    write(folder.file(name), "bytes");
    INFO(name);
    CHECK(identity_of({folder.file(name)}));
  }
}

TEST_CASE("files by themselves have an identity whatever they are called", "[io]") {
  const ScratchFolder folder;
  write(folder.file("mapping"), "bytes");
  const auto text = [&] { return io::identity_of_files({folder.file("mapping")})->text; };
  const std::string before = text();
  write(folder.file("mapping.csv"), "beside");
  CHECK(text() == before);
  change_in_secret(folder.file("mapping"), 1);
  CHECK(text() != before);
  CHECK_FALSE(io::identity_of_files({folder.file("missing")}));
  CHECK_FALSE(io::identity_of_files({folder.path()}));
}

TEST_CASE("sources are settled some time after their last change", "[io]") {
  const ScratchFolder folder;
  const std::string path = folder.file("a.gpkg");
  write(path, "bytes");
  fs::last_write_time(path, fs::file_time_type::clock::now() - std::chrono::hours(9));
  const std::time_t changed = state_of(path).st_ctim.tv_sec;
  const auto settled = [&](std::time_t now) { return identity_of({path}, now)->settled; };
  CHECK_FALSE(settled(changed));
  CHECK_FALSE(settled(changed + 2));
  CHECK(settled(changed + 3));
  fs::last_write_time(path, fs::file_time_type::clock::now() + std::chrono::hours(9));
  CHECK_FALSE(settled(changed + 3600));  // a time to come tells nothing
}
