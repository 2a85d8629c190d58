// Rows as they are in the world: what cannot be used is listed with its row and spoils nothing else.
#include "datasets.hpp"

#include "geodesy/measure.hpp"

using namespace xiangtu;
using namespace xiangtu::test;
using table::GeometryKind;
using table::Role;

namespace {

using Rows = std::vector<std::int64_t>;

io::ReadLayer through(Folder& folder, const Layer& layer, Role role, const io::Mapping& map = {}) {
  const std::string path = folder.file(layer.name + ".gpkg");
  write_dataset(path, "GPKG", {layer});
  return read(opened({path}, map), role);
}

}  // namespace

TEST_CASE("rows without a usable geometry keep their place") {
  Folder folder;
  const io::ReadLayer layer =
      through(folder,
              {"roads",
               wkbUnknown,
               4490,
               {{"surface", OFTString}},
               {{"LINESTRING (109 38, 109.1 38)", {"沥青"}},
                {"", {"水泥"}},
                {"LINESTRING EMPTY", {"砂石"}},
                {"POINT (109 38)", {"土路"}},
                {"LINESTRING (109 38, 109 95)", {"沥青"}},
                {"MULTILINESTRING ((109 38, 109.1 38), (109.2 38, 109.3 38, 109.4 38))", {"沥青"}},
                {"GEOMETRYCOLLECTION (POINT (1 1), LINESTRING (109 38, 109.1 38))", {"沥青"}},
                {"LINESTRING Z (109 38 1000, 109.1 38 1010)", {"沥青"}},
                {"COMPOUNDCURVE (CIRCULARSTRING (109 38, 109.05 38.05, 109.1 38))", {"沥青"}}}},
              Role::roads);
  REQUIRE(layer.table.size() == 9);
  const table::GeometryColumn& geometry = layer.table.geometry;
  CHECK(geometry.kind() == GeometryKind::line);
  for (const std::size_t row : {1u, 2u, 3u, 4u}) CHECK(geometry.empty_at(row));
  CHECK(geometry.part_end(5) - geometry.part_begin(5) == 2);
  CHECK(geometry.vertices_of(5).size() == 5);
  CHECK(geometry.vertices_of(6).size() == 2);
  CHECK(geometry.vertices_of(7)[1] == geodesy::LonLat{109.1, 38});
  CHECK(geometry.vertices_of(8).size() > 10);  // the arc as a line
  CHECK(finding(layer, "geometry.null")->rows == Rows{2});
  CHECK(finding(layer, "geometry.empty")->rows == Rows{3});
  CHECK(finding(layer, "geometry.kind")->rows == Rows{4});
  CHECK(finding(layer, "geometry.out_of_range")->rows == Rows{5});
  CHECK(shown(layer, "surface", 3) == "earth");  // its attributes still count
}

TEST_CASE("polygons keep their holes, turned the right way round") {
  Folder folder;
  const io::ReadLayer layer = through(
      folder,
      {"counties",
       wkbMultiPolygon,
       4490,
       {{"code", OFTString}},
       {{"MULTIPOLYGON (((0 0, 0 3, 3 3, 3 0, 0 0), (1 1, 2 1, 2 2, 1 2, 1 1)), ((5 5, 6 5, 6 6, 5 5)))",
         {"610802"}}}},
      Role::counties);
  const table::GeometryColumn& geometry = layer.table.geometry;
  REQUIRE(geometry.part_end(0) == 3);
  CHECK(!geometry.is_hole(0));
  CHECK(geometry.is_hole(1));
  CHECK(!geometry.is_hole(2));
  CHECK(geodesy::ring_area(geometry.part(0)).value > 0);
  CHECK(geodesy::ring_area(geometry.part(1)).value < 0);
}

