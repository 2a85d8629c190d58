#include "io/geometry_index.hpp"

#include <catch2/catch.hpp>
#include <random>

using namespace xiangtu;
using geodesy::LonLatBox;
using io::GeometryIndex;

namespace {

// A database in memory with an R-tree of some boxes, asked by SQLite itself as well.
struct Tree {
  io::Connection connection;

  explicit Tree(const std::string& made_as = "rtree(id, minx, maxx, miny, maxy)") {
    sqlite3* handle = nullptr;
    REQUIRE(sqlite3_open(":memory:", &handle) == SQLITE_OK);
    connection.reset(handle);
    run("CREATE VIRTUAL TABLE \"rtree_places_geom\" USING " + made_as);
  }
  void run(const std::string& sql) const {
    INFO(sql);
    REQUIRE(sqlite3_exec(connection.get(), sql.c_str(), nullptr, nullptr, nullptr) == SQLITE_OK);
  }
  void fill(int rows) const {
    std::mt19937 random{3};
    std::uniform_real_distribution<double> lon{100, 110}, lat{30, 35}, side{0, 0.4};
    run("BEGIN");
    for (int i = 0; i < rows; ++i) {
      const double x = lon(random), y = lat(random);
      run("INSERT INTO rtree_places_geom VALUES (" + std::to_string(7 * i - 100) + ", " + std::to_string(x) +
          ", " + std::to_string(x + side(random)) + ", " + std::to_string(y) + ", " +
          std::to_string(y + side(random)) + ")");
    }
    run("COMMIT");
  }
  std::optional<GeometryIndex> index() const { return GeometryIndex::of("places", "geom", connection.get()); }
  std::vector<std::int64_t> by_sqlite(const LonLatBox& box) const {
    const io::Statement rows = io::prepare(
        connection.get(), "SELECT id FROM rtree_places_geom WHERE maxx >= " + std::to_string(box.min.lon) +
                              " AND minx <= " + std::to_string(box.max.lon) +
                              " AND maxy >= " + std::to_string(box.min.lat) +
                              " AND miny <= " + std::to_string(box.max.lat) + " ORDER BY id");
    std::vector<std::int64_t> ids;
    while (sqlite3_step(rows.get()) == SQLITE_ROW) ids.push_back(sqlite3_column_int64(rows.get(), 0));
    return ids;
  }
};

constexpr LonLatBox everything{{-180, -90}, {180, 90}};

}  // namespace

TEST_CASE("the index gives the rows that SQLite gives, however deep its tree is") {
  const int rows = GENERATE(0, 1, 51, 52, 4000);
  Tree tree;
  tree.fill(rows);
  const auto index = tree.index();
  REQUIRE(index);
  CHECK(index->rows_in(everything, 4000, tree.connection.get())->size() == static_cast<std::size_t>(rows));
  std::mt19937 random{5};
  std::uniform_real_distribution<double> lon{99, 111}, lat{29, 36}, side{0, 3};
  for (int i = 0; i < 50; ++i) {
    const double x = std::round(lon(random) * 1e4) / 1e4, y = std::round(lat(random) * 1e4) / 1e4;
    const LonLatBox box{{x, y}, {x + std::round(side(random)), y + std::round(side(random))}};
    CHECK(index->rows_in(box, 4000, tree.connection.get()) == tree.by_sqlite(box));
  }
}

TEST_CASE("what the index is around is around every row, and nothing where there is none") {
  Tree tree;
  CHECK_FALSE(tree.index()->extent(tree.connection.get()));
  tree.run("INSERT INTO rtree_places_geom VALUES (1, 100, 101, 30, 32), (2, 105, 107, 29, 30)");
  const auto extent = tree.index()->extent(tree.connection.get());
  REQUIRE(extent);
  CHECK(*extent == LonLatBox{{100, 29}, {107, 32}});
}

TEST_CASE("an index that is damaged or has too many rows says so, and gives none") {
  Tree tree;
  tree.fill(300);
  const auto index = tree.index();
  CHECK_FALSE(index->rows_in(everything, 299, tree.connection.get()));
  const std::string damage =
      GENERATE(as<std::string>{}, "DELETE FROM rtree_places_geom_node WHERE nodeno = 2",
               "UPDATE rtree_places_geom_node SET data = x'0000' WHERE nodeno = 2",
               "UPDATE rtree_places_geom_node SET data = x'0000ffff' WHERE nodeno = 2",
               "UPDATE rtree_places_geom_node SET data = NULL WHERE nodeno = 1",
               "UPDATE rtree_places_geom_node SET data = x'ffff0000' WHERE nodeno = 1");
  INFO(damage);
  tree.run(damage);
  CHECK_FALSE(index->rows_in(everything, 1000, tree.connection.get()));
}

TEST_CASE("only an index as the standard has it is read") {
  CHECK_FALSE(Tree("rtree_i32(id, minx, maxx, miny, maxy)").index());
  CHECK_FALSE(Tree("rtree(id, miny, maxy, minx, maxx)").index());
  CHECK_FALSE(Tree("rtree(id, minx, maxx, miny, maxy, minz, maxz)").index());
  CHECK(Tree("RTREE(id,\"minx\",maxx, miny ,maxy)").index());
  const Tree tree;
  CHECK_FALSE(GeometryIndex::of("places", "", tree.connection.get()));
  CHECK_FALSE(GeometryIndex::of("others", "geom", tree.connection.get()));
}
