// What bad input gets: one sentence naming file, layer and mend; nothing written.
#include "datasets.hpp"
#include "io/connection_text.hpp"

#include <sqlite3.h>

using namespace xiangtu;
using namespace xiangtu::test;
using table::Role;

namespace {

bool has(const Issue& issue, const std::string& part) {
  return issue.message.english().find(part) != std::string::npos;
}

Layer villages(const std::string& name = "villages", int epsg = 4490) {
  Layer layer{name, wkbPoint, epsg, {{"code", OFTString}, {"name", OFTString}}, {}};
  for (int i = 0; i < 2000; ++i)
    layer.rows.push_back({"POINT (" + std::to_string(109 + i * 1e-4) + " 38)",
                          {std::to_string(610802001000 + i), "village number " + std::to_string(i)}});
  return layer;
}

}  // namespace

TEST_CASE("a source that is not there, is a bare folder, or is empty") {
  Folder folder;
  const Issue missing = refused({folder.file("nowhere.gpkg")});
  CHECK(missing.code == IssueCode::input_missing);
  CHECK(has(missing, "nowhere.gpkg"));

  CHECK(refused({folder.path()}).code == IssueCode::input_unreadable);
  CHECK(has(refused({folder.path()}), "folder with nothing"));

  write_text(folder.file("empty.gpkg"), "");
  CHECK(refused({folder.file("empty.gpkg")}).code == IssueCode::input_unreadable);
  CHECK(has(refused({folder.file("empty.gpkg")}), "empty (0 bytes)"));
}

TEST_CASE("a pipe is not waited for") {
  Folder folder;
  REQUIRE(::mkfifo(folder.file("roads.gpkg").c_str(), 0600) == 0);
  const Issue issue = refused({folder.file("roads.gpkg")});
  CHECK(issue.code == IssueCode::input_unreadable);
  CHECK(has(issue, "neither a file nor a folder"));
}

TEST_CASE("a file that is no map dataset") {
  Folder folder;
  write_text(folder.file("letter.txt"), "Dear planner,\n\nthe road is open.\n");
  write_text(folder.file("image.png"), "\x89PNG\r\n\x1a\n0000");
  write_text(folder.file("garbage.gpkg"), std::string(5000, 'x'));
  for (const char* name : {"letter.txt", "image.png", "garbage.gpkg"}) {
    const Issue issue = refused({folder.file(name)});
    CHECK((issue.code == IssueCode::input_not_spatial || issue.code == IssueCode::input_unreadable));
    CHECK(has(issue, name));
  }
  write_text(folder.file("table.csv"), "a,b\n1,2\n");
  CHECK(refused({folder.file("table.csv")}).code == IssueCode::input_not_spatial);
}

TEST_CASE("a truncated GeoPackage is refused at every length") {
  Folder folder;
  write_dataset(folder.file("whole.gpkg"), "GPKG", {villages()});
  const auto size = fs::file_size(folder.file("whole.gpkg"));
  for (const double part : {0.999, 0.9, 0.5, 0.2, 0.05, 0.0005}) {
    const std::string cut = folder.file("cut.gpkg");
    fs::copy_file(folder.file("whole.gpkg"), cut, fs::copy_options::overwrite_existing);
    fs::resize_file(cut, static_cast<std::uintmax_t>(static_cast<double>(size) * part));
    const auto before = folder.listing();
    const Issue issue = refused({cut});
    CHECK((issue.code == IssueCode::input_unreadable || issue.code == IssueCode::input_not_spatial));
    CHECK(has(issue, "cut.gpkg"));
    CHECK(folder.listing() == before);
  }
}

TEST_CASE("damage inside a GeoPackage is an error, never a short count") {
  Folder folder;
  const std::string path = folder.file("damaged.gpkg");
  write_dataset(path, "GPKG", {villages()});
  // Wipe pages in the second half, where the rows are.
  const auto size = static_cast<std::streamoff>(fs::file_size(path));
  {
    std::fstream file(path, std::ios::in | std::ios::out | std::ios::binary);
    file.seekp(size * 6 / 10);
    file << std::string(static_cast<std::size_t>(size / 10), '\xFF');
  }
  Result<io::Dataset> dataset = open({path});
  if (!dataset) {
    CHECK(has(dataset.issue(), "damaged.gpkg"));
    return;
  }
  const io::LayerInfo* info = dataset->layer_of(Role::villages);
  REQUIRE(info);
  io::ReadRequest request;
  request.all_fields = true;
  Progress progress;
  const Result<io::ReadLayer> layer = dataset->read(*info, request, progress);
  REQUIRE(!layer.ok());
  CHECK(layer.issue().code == IssueCode::input_unreadable);
  CHECK(has(layer.issue(), "damaged.gpkg"));
  CHECK(has(layer.issue(), "villages"));
}