TEST_CASE("cells that cannot be read are missing and listed") {
  Folder folder;
  write_text(folder.file("villages.csv"),
             "code,name,人口,户数,快递,规划状态,longitude,latitude\n"
             "610802001001,甲,\"1,200\",300,√,启动,109.1,38.1\n"
             "610802001001.0,乙,many,-5,×,???,109.2,38.2\n"
             "6.10802E+11,丙,NA,３０,maybe,,109.3,38.3\n"
             ",丁,—,,是,批复,north,38.4\n"
             "610802001005,戊,99999999999,12户,否,入库,0,0\n");
  const io::Dataset dataset = opened({folder.file("villages.csv")});
  CHECK(dataset.layers()[0].crs == "EPSG:4326");
  CHECK(dataset.layers()[0].crs_evidence == "names of the columns");
  CHECK(dataset.layers()[0].geometry_evidence == "longitude, latitude");
  const io::ReadLayer layer = read(dataset, Role::villages);
  REQUIRE(layer.table.size() == 5);
  CHECK(shown(layer, "population", 0) == "1200");
  CHECK(shown(layer, "households", 2) == "30");
  CHECK(shown(layer, "households", 4) == "12");
  CHECK(shown(layer, "express", 0) == "1");
  CHECK(shown(layer, "express", 1) == "0");
  CHECK(shown(layer, "plan_status", 0) == "started");
  CHECK(shown(layer, "code", 1) == "610802001001");
  const Rows first = {layer.table.row_ids[0], layer.table.row_ids[1]};
  CHECK(finding(layer, "code.duplicate")->rows == first);
  CHECK(finding(layer, "code.lost_digits")->rows == Rows{layer.table.row_ids[2]});
  CHECK(finding(layer, "code.missing")->rows == Rows{layer.table.row_ids[3]});
  CHECK(finding(layer, "value.not_a_number", "population")->rows == Rows{layer.table.row_ids[1]});
  CHECK(finding(layer, "value.not_a_number", "longitude")->rows == Rows{layer.table.row_ids[3]});
  CHECK(finding(layer, "value.out_of_range", "population")->rows == Rows{layer.table.row_ids[4]});
  CHECK(finding(layer, "value.out_of_range", "households")->rows == Rows{layer.table.row_ids[1]});
  CHECK(finding(layer, "value.not_boolean")->rows == Rows{layer.table.row_ids[2]});
  CHECK(finding(layer, "value.unknown_choice")->message.english().find("???") != std::string::npos);
  CHECK(finding(layer, "geometry.at_zero")->rows == Rows{layer.table.row_ids[4]});
  CHECK(finding(layer, "geometry.null")->rows == Rows{layer.table.row_ids[3]});
  CHECK(layer.table.geometry.vertices_of(0)[0] == geodesy::LonLat{109.1, 38.1});
}

TEST_CASE("codes from numeric columns are digits") {
  Folder folder;
  const io::ReadLayer layer =
      through(folder,
              {"villages",
               wkbPoint,
               4490,
               {{"code", OFTReal}, {"township", OFTInteger64}, {"county", OFTInteger}},
               {{"POINT (109 38)", {"610802001001", "610802001", "610802"}}}},
              Role::villages);
  CHECK(shown(layer, "code", 0) == "610802001001");
  CHECK(shown(layer, "township_code", 0) == "610802001");
  CHECK(shown(layer, "county_code", 0) == "610802");
}

