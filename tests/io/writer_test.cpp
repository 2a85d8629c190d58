// What the writers leave behind: files that others can read, the same bytes each time, and after a
// failure the old file.
#include <fcntl.h>
#include <poll.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

#include <csignal>
#include <stop_token>
#include <thread>

#include <sqlite3.h>

#include "io/atomic_file.hpp"
#include "io/feature_writer.hpp"
#include "io/gdal/gdal_session.hpp"
#include "io/png_file.hpp"
#include "support/scratch_folder.hpp"

namespace xiangtu::test {

using geodesy::LonLat;
using io::FieldDefinition;
using io::GeoPackageWriter;
using table::GeometryKind;

namespace {

constexpr const char* date = "2023-08-18T00:00:00Z";
constexpr auto text = FieldDefinition::Type::text;
constexpr auto integer = FieldDefinition::Type::integer;
constexpr auto real = FieldDefinition::Type::real;

const std::vector<LonLat> bent{{109.1, 38.1}, {109.2, 38.15}, {109.3, 38.1}};
const std::vector<LonLat> square{{109, 38}, {110, 38}, {110, 39}, {109, 39}, {109, 38}};

// Every kind of layer, missing cells, and a text beyond ASCII.
Status write_sample(const std::string& path, int points = 3) {
  auto writer = GeoPackageWriter::create(path, "EPSG:4490", date);
  if (!writer) return writer.issue();
  Status done = (*writer)->begin_layer({"places",
                                        "where people live",
                                        GeometryKind::point,
                                        false,
                                        {{"name", text}, {"n", integer}, {"x", real}}});
  for (int i = 0; i < points && done; ++i) {
    if (i % 3 != 1) (*writer)->set(0, std::string_view{"高西沟 坬"});
    if (i % 3 != 2) (*writer)->set(1, std::int64_t{9007199254740993});
    (*writer)->set(2, 0.1 + i);
    const LonLat p{109.5 + 0.001 * (i % 100), 38.25 + 0.001 * (i / 100)};
    done = (*writer)->add_row({&p, 1});
  }
  if (done) done = (*writer)->begin_layer({"ways", "", GeometryKind::line, false, {{"code", text}}});
  if (done) done = (*writer)->add_row(bent);
  if (done) done = (*writer)->begin_layer({"areas", "", GeometryKind::polygon, false, {}});
  if (done) done = (*writer)->add_row(square);
  if (done) done = (*writer)->begin_layer({"ledger", "", GeometryKind::none, false, {{"code", text}}});
  if (done) (*writer)->set(0, std::string_view{"P1"});
  if (done) done = (*writer)->add_row();
  if (done) done = (*writer)->set_metadata("title", "a sample");
  return done ? (*writer)->commit() : done;
}

std::string bytes_of(const std::string& path) {
  const auto bytes = io::read_file(path);
  REQUIRE(bytes);
  return *bytes;
}

// The first cell of the answer to a query.
std::string ask(const std::string& path, const std::string& sql) {
  sqlite3* file = nullptr;
  REQUIRE(sqlite3_open_v2(path.c_str(), &file, SQLITE_OPEN_READONLY, nullptr) == SQLITE_OK);
  sqlite3_stmt* query = nullptr;
  INFO(sql);
  REQUIRE(sqlite3_prepare_v2(file, sql.c_str(), -1, &query, nullptr) == SQLITE_OK);
  REQUIRE(sqlite3_step(query) == SQLITE_ROW);
  const auto* cell = reinterpret_cast<const char*>(sqlite3_column_text(query, 0));
  const std::string found = cell ? cell : "null";
  sqlite3_finalize(query);
  sqlite3_close(file);
  return found;
}

// No file may grow beyond so many bytes while this lives: what a full disk looks like.
class FullDisk {
 public:
  explicit FullDisk(rlim_t bytes) {
    std::signal(SIGXFSZ, SIG_IGN);
    getrlimit(RLIMIT_FSIZE, &before_);
    rlimit limit = before_;
    limit.rlim_cur = bytes;
    setrlimit(RLIMIT_FSIZE, &limit);
  }
  ~FullDisk() { setrlimit(RLIMIT_FSIZE, &before_); }

