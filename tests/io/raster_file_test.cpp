// Rasters made by GDAL, read as tiles of web maps.
#include "io/raster_file.hpp"

#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include <array>
#include <catch2/catch.hpp>
#include <chrono>
#include <cmath>
#include <fstream>
#include <functional>
#include <numbers>
#include <optional>
#include <thread>

#include <gdal_priv.h>
#include <GeographicLib/UTMUPS.hpp>

#include "support/scratch_folder.hpp"

using namespace xiangtu;
using raster::Content;
using raster::Image;
using raster::WebTile;
using test::ScratchFolder;

namespace {

using Dataset = std::unique_ptr<GDALDataset>;

struct Made {
  int width = 64, height = 64, bands = 3;
  GDALDataType type = GDT_Byte;
  std::string crs = "EPSG:3857";
  std::array<double, 6> place{0, 1, 0, 0, 0, -1};
  std::function<double(int band, int x, int y)> value = [](int, int, int) { return 0; };
  std::vector<const char*> options;
};

Dataset make(const std::string& path, const Made& made, const char* driver = "GTiff") {
  GDALAllRegister();
  std::vector<const char*> options = made.options;
  options.push_back(nullptr);
  Dataset dataset{GetGDALDriverManager()->GetDriverByName(driver)->Create(
      path.c_str(), made.width, made.height, made.bands, made.type, const_cast<char**>(options.data()))};
  REQUIRE(dataset);
  std::array<double, 6> place = made.place;
  dataset->SetGeoTransform(place.data());
  if (!made.crs.empty()) {
    OGRSpatialReference crs;
    crs.SetFromUserInput(made.crs.c_str());
    dataset->SetSpatialRef(&crs);
  }
  std::vector<double> row(static_cast<std::size_t>(made.width));
  for (int band = 1; band <= made.bands; ++band)
    for (int y = 0; y < made.height; ++y) {
      for (int x = 0; x < made.width; ++x) row[static_cast<std::size_t>(x)] = made.value(band, x, y);
      REQUIRE(dataset->GetRasterBand(band)->RasterIO(GF_Write, 0, y, made.width, 1, row.data(), made.width, 1,
                                                     GDT_Float64, 0, 0) == CE_None);
    }
  return dataset;
}

std::shared_ptr<raster::Source> opened(const std::string& path) {
  auto source = io::open_raster(path, {});
  if (!source) FAIL(source.issue().message.english());
  return *source;
}

Image picture(raster::Source& source, const WebTile& tile) {
  auto image = source.picture(tile, {});
  if (!image) FAIL(image.issue().message.english());
  return std::move(*image);
}

Issue refusal(const std::string& path) {
  const auto source = io::open_raster(path, {});
  REQUIRE_FALSE(source.ok());
  return source.issue();
}

// The longitude and latitude of the middle of a pixel, by the definition of the spherical Mercator map.
geodesy::LonLat position(const WebTile& tile, int x, int y) {
  const double side = 256 * std::exp2(tile.zoom);
  const double east = (tile.column * 256 + x + 0.5) / side, south = (tile.row * 256 + y + 0.5) / side;
  return {east * 360 - 180,
          std::atan(std::sinh(std::numbers::pi * (1 - 2 * south))) * 180 / std::numbers::pi};
}

WebTile tile_at(geodesy::LonLat at, int zoom) {
  const double count = std::exp2(zoom);
  const double northing = std::asinh(std::tan(at.lat * std::numbers::pi / 180)) / std::numbers::pi;
  return {zoom, static_cast<int>((at.lon + 180) / 360 * count), static_cast<int>((1 - northing) / 2 * count)};
}

// A tile of the map at a zoom exactly, with some pixels in it.
std::array<double, 6> place_of(const WebTile& tile, int pixels) {
  const raster::MercatorBox box = raster::box_of(tile);
  const double side = (box.east - box.west) / pixels;
  return {box.west, side, 0, box.north, 0, -side};
}

void write_tile(const std::string& path, int red, int green, int blue) {
  const std::array<int, 3> colour{red, green, blue};
  Made made;
  made.width = made.height = 256;
  made.value = [colour](int band, int, int) { return colour[static_cast<std::size_t>(band - 1)]; };
  const Dataset memory = make("", made, "MEM");
  const Dataset png{GetGDALDriverManager()->GetDriverByName("PNG")->CreateCopy(path.c_str(), memory.get(), 0,
                                                                               nullptr, nullptr, nullptr)};
  REQUIRE(png);
}

void write_service(const std::string& path, const std::string& address) {
  std::ofstream(path) << "<GDAL_WMS><Service name=\"TMS\"><ServerUrl>" << address
                      << "</ServerUrl></Service><DataWindow><UpperLeftX>-20037508.342789244</UpperLeftX>"
                         "<UpperLeftY>20037508.342789244</UpperLeftY>"
                         "<LowerRightX>20037508.342789244</LowerRightX>"
                         "<LowerRightY>-20037508.342789244</LowerRightY><TileLevel>2</TileLevel>"
                         "<TileCountX>1</TileCountX><TileCountY>1</TileCountY><YOrigin>top</YOrigin>"
                         "</DataWindow><Projection>EPSG:3857</Projection><BlockSizeX>256</BlockSizeX>"
                         "<BlockSizeY>256</BlockSizeY><BandsCount>3</BandsCount></GDAL_WMS>";
}

}  // namespace

