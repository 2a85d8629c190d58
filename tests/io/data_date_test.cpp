#include "io/data_date.hpp"

#include <sys/stat.h>
#include <utime.h>

#include <cstdlib>
#include <ctime>
#include <fstream>

#include <catch2/catch.hpp>

#include "io/sqlite_connection.hpp"
#include "support/scratch_folder.hpp"

using namespace xiangtu;

namespace {

std::time_t noon_of(int year, int month, int day) {
  std::tm noon{};
  noon.tm_year = year - 1900;
  noon.tm_mon = month - 1;
  noon.tm_mday = day;
  noon.tm_hour = 12;
  noon.tm_isdst = -1;
  return std::mktime(&noon);
}

void date_file(const std::string& path, std::time_t time) {
  const utimbuf times{time, time};
  REQUIRE(::utime(path.c_str(), &times) == 0);
}

void make_geopackage(const std::string& path, const std::string& sql) {
  sqlite3* connection = nullptr;
  REQUIRE(sqlite3_open(path.c_str(), &connection) == SQLITE_OK);
  REQUIRE(sqlite3_exec(connection, sql.c_str(), nullptr, nullptr, nullptr) == SQLITE_OK);
  sqlite3_close(connection);
}

}  // namespace

TEST_CASE("data is as old as the newest of its files") {
  const test::ScratchFolder folder;
  const std::string older = folder.file("older.shp"), newer = folder.file("newer.csv");
  for (const std::string& path : {older, newer}) std::ofstream{path} << "x";
  date_file(older, noon_of(2021, 3, 9));
  date_file(newer, noon_of(2022, 11, 30));
  CHECK(io::data_date({older}) == io::DataDate{"2021-03-09", true});
  CHECK(io::data_date({newer, older}) == io::DataDate{"2022-11-30", true});
  CHECK(io::data_date({older, folder.file("none"), folder.path()}) == io::DataDate{"2021-03-09", true});
}

TEST_CASE("a GeoPackage tells its own date, whenever the file was copied") {
  const test::ScratchFolder folder;
  const std::string path = folder.file("a.gpkg");
  make_geopackage(path,
                  "CREATE TABLE gpkg_contents (table_name, last_change);"
                  "INSERT INTO gpkg_contents VALUES ('a', '2019-05-01T08:00:00.000Z'), "
                  "('b', '2020-02-29T00:00:00Z'), ('c', NULL)");
  date_file(path, noon_of(2025, 1, 1));
  CHECK(io::data_date({path}) == io::DataDate{"2020-02-29", false});
}

TEST_CASE("a GeoPackage that tells no date is as old as its file") {
  const test::ScratchFolder folder;
  for (const char* sql : {"CREATE TABLE other (x)", "CREATE TABLE gpkg_contents (table_name, last_change)",
                          "CREATE TABLE gpkg_contents (table_name, last_change);"
                          "INSERT INTO gpkg_contents VALUES ('a', 'yesterday')"}) {
    INFO(sql);
    const std::string path = folder.file("a.gpkg");
    std::remove(path.c_str());
    make_geopackage(path, sql);
    date_file(path, noon_of(2024, 6, 15));
    CHECK(io::data_date({path}) == io::DataDate{"2024-06-15", true});
  }
}

TEST_CASE("what is no file has no date") {
  CHECK_FALSE(io::data_date({"PG:host=localhost dbname=x"}));
  CHECK_FALSE(io::data_date({}));
}