TEST_CASE("a length column's unit is found by the geometry") {
  Folder folder;
  const auto with = [&](const char* field, std::vector<std::string> values) {
    static int n = 0;
    Layer layer{"roads", wkbLineString, 4490, {{"surface", OFTString}, {field, OFTReal}}, {}};
    double x = 109;
    for (const std::string& value : values) {
      layer.rows.push_back(
          {"LINESTRING (" + std::to_string(x) + " 38, " + std::to_string(x + 0.1) + " 38)", {"沥青", value}});
      x += 0.2;
    }
    const std::string path = folder.file("r" + std::to_string(++n) + ".gpkg");
    write_dataset(path, "GPKG", {layer});
    return read(opened({path}), Role::roads);
  };  // each road is 8.78 km
  const io::ReadLayer metres = with("长度", {"8800", "8700", "9000"});
  CHECK(shown(metres, "length_km", 0) == "8.8");
  CHECK(finding(metres, "length.unit")->message.english().find("metres") != std::string::npos);
  const io::ReadLayer kilometres = with("length", {"8.8", "8.7", "9"});
  CHECK(shown(kilometres, "length_km", 0) == "8.8");
  CHECK(finding(kilometres, "length.unit")->severity == Severity::note);
  const io::ReadLayer half_kilometres = with("length", {"17.6", "17.4", "18"});
  CHECK(half_kilometres.table.find("length_km")->missing(0));
  const io::ReadLayer nonsense = with("length", {"1", "0.5", "0.9"});
  CHECK(nonsense.table.find("length_km")->missing(0));
  CHECK(finding(nonsense, "length.unit")->severity == Severity::warning);
  const io::ReadLayer written = with("length_m", {"8800", "8700", "9000"});
  CHECK(shown(written, "length_km", 0) == "8.8");
  CHECK(!finding(written, "length.unit"));
}

TEST_CASE("a ledger's lengths that differ from the lines are listed") {
  Folder folder;
  write_dataset(folder.file("roads.gpkg"), "GPKG",
                {{"roads",
                  wkbLineString,
                  4490,
                  {{"surface", OFTString}, {"length_km", OFTReal}},
                  {{"LINESTRING (109 38, 109.1 38)", {"asphalt", "8.78"}},
                   {"LINESTRING (109 38, 109.1 38)", {"asphalt", "9.3"}},
                   {"LINESTRING (109 38, 109.0001 38)", {"asphalt", "0.02"}}}}});
  const io::ReadLayer roads = read(opened({folder.file("roads.gpkg")}), Role::roads);
  REQUIRE(finding(roads, "ledger.length_differs"));
  CHECK(finding(roads, "ledger.length_differs")->rows == std::vector<std::int64_t>{2});
}

TEST_CASE("rows that add up others are left out and listed") {
  Folder folder;
  write_text(folder.file("villages.csv"),
             "编码,名称,户数,自来水户数\n610802100201,甲村,10,5\n,合 "
             "计,100,50\n小计,,100,50\n610802100202,合计村,20,20\n");
  const io::ReadLayer villages = read(opened({folder.file("villages.csv")}), Role::villages);
  // "合 计" with a space inside is another word; the sheet's usual spellings are known.
  CHECK(villages.table.size() == 3);
  REQUIRE(finding(villages, "row.total"));
  CHECK(finding(villages, "row.total")->rows.size() == 1);
}

TEST_CASE("a folder gives all its datasets, and says what it passed over") {
  Folder folder;
  write_dataset(folder.file("roads.shp"), "ESRI Shapefile",
                {{"roads",
                  wkbLineString,
                  4490,
                  {{"surface", OFTString}},
                  {{"LINESTRING (109 38, 109.1 38)", {"asphalt"}}}}});
  write_text(folder.file("bridges.csv"), "lon,lat,condition_class\n109,38,4\n");
  write_text(folder.file("notes.json"), "{\"a\": 1}");
  write_text(folder.file(".bridges.1234.gpkg"), "half written");
  const io::Dataset dataset = opened({folder.path()});
  CHECK(dataset.layer_of(Role::roads));
  CHECK(dataset.layer_of(Role::bridges));
  REQUIRE(dataset.findings().size() == 1);
  CHECK(dataset.findings()[0].id == "file.passed_over");
  CHECK(dataset.findings()[0].source == folder.file("notes.json"));
}

