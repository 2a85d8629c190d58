#include <catch2/catch.hpp>
#include <map>
#include <random>
#include <string>

#include "table/feature_table.hpp"

using namespace xiangtu;
using namespace xiangtu::table;

TEST_CASE("a dictionary numbers texts in the order in which they came", "[table]") {
  Dictionary dictionary;
  std::map<std::string, std::uint32_t> expected;
  std::mt19937 random(2);
  for (int i = 0; i < 20000; ++i) {
    const std::string text = std::to_string(random() % 3000);
    const auto [entry, is_new] = expected.try_emplace(text, static_cast<std::uint32_t>(expected.size()));
    REQUIRE(dictionary.intern(text) == entry->second);
  }
  CHECK(dictionary.size() == expected.size());
  for (const auto& [text, number] : expected) CHECK(dictionary[number] == text);
  CHECK(dictionary.find("no such text") == Dictionary::missing);
  CHECK(Dictionary{}.find("") == Dictionary::missing);
}

TEST_CASE("polygons are closed and turned the right way round", "[table]") {
  GeometryColumn column(GeometryKind::polygon);
  for (const geodesy::LonLat p : {geodesy::LonLat{0, 0}, {0, 2}, {2, 2}, {2, 0}})
    column.add_vertex(p);  // clockwise, open
  column.end_part();
  for (const geodesy::LonLat p : {geodesy::LonLat{0.5, 0.5}, {1.5, 0.5}, {1.5, 1.5}, {0.5, 0.5}})
    column.add_vertex(p);
  column.end_part(true);
  column.end_feature();
  column.end_feature();  // an empty one
  REQUIRE(column.size() == 2);
  CHECK(column.empty_at(1));
  const auto ring = column.part(0);
  REQUIRE(ring.size() == 5);
  CHECK(ring.front() == ring.back());
  const auto area = [](auto vertices) {
    double sum = 0;
    for (std::size_t i = 0; i + 1 < vertices.size(); ++i)
      sum += vertices[i].lon * vertices[i + 1].lat - vertices[i + 1].lon * vertices[i].lat;
    return sum;
  };
  CHECK(area(ring) > 0);
  CHECK(area(column.part(1)) < 0);
  CHECK(column.is_hole(1));
  const geodesy::LonLat inside = column.representative(0);  // not in the hole
  CHECK((inside.lon < 1.0 || inside.lon > 1.5));

  column.add_vertex({9, 9});
  column.end_part();
  column.add_vertex({9, 9});
  column.rollback();
  column.end_feature();
  CHECK(column.size() == 3);
  CHECK(column.empty_at(2));
  CHECK(column.vertices().size() == 9);
}