TEST_CASE("a raster in UTM: every pixel of a tile shows what lies there, no data is transparent") {
  const ScratchFolder folder;
  const std::string path = folder.file("utm.tif");
  constexpr int width = 500, height = 400;
  constexpr double west = 400000, north = 4260000, cell = 40;
  Made made;
  made.width = width, made.height = height;
  made.crs = "EPSG:32649";
  made.place = {west, cell, 0, north, 0, -cell};
  made.value = [](int band, int x, int y) {
    const bool gap = x >= 200 && x < 300 && y >= 100 && y < 200;
    return gap ? 0 : band == 1 ? 20 + 200.0 * x / width : band == 2 ? 20 + 200.0 * y / height : 90;
  };
  {
    const Dataset dataset = make(path, made);
    for (int band = 1; band <= 3; ++band) dataset->GetRasterBand(band)->SetNoDataValue(0);
  }
  const auto source = opened(path);
  CHECK(source->facts().content == Content::picture);
  CHECK(source->facts().name == "utm.tif");
  CHECK(source->facts().finest_zoom == 12);  // 40 m on the ground are 51 m of the map there; zoom 11 has 76
  const WebTile tile = tile_at({109.95, 38.43}, 11);
  const Image image = picture(*source, tile);
  REQUIRE(image.width == 256);
  int compared = 0, gaps = 0;
  for (int y = 0; y < 256; y += 3)
    for (int x = 0; x < 256; x += 3) {
      const geodesy::LonLat at = position(tile, x, y);
      int zone = 0;
      bool northern = false;
      double easting = 0, northing = 0;
      GeographicLib::UTMUPS::Forward(at.lat, at.lon, zone, northern, easting, northing, 49);
      const double column = (easting - west) / cell, row = (north - northing) / cell;
      const auto well_within = [&](double left, double top, double right, double bottom, double by) {
        return column > left + by && column < right - by && row > top + by && row < bottom - by;
      };
      const std::uint8_t* pixel = image.pixel(x, y);
      if (well_within(200, 100, 300, 200, 3)) {
        CHECK(pixel[3] == 0);
        ++gaps;
      } else if (well_within(0, 0, width, height, 3) && !well_within(200, 100, 300, 200, -3)) {
        CHECK(pixel[3] == 255);
        CHECK(pixel[0] == Approx(20 + 200 * (column - 0.5) / width).margin(1.5));
        CHECK(pixel[1] == Approx(20 + 200 * (row - 0.5) / height).margin(1.5));
        CHECK(pixel[2] == Approx(90).margin(1));
        ++compared;
      } else if (!well_within(0, 0, width, height, -3)) {
        CHECK(pixel[3] == 0);
      }
    }
  CHECK(compared > 1500);
  CHECK(gaps > 50);
  CHECK(picture(*source, WebTile{11, 0, 0}).empty());
  // Its box: the corners by GeographicLib, widened by what the sides bend between them.
  double lat = 0, lon = 0;
  GeographicLib::UTMUPS::Reverse(49, true, west, north - cell * height, lat, lon);
  CHECK(source->facts().box.min.lon == Approx(lon).margin(0.01));
  CHECK(source->facts().box.min.lat == Approx(lat).margin(0.01));
}