TEST_CASE("projected coordinates become longitude and latitude") {
  Folder folder;
  for (const auto& [epsg, x, y] :
       {std::tuple{4545, 653105.125, 4241136.872}, std::tuple{4546, 390641.149, 4240427.043},
        std::tuple{4524, 36653105.125, 4241136.872}}) {
    Layer layer{"villages", wkbPoint, epsg, {{"code", OFTString}}, {}};
    layer.rows.push_back({fmt::format("POINT ({:.3f} {:.3f})", x, y), {"610802001001"}});
    const std::string path = folder.file(std::to_string(epsg) + ".gpkg");
    write_dataset(path, "GPKG", {layer});
    const io::ReadLayer got = read(opened({path}), Role::villages);
    CHECK(got.table.source.crs == "EPSG:" + std::to_string(epsg));
    REQUIRE(!got.table.geometry.empty_at(0));
    CHECK(geodesy::distance(got.table.geometry.vertices()[0], {109.75, 38.29}).value < 0.002);
  }
}

TEST_CASE("geographic coordinates on the working datum come through bit by bit") {
  Folder folder;
  for (const int epsg : {4326, 4490}) {
    const std::string path = folder.file(std::to_string(epsg) + ".gpkg");
    write_dataset(
        path, "GPKG",
        {{"villages", wkbPoint, epsg, {{"code", OFTString}}, {{"POINT (109.7345 38.2852)", {"1"}}}}});
    CHECK(read(opened({path}), Role::villages).table.geometry.vertices()[0] ==
          geodesy::LonLat{109.7345, 38.2852});
  }
}

TEST_CASE("a datum without a known shift is said") {
  Folder folder;
  const io::ReadLayer layer = through(
      folder, {"villages", wkbPoint, 4610, {{"code", OFTString}}, {{"POINT (109.7 38.2)", {"610802001001"}}}},
      Role::villages);
  REQUIRE(finding(layer, "crs.unknown_shift"));
  CHECK(finding(layer, "crs.unknown_shift")->severity == Severity::warning);
}

TEST_CASE("a CSV with WKT needs its coordinate system said") {
  Folder folder;
  write_text(folder.file("roads.csv"),
             "code,surface,WKT\nC1,沥青,\"LINESTRING (109 38, 109.1 38)\"\nC2,土,\nC3,土,LINESTRING (109\n");
  CHECK(refused({folder.file("roads.csv")}).code == IssueCode::input_no_crs);
  const io::ReadLayer layer =
      read(opened({folder.file("roads.csv")},
                  mapping("[[layer]]\nlayer=\"roads\"\nwkt=\"WKT\"\ncrs=\"EPSG:4490\"\n")),
           Role::roads);
  REQUIRE(layer.table.size() == 3);
  CHECK(layer.table.geometry.vertices_of(0).size() == 2);
  CHECK(finding(layer, "geometry.null")->rows == Rows{layer.table.row_ids[1]});
}

TEST_CASE("columns x and y need a coordinate system") {
  Folder folder;
  write_text(folder.file("villages.csv"), "code,x,y\n610802001001,653105.125,4241136.872\n");
  CHECK(refused({folder.file("villages.csv")}).code == IssueCode::input_no_crs);
  const io::ReadLayer layer = read(
      opened({folder.file("villages.csv")}, mapping("[[layer]]\nlayer=\"villages\"\ncrs=\"EPSG:4545\"\n")),
      Role::villages);
  CHECK(geodesy::distance(layer.table.geometry.vertices()[0], {109.75, 38.29}).value < 0.002);
}

TEST_CASE("a ledger in a spreadsheet is a table of its own") {
  Folder folder;
  write_dataset(
      folder.file("ledger.xlsx"), "XLSX",
      {{"项目库",
        wkbNone,
        0,
        {{"项目编码", OFTString}, {"总投资（万元）", OFTReal}, {"阶段", OFTString}, {"开工日期", OFTDate}},
        {{"", {"P001", "120.5", "在建", "2023/03/01"}}, {"", {"P002", "80", "验收", ""}}}}});
  const io::Dataset dataset = opened({folder.file("ledger.xlsx")});
  const io::ReadLayer layer = read(dataset, Role::projects);
  REQUIRE(layer.table.size() == 2);
  CHECK(!layer.table.has_geometry());
  CHECK(shown(layer, "budget_yuan", 0) == "1205000");
  CHECK(shown(layer, "stage", 1) == "accepted");
  CHECK(shown(layer, "start", 0) == "2023-03-01");
}