 private:
  rlimit before_{};
};

}  // namespace

TEST_CASE("a GeoPackage is read back as it was written") {
  const ScratchFolder folder;
  const std::string path = folder.file("sample.gpkg");
  REQUIRE(write_sample(path));
  const io::GdalDataset file{GDALDataset::Open(path.c_str(), GDAL_OF_VECTOR)};
  REQUIRE(file);
  REQUIRE(file->GetLayerCount() == 4);
  CHECK(std::string{file->GetMetadataItem("title")} == "a sample");

  OGRLayer* places = file->GetLayerByName("places");
  REQUIRE(places);
  CHECK(places->GetFeatureCount() == 3);
  CHECK(std::string{places->GetMetadataItem("DESCRIPTION")} == "where people live");
  CHECK(std::string{places->GetSpatialRef()->GetAuthorityCode(nullptr)} == "4490");
  io::GdalFeature row{places->GetNextFeature()};
  CHECK(std::string{row->GetFieldAsString("name")} == "高西沟 坬");
  CHECK(row->GetFieldAsInteger64("n") == 9007199254740993);
  CHECK(row->GetFieldAsDouble("x") == 0.1);
  CHECK(row->GetGeometryRef()->toPoint()->getX() == 109.5);
  row.reset(places->GetNextFeature());
  CHECK(row->IsFieldNull(row->GetFieldIndex("name")));
  row.reset(places->GetNextFeature());
  CHECK(row->IsFieldNull(row->GetFieldIndex("n")));

  row.reset(file->GetLayerByName("ways")->GetNextFeature());
  const OGRLineString* line = row->GetGeometryRef()->toLineString();
  REQUIRE(line->getNumPoints() == 3);
  for (int i = 0; i < 3; ++i) {
    CHECK(line->getX(i) == bent[static_cast<std::size_t>(i)].lon);
    CHECK(line->getY(i) == bent[static_cast<std::size_t>(i)].lat);
  }
  row.reset(file->GetLayerByName("areas")->GetNextFeature());
  CHECK(row->GetGeometryRef()->toPolygon()->get_Area() == Approx(1));
  CHECK(file->GetLayerByName("ledger")->GetGeomType() == wkbNone);
}

TEST_CASE("a GeoPackage is valid in itself") {
  const ScratchFolder folder;
  const std::string path = folder.file("sample.gpkg");
  REQUIRE(write_sample(path, 1000));
  CHECK(ask(path, "PRAGMA integrity_check") == "ok");
  CHECK(ask(path, "SELECT count(*) FROM pragma_foreign_key_check") == "0");
  CHECK(ask(path, "PRAGMA application_id") == "1196444487");  // "GPKG"
  CHECK(ask(path, "PRAGMA user_version") == "10300");
  CHECK(ask(path, "SELECT count(*) FROM gpkg_contents WHERE data_type = 'features'") == "3");
  CHECK(ask(path, "SELECT count(*) FROM gpkg_contents WHERE data_type = 'attributes'") == "1");
  CHECK(ask(path, "SELECT DISTINCT last_change FROM gpkg_contents") == "2023-08-18T00:00:00Z");
  CHECK(ask(path, "SELECT min_x || ' ' || max_x FROM gpkg_contents WHERE table_name = 'ways'") ==
        "109.1 109.3");
  CHECK(ask(path, "SELECT count(*) FROM gpkg_spatial_ref_sys WHERE srs_id IN (-1, 0, 4326, 4490)") == "4");
  CHECK(ask(path, "SELECT count(*) FROM gpkg_extensions WHERE extension_name = 'gpkg_rtree_index'") == "3");
  CHECK(ask(path, "SELECT count(*) FROM rtree_places_geom") == "1000");
  CHECK(ask(path, "SELECT count(*) FROM gpkg_metadata") != "0");
  // The six or more triggers that keep the index, and one for each changed row count.
  CHECK(std::stoi(ask(path,
                      "SELECT count(*) FROM sqlite_master WHERE type = 'trigger' AND "
                      "name LIKE 'rtree_places_geom%'")) >= 6);
}

TEST_CASE("the same input gives the same bytes") {
  const ScratchFolder folder;
  REQUIRE(write_sample(folder.file("a.gpkg"), 5000));
  REQUIRE(write_sample(folder.file("b.gpkg"), 5000));
  CHECK(bytes_of(folder.file("a.gpkg")) == bytes_of(folder.file("b.gpkg")));
}

TEST_CASE("a file that is not committed leaves the old one and nothing else") {
  const ScratchFolder folder;
  const std::string path = folder.file("kept.gpkg");
  REQUIRE(io::write_file(path, "the old file"));
  {
    auto writer = GeoPackageWriter::create(path, "EPSG:4490", date);
    REQUIRE(writer);
    REQUIRE((*writer)->begin_layer({"ways", "", GeometryKind::line, false, {{"code", text}}}));
    REQUIRE((*writer)->add_row(bent));
    CHECK(bytes_of(path) == "the old file");
  }
  CHECK(bytes_of(path) == "the old file");
  CHECK(folder.names() == std::vector<std::string>{"kept.gpkg"});

  SECTION("and a committed one takes its place") {
    REQUIRE(write_sample(path));
    CHECK(bytes_of(path).starts_with("SQLite format 3"));
    CHECK(folder.names() == std::vector<std::string>{"kept.gpkg"});
  }
}

TEST_CASE("a full disk is said, and the old file stays") {
  const ScratchFolder folder;
  const std::string path = folder.file("kept.gpkg");
  REQUIRE(io::write_file(path, "the old file"));
  // The disk fills at the first page, in the middle, and near the end.
  for (const rlim_t room : {0, 5000, 40000, 120000, 260000, 300000}) {
    Status written;
    {
      const FullDisk full(room);
      written = write_sample(path, 4000);
    }
    INFO("room for " << room);
    REQUIRE_FALSE(written);
    CHECK(written.issue().code == IssueCode::output_unwritable);
    CHECK(written.issue().message.english().find(path) != std::string::npos);
    CHECK(bytes_of(path) == "the old file");
    CHECK(folder.names() == std::vector<std::string>{"kept.gpkg"});
  }
}

TEST_CASE("places that cannot be written to are named with the cause") {
  const ScratchFolder folder;
  const auto refused = [](const std::string& path, const std::string& cause) {
    const auto writer = GeoPackageWriter::create(path, "EPSG:4490", date);
    const Status file = io::write_file(path, "x");
    REQUIRE_FALSE(writer);
    REQUIRE_FALSE(file);
    for (const Issue& issue : {writer.issue(), file.issue()}) {
      CHECK(issue.code == IssueCode::output_unwritable);
      CHECK(issue.message.english().find(path) != std::string::npos);
      if (!cause.empty()) CHECK(issue.message.english().find(cause) != std::string::npos);
    }
  };
  refused(folder.path(), "it is a folder");
  refused(folder.file("missing/out.gpkg"), "folder does not exist");
  refused("/proc/self/out.gpkg", "");
  CHECK(folder.names().empty());
}

TEST_CASE("a coordinate system that nobody knows is refused") {
  const ScratchFolder folder;
  CHECK_FALSE(GeoPackageWriter::create(folder.file("out.gpkg"), "EPSG:999999", date));
  CHECK(folder.names().empty());
}

TEST_CASE("a whole file is replaced at once") {
  const ScratchFolder folder;
  const std::string path = folder.file("out.csv");
  REQUIRE(io::write_file(path, "one"));
  REQUIRE(io::write_file(path, std::string("two\0three", 9)));
  CHECK(bytes_of(path) == std::string("two\0three", 9));
  {
    const FullDisk full(4);
    CHECK_FALSE(io::write_file(path, "a longer text"));
  }
  CHECK(bytes_of(path) == std::string("two\0three", 9));
  CHECK(folder.names() == std::vector<std::string>{"out.csv"});
  CHECK_FALSE(io::read_file(folder.file("nothing")));
}

TEST_CASE("a link stays a link and a file keeps its permissions") {
  const ScratchFolder folder;
  const std::string path = folder.file("out.csv"), link = folder.file("link.csv");
  REQUIRE(io::write_file(path, "one"));
  std::filesystem::permissions(path,
                               std::filesystem::perms::owner_read | std::filesystem::perms::owner_write);
  std::filesystem::create_symlink(path, link);
  REQUIRE(io::write_file(link, "two"));
  CHECK(std::filesystem::is_symlink(link));
  CHECK(bytes_of(path) == "two");
  CHECK(std::filesystem::status(path).permissions() ==
        (std::filesystem::perms::owner_read | std::filesystem::perms::owner_write));
}

TEST_CASE("a device or pipe is written into, never replaced") {
  const ScratchFolder folder;
  const std::string pipe = folder.file("pipe");
  REQUIRE(::mkfifo(pipe.c_str(), 0600) == 0);
  const int reader = ::open(pipe.c_str(), O_RDONLY | O_NONBLOCK);
  REQUIRE(reader >= 0);
  CHECK(io::write_file(pipe, "some bytes"));
  char bytes[32] = {};
  CHECK(::read(reader, bytes, sizeof(bytes)) == 10);
  ::close(reader);
  CHECK(std::filesystem::is_fifo(pipe));
  CHECK(io::write_file("/dev/null", "nothing"));
  CHECK(std::filesystem::is_character_file("/dev/null"));
}

TEST_CASE("a stop ends the waiting for the reader of a pipe") {
  const ScratchFolder folder;
  const std::string pipe = folder.file("pipe");
  REQUIRE(::mkfifo(pipe.c_str(), 0600) == 0);
  std::stop_source stop;
  Status unread;
  {
    const std::jthread writing([&] { unread = io::write_file(pipe, "some bytes", stop.get_token()); });
    stop.request_stop();
  }
  REQUIRE_FALSE(unread);
  CHECK(unread.issue().code == IssueCode::cancelled);

  const int reader = ::open(pipe.c_str(), O_RDONLY | O_NONBLOCK);
  REQUIRE(reader >= 0);
  stop = {};
  Status full;
  {
    const std::string more_than_fits(std::size_t{4} << 20, '.');
    const std::jthread writing([&] { full = io::write_file(pipe, more_than_fits, stop.get_token()); });
    pollfd filled{reader, POLLIN, 0};
    REQUIRE(::poll(&filled, 1, 10000) == 1);
    stop.request_stop();
  }
  ::close(reader);
  REQUIRE_FALSE(full);
  CHECK(full.issue().code == IssueCode::cancelled);
}

TEST_CASE("a socket is not waited for") {
  const ScratchFolder folder;
  const std::string path = folder.file("socket");
  const int socket = ::socket(AF_UNIX, SOCK_STREAM, 0);
  sockaddr_un address{};
  address.sun_family = AF_UNIX;
  path.copy(address.sun_path, sizeof(address.sun_path) - 1);
  REQUIRE(::bind(socket, reinterpret_cast<const sockaddr*>(&address), sizeof(address)) == 0);
  const Status written = io::write_file(path, "bytes");
  REQUIRE_FALSE(written);
  CHECK(written.issue().code == IssueCode::output_unwritable);
  ::close(socket);
}

TEST_CASE("a picture keeps its pixels and its resolution") {
  const ScratchFolder folder;
  Progress progress;
  const std::string path = folder.file("map.png");
  std::vector<std::uint8_t> rgba;
  for (int i = 0; i < 5 * 3; ++i)
    for (const int channel : {i * 10, 255 - i, i * i, i % 2 ? 255 : 128})
      rgba.push_back(static_cast<std::uint8_t>(channel));
  REQUIRE(io::write_png(path, rgba, 5, 3, 254, progress));
  const std::string bytes = bytes_of(path);
  REQUIRE(io::write_png(folder.file("again.png"), rgba, 5, 3, 254, progress));
  CHECK(bytes_of(folder.file("again.png")) == bytes);

  // pHYs: 10,000 dots a metre both ways.
  const std::size_t resolution = bytes.find("pHYs");
  REQUIRE(resolution != std::string::npos);
  CHECK(bytes.substr(resolution + 4, 9) == std::string("\0\0\x27\x10\0\0\x27\x10\x01", 9));

  GDALAllRegister();
  const io::GdalDataset picture{GDALDataset::Open(path.c_str(), GDAL_OF_RASTER)};
  REQUIRE(picture);
  std::vector<std::uint8_t> read(rgba.size());
  REQUIRE(picture->RasterIO(GF_Read, 0, 0, 5, 3, read.data(), 5, 3, GDT_Byte, 4, nullptr, 4, 20, 1,
                            nullptr) == CE_None);
  CHECK(read == rgba);
}

TEST_CASE("pictures larger than what is deflated at a time keep their pixels, plain or with many colours") {
  const ScratchFolder folder;
  Progress progress;
  constexpr int width = 701, height = 1207;
  const bool with_alpha = GENERATE(false, true), plain = GENERATE(false, true);
  std::mt19937 random(7);
  std::vector<std::uint8_t> rgba;
  for (int i = 0; i < width * height; ++i) {
    const std::uint8_t grey = plain ? (i % 97 == 0 ? 20 : 250) : static_cast<std::uint8_t>(random());
    rgba.insert(rgba.end(), {grey, static_cast<std::uint8_t>(grey / 2), 7,
                             static_cast<std::uint8_t>(with_alpha ? 255 - grey / 3 : 255)});
  }
  const std::string path = folder.file("map.png");
  REQUIRE(io::write_png(path, rgba, width, height, 96, progress));
  GDALAllRegister();
  const io::GdalDataset picture{GDALDataset::Open(path.c_str(), GDAL_OF_RASTER)};
  REQUIRE(picture);
  const int channels = with_alpha ? 4 : 3;
  REQUIRE(picture->GetRasterCount() == channels);
  std::vector<std::uint8_t> read(rgba.size(), 255);
  REQUIRE(picture->RasterIO(GF_Read, 0, 0, width, height, read.data(), width, height, GDT_Byte, channels,
                            nullptr, 4, 4 * width, 1, nullptr) == CE_None);
  CHECK(read == rgba);
}

TEST_CASE("a picture's rows may come in any order and from several threads") {
  const ScratchFolder folder;
  constexpr int width = 300, height = 500;
  std::vector<std::uint8_t> rgba;
  for (int i = 0; i < width * height; ++i)
    rgba.insert(rgba.end(), {static_cast<std::uint8_t>(i), static_cast<std::uint8_t>(i / width), 90, 255});
  const std::vector<int> tops{0, 160, 161, 300, 499, height};
  const auto written = [&](const char* name, const std::vector<std::size_t>& order) {
    io::PngPicture picture{width, height, 96, true};
    std::vector<std::jthread> threads;
    for (const std::size_t i : order) {
      const std::size_t begin = 4 * width * static_cast<std::size_t>(tops[i]),
                        end = 4 * width * static_cast<std::size_t>(tops[i + 1]);
      threads.emplace_back([&picture, &tops, i, rows = std::span{rgba}.subspan(begin, end - begin)] {
        picture.add(tops[i], rows);
      });
    }
    threads.clear();
    REQUIRE(picture.write(folder.file(name), Progress{}));
    return bytes_of(folder.file(name));
  };
  const std::string bytes = written("map.png", {0, 1, 2, 3, 4});
  CHECK(written("again.png", {4, 2, 0, 3, 1}) == bytes);
  GDALAllRegister();
  const io::GdalDataset picture{GDALDataset::Open(folder.file("map.png").c_str(), GDAL_OF_RASTER)};
  REQUIRE(picture);
  REQUIRE(picture->GetRasterCount() == 3);
  std::vector<std::uint8_t> read(rgba.size(), 255);
  REQUIRE(picture->RasterIO(GF_Read, 0, 0, width, height, read.data(), width, height, GDT_Byte, 3, nullptr, 4,
                            4 * width, 1, nullptr) == CE_None);
  CHECK(read == rgba);
}

TEST_CASE("a picture that is stopped is not written") {
  const ScratchFolder folder;
  std::stop_source stop;
  stop.request_stop();
  const Progress progress{stop.get_token()};
  const std::vector<std::uint8_t> rgba(4 * 2000 * 1000, 9);
  const Status written = io::write_png(folder.file("map.png"), rgba, 2000, 1000, 96, progress);
  REQUIRE_FALSE(written);
  CHECK(written.issue().code == IssueCode::cancelled);
  CHECK_FALSE(std::filesystem::exists(folder.file("map.png")));
}

TEST_CASE("an opaque picture has no alpha in its file and the same colours") {
  const ScratchFolder folder;
  Progress progress;
  const std::string path = folder.file("map.png");
  std::vector<std::uint8_t> rgba;
  for (int i = 0; i < 7 * 4; ++i)
    for (const int channel : {i * 9, 255 - i, i * i % 256, 255})
      rgba.push_back(static_cast<std::uint8_t>(channel));
  REQUIRE(io::write_png(path, rgba, 7, 4, 96, progress));
  GDALAllRegister();
  const io::GdalDataset picture{GDALDataset::Open(path.c_str(), GDAL_OF_RASTER)};
  REQUIRE(picture);
  REQUIRE(picture->GetRasterCount() == 3);
  std::vector<std::uint8_t> read(rgba.size(), 255);
  REQUIRE(picture->RasterIO(GF_Read, 0, 0, 7, 4, read.data(), 7, 4, GDT_Byte, 3, nullptr, 4, 28, 1,
                            nullptr) == CE_None);
  CHECK(read == rgba);
}

}  // namespace xiangtu::test