TEST_CASE("far views are read from overviews") {
  const ScratchFolder folder;
  const std::string path = folder.file("overviews.tif");
  const WebTile whole = tile_at({109.7, 38.3}, 8);
  Made made;
  made.width = made.height = 1024;
  made.place = place_of(whole, 1024);
  made.value = [](int, int, int) { return 40; };
  {
    const Dataset dataset = make(path, made);
    int factors[] = {4};
    REQUIRE(dataset->BuildOverviews("NEAREST", 1, factors, 0, nullptr, nullptr, nullptr) == CE_None);
    for (int band = 1; band <= 3; ++band)  // so that one sees where a tile comes from
      dataset->GetRasterBand(band)->GetOverview(0)->Fill(200);
  }
  const auto source = opened(path);
  CHECK(source->facts().finest_zoom == 10);
  CHECK(picture(*source, whole).pixel(128, 128)[0] == 200);
  const WebTile finest{10, whole.column * 4 + 1, whole.row * 4 + 2};
  CHECK(picture(*source, finest).pixel(128, 128)[0] == 40);
  CHECK(picture(*source, whole.above(1)).pixel(whole.column % 2 * 128 + 64, whole.row % 2 * 128 + 64)[0] ==
        200);
}

TEST_CASE("a large raster without overviews is seen from afar all the same") {
  const ScratchFolder folder;
  const std::string path = folder.file("large.tif");
  const WebTile whole = tile_at({109.7, 38.3}, 8);
  Made made;
  made.width = 9216, made.height = 9216, made.bands = 1;
  made.place = place_of(whole, 9216);
  made.value = [](int, int x, int y) { return (x < 4608) == (y < 4608) ? 60 : 180; };
  made.options = {"TILED=YES", "COMPRESS=DEFLATE"};
  make(path, made);
  const auto source = opened(path);
  const Image image = picture(*source, whole);
  CHECK(image.pixel(64, 64)[0] == 60);
  CHECK(image.pixel(192, 64)[1] == 180);
  CHECK(image.pixel(192, 192)[2] == 60);
  std::stop_source stop;
  stop.request_stop();
  const auto fresh = opened(path);
  const auto stopped = fresh->picture(whole, stop.get_token());
  REQUIRE_FALSE(stopped.ok());
  CHECK(stopped.issue().code == IssueCode::cancelled);
  CHECK(picture(*fresh, whole).pixel(64, 64)[0] == 60);
}

