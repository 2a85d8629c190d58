// Each format written by GDAL and read back into the schema.
#include <sqlite3.h>

#include "datasets.hpp"
#include "io/geopackage.hpp"

using namespace xiangtu;
using namespace xiangtu::test;
using table::Role;

namespace {

Layer roads() {
  return {"roads",
          wkbLineString,
          4490,
          {{"code", OFTString}, {"路面类型", OFTString}, {"技术等级", OFTString}, {"width_m", OFTReal}},
          {{"LINESTRING (109 38, 109.01 38)", {"C001610802", "沥青混凝土", "四级", "4.5"}},
           {"LINESTRING (109 38.1, 109.01 38.1, 109.02 38.1)", {"C002610802", "砂石", "等外", ""}}}};
}

void check_roads(const io::ReadLayer& read) {
  REQUIRE(read.table.size() == 2);
  CHECK(shown(read, "code", 0) == "C001610802");
  CHECK(shown(read, "surface", 0) == "asphalt_concrete");
  CHECK(shown(read, "surface", 1) == "gravel");
  CHECK(shown(read, "technical_class", 0) == "4");
  CHECK(shown(read, "technical_class", 1) == "unclassified");
  CHECK(shown(read, "width_m", 0) == "4.5");
  CHECK(read.table.find("width_m")->missing(1));
  REQUIRE(read.table.geometry.kind() == table::GeometryKind::line);
  CHECK(read.table.geometry.vertices_of(0).size() == 2);
  CHECK(read.table.geometry.vertices_of(1).size() == 3);
  CHECK(read.table.geometry.vertices_of(1)[2].lon == Approx(109.02));
  CHECK(read.findings.empty());
}

void check_same_findings(const io::ReadLayer& a, const io::ReadLayer& b) {
  REQUIRE(a.findings.size() == b.findings.size());
  for (std::size_t i = 0; i < a.findings.size(); ++i) {
    CHECK(a.findings[i].id == b.findings[i].id);
    CHECK(a.findings[i].rows == b.findings[i].rows);
    CHECK(a.findings[i].message == b.findings[i].message);
  }
}

}  // namespace

TEST_CASE("a GeoPackage is read and nothing is written beside it") {
  Folder folder;
  write_dataset(folder.file("region.gpkg"), "GPKG", {roads()});
  const auto before = folder.listing();
  {
    const io::Dataset dataset = opened({folder.file("region.gpkg")});
    REQUIRE(dataset.layers().size() == 1);
    const io::LayerInfo& info = dataset.layers()[0];
    CHECK(info.role == Role::roads);
    CHECK(info.role_evidence == "layer name");
    CHECK(info.crs == "EPSG:4490");
    CHECK(info.rows == 2);
    check_roads(read(dataset, Role::roads));
    check_roads(read(dataset, Role::roads));  // a second time, from the first row on
    CHECK(folder.listing() == before);
  }
  CHECK(folder.listing() == before);
}

TEST_CASE("a GeoPackage read by SQLite in ranges is what GDAL reads of it, row by row") {
  Folder folder;
  Layer roads{"roads",
              wkbUnknown,
              4490,
              {{"code", OFTString}, {"surface", OFTString}, {"width_m", OFTReal}, {"year_built", OFTInteger}},
              {}};
  for (int i = 0; i < 40000; ++i) {
    const std::string x = std::to_string(100 + i * 1e-4), n = std::to_string(i);
    Row row{"LINESTRING (" + x + " 38, " + x + " 38.1)",
            {"C" + n, i % 3 ? "asphalt" : "", i % 5 ? "3.5" : "-1", i % 7 ? "2001" : ""}};
    if (i % 1000 == 1) row.wkt = "MULTILINESTRING Z ((" + x + " 38 1, " + x + " 39 2), (1 1 1, 2 2 2))";
    if (i % 1000 == 2) row.wkt = "LINESTRING EMPTY";
    if (i % 1000 == 3) row.wkt.clear();
    if (i % 1000 == 4) row.wkt = "POINT (1 2)";
    if (i % 1000 == 5) row.wkt = "CIRCULARSTRING (100 38, 100.1 38.1, 100.2 38)";
    if (i % 1000 == 6) row.wkt = "GEOMETRYCOLLECTION (POINT (1 2), LINESTRING (3 4, 5 6))";
    roads.rows.push_back(row);
  }
  write_dataset(folder.file("roads.gpkg"), "GPKG", {roads});
  const io::ReadLayer direct = read(opened({folder.file("roads.gpkg")}), Role::roads);
  // A filter that leaves nothing out asks for GDAL's way.
  const io::ReadLayer by_gdal = read(
      opened({folder.file("roads.gpkg")}, mapping("[[layer]]\nlayer = \"roads\"\nfilter = \"fid > 0\"\n")),
      Role::roads);
  REQUIRE(direct.table.size() == 40000);
  CHECK(direct.table.row_ids == by_gdal.table.row_ids);
  REQUIRE(direct.table.columns.size() == by_gdal.table.columns.size());
  std::size_t different = 0;
  for (std::size_t c = 0; c < direct.table.columns.size(); ++c)
    for (std::size_t row = 0; row < direct.table.size(); ++row)
      different += direct.table.columns[c].shown(row) != by_gdal.table.columns[c].shown(row);
  CHECK(different == 0);
  const auto vertices = direct.table.geometry.vertices(), expected = by_gdal.table.geometry.vertices();
  REQUIRE(vertices.size() == expected.size());
  CHECK(std::equal(vertices.begin(), vertices.end(), expected.begin()));
  for (std::size_t row = 0; row < direct.table.size(); ++row)
    different += direct.table.geometry.part_end(row) != by_gdal.table.geometry.part_end(row);
  CHECK(different == 0);
  check_same_findings(direct, by_gdal);
}