TEST_CASE("other formats cut off are never a short count") {
  Folder folder;
  const auto cut = [&](const std::string& name, double part) {
    const auto size = static_cast<double>(fs::file_size(folder.file(name)));
    fs::resize_file(folder.file(name), static_cast<std::uintmax_t>(size * part));
    Result<io::Dataset> dataset = open({folder.file(name)});
    if (!dataset) return dataset.issue();
    Progress progress;
    const Result<io::ReadLayer> layer = dataset->read(dataset->layers()[0], {}, progress);
    REQUIRE(!layer.ok());
    return layer.issue();
  };
  for (const double part : {0.99, 0.6, 0.3, 0.05}) {
    INFO(part);
    write_dataset(folder.file("villages.fgb"), "FlatGeobuf", {villages()}, {"SPATIAL_INDEX=YES"});
    CHECK(cut("villages.fgb", part).code == IssueCode::input_unreadable);
    fs::remove(folder.file("villages.fgb"));
    write_dataset(folder.file("villages.geojson"), "GeoJSON", {villages()});
    const Issue json = cut("villages.geojson", part);
    CHECK((json.code == IssueCode::input_unreadable || json.code == IssueCode::input_not_spatial));
    fs::remove(folder.file("villages.geojson"));
    write_dataset(folder.file("villages.xlsx"), "XLSX", {villages()});
    const Issue sheet = cut("villages.xlsx", part);
    CHECK((sheet.code == IssueCode::input_unreadable || sheet.code == IssueCode::input_not_spatial));
    fs::remove(folder.file("villages.xlsx"));
  }
}

TEST_CASE("no way of writing a password shows it") {
  using io::without_password;
  CHECK(without_password("PG:host=a password = 'x y' dbname=b") == "PG:host=a password = *** dbname=b");
  CHECK(without_password("PG:host=a password=secret") == "PG:host=a password=***");
  CHECK(without_password("PG:postgresql://user:secret@host/db") == "PG:postgresql://user:***@host/db");
  CHECK(without_password("/data/password=1.gpkg") == "/data/password=1.gpkg");
}

TEST_CASE("a password is not shown") {
  const Issue issue =
      refused({"PG:host=127.0.0.1 port=1 dbname=x user=u password='top secret' connect_timeout=2"});
  CHECK(has(issue, "password=***"));
  CHECK(!has(issue, "secret"));
}

TEST_CASE("a damaged shapefile") {
  Folder folder;
  Layer layer = villages();
  layer.rows.resize(50);
  write_dataset(folder.file("villages.shp"), "ESRI Shapefile", {layer});
  const std::string shp = folder.file("villages.shp"), dbf = folder.file("villages.dbf"),
                    shx = folder.file("villages.shx");
  SECTION("shapes cut off") {
    fs::resize_file(shp, fs::file_size(shp) - 100);
  }
  SECTION("table cut off") {
    fs::resize_file(dbf, fs::file_size(dbf) - 100);
  }
  SECTION("index cut off") {
    fs::resize_file(shx, fs::file_size(shx) - 100);
  }
  SECTION("index gone") {
    fs::remove(shx);
  }
  SECTION("not a shapefile at all") {
    write_text(shp, std::string(200, 'x'));
  }
  const auto before = folder.listing();
  const Issue issue = refused({shp});
  CHECK(issue.code == IssueCode::input_unreadable);
  CHECK(has(issue, "villages."));
  CHECK(folder.listing() == before);
}

TEST_CASE("no layer of a known role lists what is there") {
  Folder folder;
  Layer layer = villages("buildings");
  layer.fields = {{"height", OFTString}};
  layer.rows.resize(1);
  layer.rows[0].values = {"3"};
  write_dataset(folder.file("a.gpkg"), "GPKG", {layer});
  const Issue issue = refused({folder.file("a.gpkg")});
  CHECK(issue.code == IssueCode::input_no_role);
  CHECK(has(issue, "buildings"));
  CHECK(has(issue, "mapping"));
}