TEST_CASE("a table of colours, grey, grey of sixteen bits and an alpha band") {
  const ScratchFolder folder;
  const WebTile tile = tile_at({109.7, 38.3}, 12);
  Made made;
  made.width = made.height = 256;
  made.place = place_of(tile, 256);
  made.bands = 1;
  made.value = [](int, int x, int) { return x / 64; };
  {
    const Dataset dataset = make(folder.file("table.tif"), made);
    GDALColorTable table;
    const GDALColorEntry entries[] = {{255, 0, 0, 255}, {0, 128, 0, 255}, {0, 0, 250, 255}, {9, 9, 9, 255}};
    for (int i = 0; i < 4; ++i) table.SetColorEntry(i, &entries[i]);
    dataset->GetRasterBand(1)->SetColorTable(&table);
    dataset->GetRasterBand(1)->SetNoDataValue(3);
  }
  const Image coloured = picture(*opened(folder.file("table.tif")), tile);
  CHECK(coloured.pixel(30, 100)[0] == 255);
  CHECK(coloured.pixel(30, 100)[1] == 0);
  CHECK(coloured.pixel(100, 100)[1] == 128);
  CHECK(coloured.pixel(160, 100)[2] == 250);
  CHECK(coloured.pixel(160, 100)[3] == 255);
  CHECK(coloured.pixel(230, 100)[3] == 0);

  made.type = GDT_UInt16;
  made.value = [](int, int x, int) { return 1000 + 10 * x; };
  make(folder.file("sixteen.tif"), made);
  const auto sixteen = opened(folder.file("sixteen.tif"));
  CHECK(sixteen->facts().content == Content::picture);
  const Image stretched = picture(*sixteen, tile);
  CHECK(stretched.pixel(1, 9)[0] == 0);
  CHECK(stretched.pixel(254, 9)[0] == 255);
  // From the 2nd of 100 to the 98th: 1050 … 3500 of 1000 … 3550.
  CHECK(stretched.pixel(128, 9)[0] == Approx(255 * (2280. - 1050) / 2450).margin(2));

  made.type = GDT_Byte;
  made.bands = 4;
  made.options = {"PHOTOMETRIC=RGB", "ALPHA=YES"};
  made.value = [](int band, int x, int) { return band == 4 ? (x < 128 ? 255 : 0) : 50 * band; };
  make(folder.file("alpha.tif"), made);
  const Image alpha = picture(*opened(folder.file("alpha.tif")), tile);
  CHECK(alpha.pixel(64, 64)[2] == 150);
  CHECK(alpha.pixel(64, 64)[3] == 255);
  CHECK(alpha.pixel(200, 64)[3] == 0);
}

TEST_CASE("heights come in metres, with their cells' sides on the ground") {
  const ScratchFolder folder;
  const WebTile tile = tile_at({109.7, 38.3}, 12);
  Made made;
  made.width = made.height = 768;  // the tile and its neighbours
  made.bands = 1;
  made.type = GDT_Float32;
  made.place = place_of({12, tile.column - 1, tile.row - 1}, 256);
  made.value = [](int, int x, int y) { return y >= 500 && x >= 500 ? -9999 : 100 + 2.0 * x + 0.5 * y; };
  {
    const Dataset dataset = make(folder.file("dem.tif"), made);
    dataset->GetRasterBand(1)->SetNoDataValue(-9999);
    dataset->GetRasterBand(1)->SetUnitType("ft");
  }
  const auto source = opened(folder.file("dem.tif"));
  REQUIRE(source->facts().content == Content::heights);
  CHECK(raster::default_drawing(source->facts()) == raster::Drawing::hillshade);
  const auto heights = source->heights(tile, {});
  REQUIRE(heights.ok());
  REQUIRE(heights->width == 258);
  for (const auto& [x, y] : {std::pair{0, 0}, {257, 0}, {0, 257}, {130, 77}}) {
    const double feet = 100 + 2.0 * (255 + x) + 0.5 * (255 + y);
    CHECK(heights->at(x, y) == Approx(feet * 0.3048).epsilon(1e-5));
  }
  CHECK(std::isnan(heights->at(257, 257)));
  const double latitude = position(tile, 0, 99).lat * std::numbers::pi / 180;
  CHECK(heights->cell_m[100] == Approx(40075016.68557849 / 256 / 4096 * std::cos(latitude)));
  // One place: the pixel that holds it, in metres.
  const WebTile corner{12, tile.column - 1, tile.row - 1};  // of the raster
  for (const auto& [x, y] : {std::pair{0, 0}, {255, 255}, {300, 77}, {499, 767}}) {
    const auto read = source->reading(position(corner, x, y), {});
    REQUIRE(read.ok());
    CHECK(read->inside);
    REQUIRE(read->bands.size() == 1);
    REQUIRE(read->bands[0]);
    CHECK(*read->bands[0] == Approx((100 + 2.0 * x + 0.5 * y) * 0.3048).epsilon(1e-6));
  }
  const auto nothing = source->reading(position(corner, 600, 700), {});
  REQUIRE(nothing.ok());
  CHECK(nothing->inside);
  CHECK(nothing->bands == std::vector<std::optional<double>>{std::nullopt});
  const auto outside = source->reading(position(corner, -1, 30), {});
  REQUIRE(outside.ok());
  CHECK_FALSE(outside->inside);
  // As a picture they are grey levels.
  const Image grey = picture(*source, tile);
  CHECK(grey.pixel(200, 100)[0] > grey.pixel(20, 100)[0] + 20);
  CHECK(grey.pixel(252, 252)[3] == 0);
  const auto shaded = raster::draw_tile(*source, tile, raster::Drawing::hillshade, {});
  REQUIRE(shaded.ok());
  CHECK(shaded->width == 256);
}

