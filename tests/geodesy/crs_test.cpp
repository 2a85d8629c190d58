// Coordinate systems: published codes, the vectors of the 3° zones, datums with and without a shift.
#include <catch2/catch.hpp>

#include <array>
#include <cmath>
#include <vector>

#include "geodesy/crs.hpp"
#include "geodesy/measure.hpp"

using namespace xiangtu;
using geodesy::Crs;
using geodesy::LonLat;
using geodesy::LonLatBox;
using geodesy::ToLonLat;

namespace {

LonLatBox box(LonLat a, LonLat b) {
  LonLatBox out;
  out.add(a);
  out.add(b);
  return out;
}

LonLat moved(const char* crs, LonLat xy, LonLatBox extent = {}) {
  const auto from = Crs::parse(crs);
  REQUIRE(from);
  const auto way = ToLonLat::create(*from, extent.empty() ? box(xy, xy) : extent);
  REQUIRE(way);
  std::array<LonLat, 1> one{xy};
  way->apply(one);
  return one[0];
}

}  // namespace

TEST_CASE("geographic systems on the working datum are the working frame") {
  for (const char* code : {"EPSG:4326", "EPSG:4490", "EPSG:4979"}) {
    const auto crs = Crs::parse(code);
    REQUIRE(crs);
    CHECK(crs->is_working_frame());
    CHECK(crs->on_earth());
  }
  CHECK(Crs::parse("EPSG:4490")->id() == "EPSG:4490");
  CHECK(!Crs::parse("EPSG:4610")->is_working_frame());
  CHECK(!Crs::parse("EPSG:4214")->is_working_frame());
  CHECK(!Crs::parse("EPSG:4545")->is_working_frame());
  CHECK(Crs::parse("EPSG:4545")->on_working_datum());
  CHECK(!Crs::parse("EPSG:99999999"));
  CHECK(!Crs::parse("not a coordinate system"));
}

TEST_CASE("a local system is not on earth") {
  const auto local = Crs::parse(R"(LOCAL_CS["Undefined Cartesian SRS",UNIT["metre",1]])");
  if (local) CHECK(!local->on_earth());
  const auto undefined = Crs::parse(
      R"(GEOGCS["Undefined geographic SRS",DATUM["unknown",SPHEROID["unknown",6378137,298.257223563]],PRIMEM["Greenwich",0],UNIT["degree",0.0174532925199433]])");
  REQUIRE(undefined);
  CHECK(!undefined->on_earth());
}

TEST_CASE("Gauss-Krueger zones come back to the published position") {
  // 109.75°E 38.29°N: the vectors for zones 36 and 37, with and without the zone's number.
  for (const auto& [code, x, y] :
       {std::tuple{"EPSG:4545", 653105.125, 4241136.872}, std::tuple{"EPSG:4546", 390641.149, 4240427.043},
        std::tuple{"EPSG:4524", 36653105.125, 4241136.872}}) {
    const LonLat p = moved(code, {x, y});
    CHECK(geodesy::distance(p, {109.75, 38.29}).value < 0.002);
  }
}

TEST_CASE("many coordinates at once come out as one by one") {
  const auto crs = Crs::parse("EPSG:4545");
  REQUIRE(crs);
  const auto way = ToLonLat::create(*crs, {});
  REQUIRE(way);
  std::vector<LonLat> together;
  for (int i = 0; i < 50001; ++i) together.push_back({600000.0 + i * 1.5, 4200000.0 + i * 0.75});
  const std::vector<LonLat> source = together;
  way->apply(together);
  bool same = true;
  for (std::size_t i = 0; i < source.size(); i += 97) {
    std::array<LonLat, 1> one{source[i]};
    way->apply(one);
    same = same && one[0] == together[i];
  }
  CHECK(same);
}

TEST_CASE("one operation for a layer that lies across the border of Beijing 1954's") {
  const auto crs = Crs::parse("EPSG:4214");
  REQUIRE(crs);
  const LonLatBox layer = box({109.0, 38.0}, {111.0, 39.5});
  const auto way = ToLonLat::create(*crs, layer);
  REQUIRE(way);
  std::array<LonLat, 2> pair{LonLat{110.005, 38.5}, LonLat{110.015, 38.5}};
  const double before = geodesy::distance(pair[0], pair[1]).value;
  way->apply(pair);
  CHECK(std::fabs(geodesy::distance(pair[0], pair[1]).value - before) < 0.1);
  CHECK((way->beyond_area() || way->unknown_shift()));
}

TEST_CASE("a datum without a known shift is said") {
  const auto crs = Crs::parse("EPSG:4610");
  REQUIRE(crs);
  const auto way = ToLonLat::create(*crs, box({109.0, 38.0}, {110.0, 39.0}));
  REQUIRE(way);
  CHECK(way->unknown_shift());
}

TEST_CASE("coordinates that no position has are not finite afterwards") {
  const LonLat p = moved("EPSG:4545", {1e30, 1e30}, box({600000, 4200000}, {660000, 4250000}));
  CHECK(!(std::isfinite(p.lon) && std::isfinite(p.lat) && std::fabs(p.lat) <= 90 && std::fabs(p.lon) <= 180));
}

TEST_CASE("the systems that are known without PROJ are what PROJ says of them") {
  for (const char* id : {"EPSG:4490", "EPSG:4326"}) {
    const auto known = Crs::parse(id), asked = Crs::parse_by_proj(id);
    REQUIRE((known && asked));
    CHECK_FALSE(known->has_impl());
    CHECK(known->id() == asked->id());
    CHECK(known->name() == asked->name());
    CHECK(known->geographic() == asked->geographic());
    CHECK(known->on_earth() == asked->on_earth());
    CHECK(known->on_working_datum() == asked->on_working_datum());
    CHECK(known->is_working_frame() == asked->is_working_frame());
    CHECK(ToLonLat::create(*known, {}).has_value());
  }
}