TEST_CASE("a projected GeoPackage read in ranges is what GDAL reads of it") {
  Folder folder;
  Layer roads{"roads", wkbLineString, 4545, {{"code", OFTString}}, {}};  // CGCS2000, 3° zone at 108°
  for (int i = 0; i < 40000; ++i) {
    const std::string x = std::to_string(500000 + i), n = std::to_string(i);
    roads.rows.push_back({"LINESTRING (" + x + " 4200000, " + x + " 4200100)", {"C" + n}});
  }
  write_dataset(folder.file("roads.gpkg"), "GPKG", {roads});
  const io::ReadLayer direct = read(opened({folder.file("roads.gpkg")}), Role::roads);
  const io::ReadLayer by_gdal = read(
      opened({folder.file("roads.gpkg")}, mapping("[[layer]]\nlayer = \"roads\"\nfilter = \"fid > 0\"\n")),
      Role::roads);
  CHECK(direct.table.source.crs == "EPSG:4545");
  CHECK(direct.table.row_ids == by_gdal.table.row_ids);
  const auto vertices = direct.table.geometry.vertices(), expected = by_gdal.table.geometry.vertices();
  REQUIRE(vertices.size() == 80000);
  CHECK(vertices[0].lon == Approx(108).margin(1e-9));
  CHECK(std::equal(vertices.begin(), vertices.end(), expected.begin(), expected.end()));
}

TEST_CASE("a coordinate system of the mapping is shifted as one of the file is") {
  Folder folder;
  Layer places{
      "roads", wkbLineString, 4490, {{"code", OFTString}}, {{"LINESTRING (109 38, 109.1 38)", {"C1"}}}};
  write_dataset(folder.file("mapped.gpkg"), "GPKG", {places});
  places.epsg = 4214;  // Beijing 1954
  write_dataset(folder.file("own.gpkg"), "GPKG", {places});
  const io::ReadLayer own = read(opened({folder.file("own.gpkg")}), Role::roads);
  const io::ReadLayer mapped = read(
      opened({folder.file("mapped.gpkg")}, mapping("[[layer]]\nlayer = \"roads\"\ncrs = \"EPSG:4214\"\n")),
      Role::roads);
  CHECK(mapped.table.geometry.vertices()[0] == own.table.geometry.vertices()[0]);
  CHECK_FALSE(own.findings.empty());
  check_same_findings(mapped, own);
}

TEST_CASE("a count of features that is wrong is said and nothing more") {
  Folder folder;
  const std::string file = folder.file("roads.gpkg");
  for (const char* count : {"9000000000000000000", "2000000000000", "-5", "0"}) {
    write_dataset(file, "GPKG", {roads()});
    sqlite3* database = nullptr;
    REQUIRE(sqlite3_open(file.c_str(), &database) == SQLITE_OK);
    const std::string sql = std::string{"UPDATE gpkg_ogr_contents SET feature_count = "} + count;
    REQUIRE(sqlite3_exec(database, sql.c_str(), nullptr, nullptr, nullptr) == SQLITE_OK);
    sqlite3_close(database);
    CHECK(read(opened({file}), Role::roads).table.size() == 2);
    fs::remove(file);
  }
}