TEST_CASE("two layers of one role are not chosen between in silence") {
  Folder folder;
  write_dataset(folder.file("a.gpkg"), "GPKG", {villages()});
  write_dataset(folder.file("b.gpkg"), "GPKG", {villages("村庄")});
  const Issue same = refused({folder.file("a.gpkg"), folder.file("b.gpkg")});
  CHECK(same.code == IssueCode::input_ambiguous_role);
  CHECK(has(same, "a.gpkg"));
  CHECK(has(same, "b.gpkg"));
  CHECK(has(same, "role = \"ignore\""));
  // The mend in the message works.
  CHECK(open({folder.file("a.gpkg"), folder.file("b.gpkg")},
             mapping("[[layer]]\nlayer = \"村庄\"\nrole = \"ignore\"\n"))
            .ok());

  write_dataset(folder.file("c.gpkg"), "GPKG", {villages("natural_villages")});
  const Issue overlap = refused({folder.file("a.gpkg"), folder.file("c.gpkg")});
  CHECK(overlap.code == IssueCode::input_ambiguous_role);
  CHECK(has(overlap, "natural_villages"));
}

TEST_CASE("a weaker guess yields to a stronger one") {
  Folder folder;
  write_dataset(folder.file("a.gpkg"), "GPKG", {villages("villages"), villages("old_villages_2019")});
  const io::Dataset dataset = opened({folder.file("a.gpkg")});
  CHECK(dataset.layer_of(Role::villages)->name == "villages");
  CHECK(!dataset.layers()[1].role);
  CHECK(dataset.layers()[1].role_evidence.find("villages") != std::string::npos);
}

TEST_CASE("geometry without a coordinate system is not guessed") {
  Folder folder;
  Layer layer = villages("villages", 0);
  layer.rows.resize(3);
  write_dataset(folder.file("villages.shp"), "ESRI Shapefile", {layer});
  const Issue issue = refused({folder.file("villages.shp")});
  CHECK(issue.code == IssueCode::input_no_crs);
  CHECK(has(issue, "crs = \"EPSG:4490\""));
  const io::Dataset mended = opened({folder.file("villages.shp")},
                                    mapping("[[layer]]\nlayer = \"villages\"\ncrs = \"EPSG:4490\"\n"));
  CHECK(mended.layers()[0].crs == "EPSG:4490");
  CHECK(mended.layers()[0].crs_evidence == "mapping");
  CHECK(mended.layers()[0].role == Role::villages);  // still found by its name

  write_dataset(folder.file("undefined.gpkg"), "GPKG", {layer});
  CHECK(refused({folder.file("undefined.gpkg")}).code == IssueCode::input_no_crs);
}

TEST_CASE("a database with unfinished changes is not read in part") {
  Folder folder;
  Layer layer = villages();
  layer.rows.resize(3);
  const std::string path = folder.file("busy.gpkg");
  write_dataset(path, "GPKG", {layer});
  sqlite3* writer = nullptr;
  REQUIRE(sqlite3_open(path.c_str(), &writer) == SQLITE_OK);
  REQUIRE(sqlite3_exec(writer, "PRAGMA journal_mode=WAL; CREATE TABLE busy(x);", nullptr, nullptr, nullptr) ==
          SQLITE_OK);
  const Issue issue = refused({path});
  CHECK(issue.code == IssueCode::input_unreadable);
  CHECK(has(issue, "busy.gpkg-wal"));
  sqlite3_close(writer);
  // In WAL mode but finished: read, and no -wal or -shm comes to be.
  const auto before = folder.listing();
  CHECK(read(opened({path}), Role::villages).table.size() == 3);
  CHECK(folder.listing() == before);
}

TEST_CASE("a database whose writer was killed in the middle is not read half written") {
  Folder folder;
  write_dataset(folder.file("cut.gpkg"), "GPKG", {villages()});
  write_text(folder.file("cut.gpkg-journal"), std::string(1024, 'j'));
  const Issue issue = refused({folder.file("cut.gpkg")});
  CHECK(issue.code == IssueCode::input_unreadable);
  CHECK(has(issue, "cut.gpkg-journal"));
}

TEST_CASE("a stop request ends opening and reading") {
  Folder folder;
  write_dataset(folder.file("a.gpkg"), "GPKG", {villages()});
  const io::Dataset dataset = opened({folder.file("a.gpkg")});
  std::stop_source stop;
  Progress progress{stop.get_token()};
  stop.request_stop();
  io::ReadRequest request;
  request.all_fields = true;
  CHECK(dataset.read(dataset.layers()[0], request, progress).issue().code == IssueCode::cancelled);
  CHECK(io::Dataset::open({folder.file("a.gpkg")}, {}, schema(), progress).issue().code ==
        IssueCode::cancelled);
}