TEST_CASE("only what is asked for is read") {
  Folder folder;
  write_dataset(folder.file("a.gpkg"), "GPKG",
                {{"roads",
                  wkbLineString,
                  4490,
                  {{"surface", OFTString}, {"width_m", OFTReal}, {"colour", OFTString}},
                  {{"LINESTRING (109 38, 109.1 38)", {"沥青", "4", "red"}}}}});
  const io::Dataset dataset = opened({folder.file("a.gpkg")});
  Progress progress;
  io::ReadRequest request;
  request.fields = {"surface", "condition"};
  request.geometry = false;
  Result<io::ReadLayer> layer = dataset.read(*dataset.layer_of(Role::roads), request, progress);
  REQUIRE(layer.ok());
  CHECK(layer->table.columns.size() == 1);
  CHECK(!layer->table.has_geometry());
  CHECK(progress.done() == 1);
  CHECK(std::string{progress.stage()} == "reading roads");
  const io::ReadLayer all = read(dataset, Role::roads);
  CHECK(shown(all, "colour", 0) == "red");  // unknown fields are kept and shown
}

TEST_CASE("boundaries are told apart by the digits of their codes") {
  Folder folder;
  const auto square = [](int x) {
    return fmt::format("POLYGON (({0} 38, {1} 38, {1} 39, {0} 38))", x, x + 1);
  };
  write_dataset(folder.file("a.gpkg"), "GPKG",
                {{"XZQ",
                  wkbPolygon,
                  4490,
                  {{"XZQDM", OFTString}, {"XZQMC", OFTString}},
                  {{square(109), {"610802001", "甲"}}, {square(110), {"610802100", "乙"}}}},
                 {"XJ",
                  wkbPolygon,
                  4490,
                  {{"PAC", OFTInteger}},
                  {{square(109), {"610802"}}, {square(110), {"610803"}}}}});
  const io::Dataset dataset = opened({folder.file("a.gpkg")});
  CHECK(dataset.layer_of(Role::townships)->name == "XZQ");
  CHECK(dataset.layer_of(Role::townships)->role_evidence == "codes of 9 digits in XZQDM");
  CHECK(dataset.layer_of(Role::counties)->name == "XJ");
  CHECK(shown(read(dataset, Role::townships), "name", 1) == "乙");
}

TEST_CASE("roles are found by fields where the name says nothing") {
  Folder folder;
  write_dataset(folder.file("a.gpkg"), "GPKG",
                {{"layer1",
                  wkbLineString,
                  4490,
                  {{"路面类型", OFTString}},
                  {{"LINESTRING (109 38, 109.1 38)", {"沥青"}}}},
                 {"layer2", wkbPoint, 4490, {{"跨径分类", OFTString}}, {{"POINT (109 38)", {"大桥"}}}},
                 {"layer3", wkbPoint, 4490, {{"height", OFTString}}, {{"POINT (109 38)", {"3"}}}},
                 {"roads", wkbPoint, 4490, {{"height", OFTString}}, {{"POINT (109 38)", {"3"}}}}});
  const io::Dataset dataset = opened({folder.file("a.gpkg")});
  CHECK(dataset.layer_of(Role::roads)->name == "layer1");
  CHECK(dataset.layer_of(Role::roads)->role_evidence == "fields surface");
  CHECK(dataset.layer_of(Role::bridges)->name == "layer2");
  CHECK(!dataset.layers()[2].role);
  CHECK(dataset.layers()[3].role_evidence.find("points") != std::string::npos);
}

