// Each format written by GDAL and read back into the schema.
#include "datasets.hpp"

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