TEST_CASE("a GeoPackage says of itself by SQLite what it says by GDAL") {
  // A filter that leaves nothing out asks for GDAL's way.
  const std::string map = std::string{XIANGTU_SOURCE_DIR} + "/geodata/yulin.gpkg";
  const io::Dataset direct = opened({map});
  const io::Dataset by_gdal =
      opened({map}, mapping("[[layer]]\nlayer = \"counties\"\nfilter = \"fid > 0\"\n"));
  REQUIRE(direct.layers().size() == by_gdal.layers().size());
  for (std::size_t i = 0; i < direct.layers().size(); ++i) {
    const io::LayerInfo &a = direct.layers()[i], &b = by_gdal.layers()[i];
    INFO(a.name);
    CHECK(a.name == b.name);
    CHECK(a.source == b.source);
    CHECK(a.rows == b.rows);
    CHECK(a.geometry == b.geometry);
    CHECK(a.crs == b.crs);
    CHECK(a.crs_evidence == b.crs_evidence);
    CHECK(a.role == b.role);
    CHECK(a.role_evidence == b.role_evidence);
    REQUIRE(a.fields.size() == b.fields.size());
    for (std::size_t k = 0; k < a.fields.size(); ++k) {
      CHECK(a.fields[k].source_name == b.fields[k].source_name);
      CHECK(a.fields[k].canonical == b.fields[k].canonical);
      CHECK(a.fields[k].type == b.fields[k].type);
    }
  }
}

TEST_CASE("what is not plain in a GeoPackage is left to GDAL") {
  Folder folder;
  const std::string file = folder.file("region.gpkg");
  const auto changed = [&](const char* sql) {
    write_dataset(file, "GPKG", {roads()});
    sqlite3* database = nullptr;
    REQUIRE(sqlite3_open(file.c_str(), &database) == SQLITE_OK);
    CHECK(sqlite3_exec(database, sql, nullptr, nullptr, nullptr) == SQLITE_OK);
    sqlite3_close(database);
    const auto layers = io::open_geopackage(file);
    fs::remove(file);
    return layers.size();
  };
  CHECK(changed("SELECT 1") == 1);
  CHECK(changed("CREATE TABLE notes (id INTEGER PRIMARY KEY, text TEXT)") == 0);
  CHECK(changed("ALTER TABLE roads ADD COLUMN opened DATE") == 0);
  CHECK(changed("ALTER TABLE roads ADD COLUMN photo BLOB") == 0);
  CHECK(changed("UPDATE gpkg_geometry_columns SET geometry_type_name = 'GEOMETRY'") == 0);
  CHECK(changed("UPDATE gpkg_geometry_columns SET srs_id = -1") == 0);
  CHECK(changed("UPDATE gpkg_contents SET table_name = 'gone'") == 0);
  CHECK(changed("PRAGMA application_id = 0") == 0);
  CHECK(changed("UPDATE gpkg_spatial_ref_sys SET definition = 'LOCAL_CS[\"x\"]'") == 0);
}

TEST_CASE("a key that is no row number is left to GDAL") {
  Folder folder;
  const std::string file = folder.file("region.gpkg");
  const auto layers_with = [&](const std::string& key) {
    write_dataset(file, "GPKG", {roads()});
    sqlite3* database = nullptr;
    REQUIRE(sqlite3_open(file.c_str(), &database) == SQLITE_OK);
    const std::string sql = "CREATE TABLE notes (id " + key +
                            "); INSERT INTO gpkg_contents (table_name, data_type) VALUES "
                            "('notes', 'attributes')";
    CHECK(sqlite3_exec(database, sql.c_str(), nullptr, nullptr, nullptr) == SQLITE_OK);
    sqlite3_close(database);
    const auto layers = io::open_geopackage(file);
    fs::remove(file);
    return layers.size();
  };
  CHECK(layers_with("INTEGER PRIMARY KEY, text TEXT") == 2);
  CHECK(layers_with("INTEGER PRIMARY KEY DESC, text TEXT") == 0);
  CHECK(layers_with("INT PRIMARY KEY, text TEXT") == 0);
  CHECK(layers_with("INTEGER PRIMARY KEY, text TEXT) WITHOUT ROWID; CREATE TABLE gpkg_more (a INT") == 0);
}

TEST_CASE("shapefiles, GeoJSON and FlatGeobuf say the same") {
  Folder folder;
  SECTION("shapefile") {
    write_dataset(folder.file("roads.shp"), "ESRI Shapefile", {roads()}, {"ENCODING=UTF-8"});
    check_roads(read(opened({folder.file("roads.shp")}), Role::roads));
  }
  SECTION("a folder of shapefiles") {
    write_dataset(folder.file("roads.shp"), "ESRI Shapefile", {roads()}, {"ENCODING=UTF-8"});
    check_roads(read(opened({folder.path()}), Role::roads));
  }
  SECTION("GeoJSON") {
    write_dataset(folder.file("roads.geojson"), "GeoJSON", {roads()});
    check_roads(read(opened({folder.file("roads.geojson")}), Role::roads));
  }
  SECTION("FlatGeobuf") {
    write_dataset(folder.file("roads.fgb"), "FlatGeobuf", {roads()}, {"SPATIAL_INDEX=NO"});
    check_roads(read(opened({folder.file("roads.fgb")}), Role::roads));
  }
}