namespace {

// Roads of mixed surfaces and widths, more than are read at once.
Layer mixed_roads() {
  const char* const surfaces[] = {"沥青", "水泥", "", "砂石", "土路"};
  const char* const widths[] = {"3.5", "", "6.5", "4.5", "3.5", "7"};
  Layer layer{
      "roads", wkbLineString, 4490, {{"code", OFTString}, {"surface", OFTString}, {"width_m", OFTReal}}, {}};
  for (int i = 0; i < 10'000; ++i) {
    const std::string lon = std::to_string(109 + (i % 100) * 0.01),
                      lat = std::to_string(38 + (i / 100) * 0.01);
    layer.rows.push_back({"LINESTRING (" + lon + " " + lat + ", " + lon + " " +
                              std::to_string(38.005 + (i / 100) * 0.01) + ")",
                          {"C" + std::to_string(i), surfaces[i % 5], widths[i % 6]}});
  }
  return layer;
}

}  // namespace

TEST_CASE("a sieve leaves out just the rows that it does not need, in any format") {
  table::RowSieve sieve;
  sieve.fields = {"surface", "nonsense", "width_m"};
  sieve.needs = [](std::span<const table::FieldValue> values) {
    const auto* surface = std::get_if<std::string_view>(&values[0]);
    const auto* width = std::get_if<double>(&values[2]);
    const bool unknown = !surface && std::holds_alternative<std::monostate>(values[1]);
    return unknown || (surface && *surface == "earth") || (width && *width > 6);
  };
  Folder folder;
  for (const auto& [ending, driver] : {std::pair{".gpkg", "GPKG"}, std::pair{".geojson", "GeoJSON"}}) {
    const std::string path = folder.file(std::string{"roads"} + ending);
    write_dataset(path, driver, {mixed_roads()});
    const io::Dataset dataset = opened({path});
    io::ReadRequest request;
    request.fields = {"code", "surface", "width_m"};
    Progress progress;
    const auto whole = dataset.read(*dataset.layer_of(Role::roads), request, progress);
    request.sieve = sieve;
    request.fields = {"code"};  // those of the sieve come by themselves
    const auto some = dataset.read(*dataset.layer_of(Role::roads), request, progress);
    REQUIRE((whole && some));
    CHECK(whole->table.size() == 10'000);
    std::size_t next = 0;
    for (std::size_t row = 0; row < whole->table.size(); ++row) {
      const std::string surface = shown(*whole, "surface", row);
      const std::string width = shown(*whole, "width_m", row);
      if (!surface.empty() && surface != "earth" && (width.empty() || std::stod(width) <= 6)) continue;
      REQUIRE(next < some->table.size());
      CHECK(some->table.row_ids[next] == whole->table.row_ids[row]);
      CHECK(shown(*some, "code", next) == shown(*whole, "code", row));
      CHECK(some->table.geometry.vertices_of(next)[0] == whole->table.geometry.vertices_of(row)[0]);
      ++next;
    }
    CHECK(next == some->table.size());
    CHECK_FALSE(finding(*some, "rows.count"));
  }
}

TEST_CASE("what a source knows of its extent is around its features and hardly wider") {
  Folder folder;
  const std::string path = folder.file("roads.gpkg"), bare = folder.file("bare.gpkg");
  write_dataset(path, "GPKG", {mixed_roads()});
  write_dataset(bare, "GPKG", {mixed_roads()}, {"SPATIAL_INDEX=NO"});
  const io::Dataset dataset = opened({path});
  const auto known = dataset.extent(*dataset.layer_of(Role::roads));
  REQUIRE(known);
  const geodesy::LonLatBox box = read(dataset, Role::roads).table.geometry.box();
  CHECK(known->contains(box.min));
  CHECK(known->contains(box.max));
  CHECK(known->min.lon > box.min.lon - 2e-5);
  CHECK(known->max.lat < box.max.lat + 2e-5);
  const io::Dataset without = opened({bare});
  CHECK_FALSE(without.extent(*without.layer_of(Role::roads)));
}