TEST_CASE("an MBTiles file") {
  const ScratchFolder folder;
  const WebTile tile = tile_at({109.7, 38.3}, 10);
  Made made;
  made.width = made.height = 256;
  made.place = place_of(tile, 256);
  made.value = [](int band, int, int) { return 60 * band; };
  const Dataset memory = make("", made, "MEM");
  Dataset{GetGDALDriverManager()->GetDriverByName("MBTiles")->CreateCopy(
      folder.file("ground.mbtiles").c_str(), memory.get(), 0, nullptr, nullptr, nullptr)};
  const Image image = picture(*opened(folder.file("ground.mbtiles")), tile);
  CHECK(image.pixel(128, 128)[0] == 60);
  CHECK(image.pixel(128, 128)[2] == 180);
}

TEST_CASE("a picture with a world file takes its coordinate system from a .prj beside it") {
  const ScratchFolder folder;
  write_tile(folder.file("scan.png"), 10, 20, 30);
  std::filesystem::remove(folder.file("scan.png.aux.xml"));  // GDAL's own note of where it lies
  std::ofstream(folder.file("scan.pgw")) << "10\n0\n0\n-10\n400005\n4259995\n";
  CHECK(refusal(folder.file("scan.png")).code == IssueCode::input_no_crs);
  std::ofstream(folder.file("scan.prj")) << "EPSG:32649";
  const auto source = opened(folder.file("scan.png"));
  const geodesy::LonLat centre = source->facts().box.centre();
  const WebTile tile = tile_at(centre, 13);
  const double count = std::exp2(13) * 256;
  const int x = static_cast<int>((centre.lon + 180) / 360 * count) - tile.column * 256;
  const Image image = picture(*source, tile);
  REQUIRE_FALSE(image.empty());
  bool found = false;
  for (int y = 0; y < 256; ++y) found |= image.pixel(x, y)[3] == 255 && image.pixel(x, y)[2] == 30;
  CHECK(found);
}

TEST_CASE("tiles of a service are found by zoom, column and row") {
  const ScratchFolder folder;
  for (int zoom = 0; zoom <= 2; ++zoom)
    for (int x = 0; x < 1 << zoom; ++x) {
      const auto column = std::filesystem::path{folder.path()} / std::to_string(zoom) / std::to_string(x);
      std::filesystem::create_directories(column);
      for (int y = 0; y < 1 << zoom; ++y)
        write_tile((column / (std::to_string(y) + ".png")).string(), 50 + 10 * x, 50 + 10 * y, 100 * zoom);
    }
  write_service(folder.file("service.xml"), "file://" + folder.path() + "/${z}/${x}/${y}.png");
  const auto source = opened(folder.file("service.xml"));
  CHECK(source->facts().finest_zoom == 2);
  for (const WebTile tile : {WebTile{2, 3, 1}, WebTile{2, 0, 2}, WebTile{1, 1, 0}, WebTile{0, 0, 0}}) {
    const Image image = picture(*source, tile);
    const std::uint8_t* pixel = image.pixel(128, 100);
    CHECK(static_cast<int>(pixel[0]) == 50 + 10 * tile.column);
    CHECK(static_cast<int>(pixel[1]) == 50 + 10 * tile.row);
    CHECK(static_cast<int>(pixel[2]) == 100 * tile.zoom);
  }
}

