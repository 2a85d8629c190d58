#include "io/geometry_index.hpp"

#include <algorithm>
#include <bit>
#include <cstring>
#include <span>
#include <utility>

namespace xiangtu::io {

namespace {

constexpr std::int64_t root = 1;

// A node of SQLite's R-tree: two bytes that are the tree's depth in the root, two for the number of cells; a
// cell has eight bytes of an id and four reals: min x, max x, min y, max y, all big-endian
// (sqlite.org/rtree.html, "shadow tables"). The ids are those of nodes, and of rows in the leaves.
class Node {
 public:
  explicit Node(std::span<const std::byte> bytes) : bytes_(bytes) {}

  bool sound() const { return bytes_.size() >= head && cells() <= (bytes_.size() - head) / cell_size; }
  unsigned depth() const { return two_at(0); }
  std::size_t cells() const { return two_at(2); }
  std::int64_t id(std::size_t cell) const {
    return static_cast<std::int64_t>(number_at<std::uint64_t>(head + cell * cell_size));
  }
  geodesy::LonLatBox box(std::size_t cell) const {
    const std::size_t at = head + cell * cell_size + id_size;
    return {{real_at(at), real_at(at + 2 * real_size)},
            {real_at(at + real_size), real_at(at + 3 * real_size)}};
  }

 private:
  static constexpr std::size_t head = 4, id_size = 8, real_size = 4, cell_size = id_size + 4 * real_size;

  unsigned two_at(std::size_t at) const {
    return std::to_integer<unsigned>(bytes_[at]) << 8 | std::to_integer<unsigned>(bytes_[at + 1]);
  }
  template <class T>
  T number_at(std::size_t at) const {
    T number = 0;
    for (std::size_t i = 0; i < sizeof(T); ++i) number = number << 8 | std::to_integer<T>(bytes_[at + i]);
    return number;
  }
  double real_at(std::size_t at) const {
    return static_cast<double>(std::bit_cast<float>(number_at<std::uint32_t>(at)));
  }

  std::span<const std::byte> bytes_;
};

// Calls visit(node) with a node; false where there is none, or it is damaged.
template <class Visit>
bool with_node(sqlite3_stmt* select, std::int64_t number, const Visit& visit) {
  sqlite3_reset(select);
  sqlite3_bind_int64(select, 1, number);
  if (sqlite3_step(select) != SQLITE_ROW) return false;
  const auto* bytes = static_cast<const std::byte*>(sqlite3_column_blob(select, 0));
  const Node node{{bytes, static_cast<std::size_t>(sqlite3_column_bytes(select, 0))}};
  if (!node.sound()) return false;
  visit(node);
  return true;
}

// The statement that made it, without spaces and quotes.
std::string made_by(const std::string& table, sqlite3* connection) {
  const Statement statement =
      prepare(connection, "SELECT lower(sql) FROM sqlite_master WHERE type = 'table' AND name = ?1");
  if (!statement) return {};
  sqlite3_bind_text(statement.get(), 1, table.data(), static_cast<int>(table.size()), SQLITE_STATIC);
  if (sqlite3_step(statement.get()) != SQLITE_ROW) return {};
  std::string sql{text_at(statement.get(), 0)};
  std::erase_if(sql, [](char c) { return std::strchr(" \t\r\n\"`[]", c) != nullptr; });
  return sql;
}

}  // namespace

GeometryIndex::GeometryIndex(const std::string& name)
    : select_("SELECT data FROM " + sql_name(name + "_node") + " WHERE nodeno = ?1") {}

std::optional<GeometryIndex> GeometryIndex::of(const std::string& table, const std::string& geometry,
                                               sqlite3* connection) {
  const std::string name = "rtree_" + table + "_" + geometry;
  const bool is_standard =
      !geometry.empty() && made_by(name, connection).ends_with("usingrtree(id,minx,maxx,miny,maxy)");
  return is_standard ? std::optional{GeometryIndex{name}} : std::nullopt;
}

std::optional<geodesy::LonLatBox> GeometryIndex::extent(sqlite3* connection) const {
  const Statement select = prepare(connection, select_);
  geodesy::LonLatBox box;
  const bool found = select && with_node(select.get(), root, [&](const Node& node) {
                       for (std::size_t i = 0; i < node.cells(); ++i) box.add(node.box(i));
                     });
  constexpr geodesy::LonLatBox earth{{-181, -91}, {181, 91}};
  const bool sound = found && !box.empty() && earth.contains(box.min) && earth.contains(box.max);
  return sound ? std::optional{box} : std::nullopt;
}

std::optional<std::vector<std::int64_t>> GeometryIndex::rows_in(const geodesy::LonLatBox& box,
                                                                std::size_t most, sqlite3* connection) const {
  constexpr unsigned deepest = 40;
  const Statement select = prepare(connection, select_);
  unsigned depth = 0;
  if (!select || !with_node(select.get(), root, [&](const Node& node) { depth = node.depth(); }) ||
      depth > deepest)
    return std::nullopt;
  // Level by level: the cells of a node name the nodes below it, and those of a leaf the rows.
  std::vector<std::int64_t> found{root}, below;
  for (unsigned level = 0; level <= depth; ++level) {
    for (const std::int64_t number : found) {
      const bool sound = with_node(select.get(), number, [&](const Node& node) {
        for (std::size_t i = 0; i < node.cells(); ++i)
          if (node.box(i).intersects(box)) below.push_back(node.id(i));
      });
      if (!sound || below.size() > most) return std::nullopt;
    }
    found = std::exchange(below, {});
  }
  std::sort(found.begin(), found.end());
  found.erase(std::unique(found.begin(), found.end()), found.end());
  return found;
}

}  // namespace xiangtu::io