TEST_CASE("a service that refuses says so soon, each time it is asked") {
  const ScratchFolder folder;
  write_service(folder.file("dead.xml"), "http://127.0.0.1:9/${z}/${x}/${y}.png");
  const auto source = opened(folder.file("dead.xml"));
  for (int time = 0; time < 2; ++time) {
    const auto image = source->picture({2, 1, 1}, {});
    REQUIRE_FALSE(image.ok());
    CHECK(image.issue().code == IssueCode::input_unreadable);
    CHECK(image.issue().message.english().find("does not answer") != std::string::npos);
  }
}

TEST_CASE("nobody waits for a silent service who does not want to any more") {
  const int listener = ::socket(AF_INET, SOCK_STREAM, 0);
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  REQUIRE(::bind(listener, reinterpret_cast<sockaddr*>(&address), sizeof(address)) == 0);
  REQUIRE(::listen(listener, 4) == 0);
  socklen_t length = sizeof(address);
  ::getsockname(listener, reinterpret_cast<sockaddr*>(&address), &length);
  const ScratchFolder folder;
  write_service(folder.file("silent.xml"),
                "http://127.0.0.1:" + std::to_string(ntohs(address.sin_port)) + "/${z}/${x}/${y}.png");
  const auto source = opened(folder.file("silent.xml"));
  std::stop_source stop;
  std::optional<IssueCode> outcome;
  std::thread asking{[&] {
    const auto image = source->picture({2, 1, 1}, stop.get_token());
    if (!image) outcome = image.issue().code;
  }};
  const int connection = ::accept(listener, nullptr, nullptr);  // it waits for the answer now
  const auto start = std::chrono::steady_clock::now();
  stop.request_stop();
  asking.join();
  CHECK(std::chrono::steady_clock::now() - start < std::chrono::seconds(2));
  CHECK(outcome == IssueCode::cancelled);
  ::close(connection);
  ::close(listener);
}

TEST_CASE("what is no background is refused in one sentence that says why") {
  const ScratchFolder folder;
  std::ofstream(folder.file("notes.tif")) << "this is a text\n";
  CHECK(refusal(folder.file("notes.tif")).code == IssueCode::input_not_spatial);
  CHECK(refusal(folder.file("nowhere.tif")).code == IssueCode::input_missing);

  write_tile(folder.file("photo.png"), 1, 2, 3);
  const Issue nowhere = refusal(folder.file("photo.png"));
  CHECK(nowhere.code == IssueCode::input_not_spatial);
  CHECK(nowhere.message.english().find("where on the earth") != std::string::npos);

  Made made;
  made.place = {400000, 10, 0, 4260000, 0, -10};
  made.crs = "";
  make(folder.file("no_crs.tif"), made);
  CHECK(refusal(folder.file("no_crs.tif")).code == IssueCode::input_no_crs);
  made.crs = "LOCAL_CS[\"a building site\",UNIT[\"metre\",1]]";
  make(folder.file("local.tif"), made);
  CHECK(refusal(folder.file("local.tif")).code == IssueCode::input_no_crs);
}

TEST_CASE("a file that is cut off gives no tiles, and says so") {
  const ScratchFolder folder;
  const std::string path = folder.file("cut.tif");
  const WebTile tile = tile_at({109.7, 38.3}, 10);
  Made made;
  made.width = made.height = 512;
  made.place = place_of(tile, 512);
  make(path, made);
  std::filesystem::resize_file(path, std::filesystem::file_size(path) / 2);
  const auto source = io::open_raster(path, {});
  const auto image = source ? (*source)->picture(tile, {}) : Result<Image>{source.issue()};
  REQUIRE_FALSE(image.ok());
  CHECK(image.issue().message.english().find("cut.tif") != std::string::npos);
}

TEST_CASE("nothing is written beside the user's rasters") {
  const ScratchFolder folder;
  Made made;
  made.type = GDT_UInt16;
  made.bands = 1;
  made.place = place_of(tile_at({109.7, 38.3}, 10), 64);
  make(folder.file("only.tif"), made);
  picture(*opened(folder.file("only.tif")), tile_at({109.7, 38.3}, 10));
  CHECK(folder.names() == std::vector<std::string>{"only.tif"});
}
