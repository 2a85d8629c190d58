// The floor under every task: xiangtu_bench_floor REGION LAYER:COLUMN,COLUMN… …
// Two threads pass through these columns of these layers by SQLite alone, each with ranges of row ids of its
// own; numbers are added up, texts measured, blobs copied into one array a thread. Prints the rows and the
// bytes of the cells: the least that a program must do that reads them from this file.
#include <sqlite3.h>

#include <atomic>
#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <filesystem>
#include <functional>
#include <memory>
#include <stdexcept>
#include <string>
#include <thread>
#include <vector>

namespace {

constexpr std::size_t thread_count = 2;
constexpr std::int64_t rows_per_range = 8192;

struct CloseConnection {
  void operator()(sqlite3* connection) const { sqlite3_close_v2(connection); }
};
struct FinishStatement {
  void operator()(sqlite3_stmt* statement) const { sqlite3_finalize(statement); }
};
using Connection = std::unique_ptr<sqlite3, CloseConnection>;
using Statement = std::unique_ptr<sqlite3_stmt, FinishStatement>;

struct Layer {
  std::string table, columns;
};
struct Range {
  std::size_t layer;
  std::int64_t first, last;
};

struct Read {
  std::uint64_t rows = 0, bytes = 0;
  double sum = 0;
  std::vector<std::byte> blobs;
  std::string failure;
};

// Paths of the benchmark have no characters that a URI would take for its own but these.
std::string uri_of(const std::string& path) {
  std::string uri = "file:";
  for (const char c : path) uri += c == '%' ? "%25" : c == '?' ? "%3f" : c == '#' ? "%23" : std::string(1, c);
  return uri + "?immutable=1";
}

Connection open_region(const std::string& path) {
  sqlite3* handle = nullptr;
  const int status = sqlite3_open_v2(uri_of(path).c_str(), &handle,
                                     SQLITE_OPEN_READONLY | SQLITE_OPEN_URI | SQLITE_OPEN_NOMUTEX, nullptr);
  Connection connection{handle};
  if (status != SQLITE_OK) throw std::runtime_error(path + " cannot be opened; name a GeoPackage");
  sqlite3_exec(handle, "PRAGMA mmap_size = 1099511627776", nullptr, nullptr, nullptr);
  return connection;
}

Statement prepare(sqlite3* connection, const std::string& sql) {
  sqlite3_stmt* statement = nullptr;
  if (sqlite3_prepare_v2(connection, sql.c_str(), -1, &statement, nullptr) != SQLITE_OK)
    throw std::runtime_error(std::string(sqlite3_errmsg(connection)) + " in '" + sql +
                             "'; name layers and columns of the region");
  return Statement{statement};
}

Layer layer_of(const std::string& word) {
  const std::size_t colon = word.find(':');
  if (colon == std::string::npos || colon == 0 || colon + 1 == word.size())
    throw std::runtime_error("'" + word + "' names no columns; write LAYER:COLUMN,COLUMN");
  return {word.substr(0, colon), word.substr(colon + 1)};
}

std::vector<Range> ranges_of(sqlite3* connection, const std::vector<Layer>& layers) {
  std::vector<Range> ranges;
  for (std::size_t layer = 0; layer < layers.size(); ++layer) {
    const Statement ends = prepare(
        connection, "SELECT ifnull(min(rowid), 0), ifnull(max(rowid), -1) FROM " + layers[layer].table);
    sqlite3_step(ends.get());
    const std::int64_t first = sqlite3_column_int64(ends.get(), 0),
                       last = sqlite3_column_int64(ends.get(), 1);
    for (std::int64_t begin = first; begin <= last; begin += rows_per_range)
      ranges.push_back({layer, begin, begin + rows_per_range - 1});
  }
  return ranges;
}

void take_cell(sqlite3_stmt* row, int column, Read& read) {
  switch (sqlite3_column_type(row, column)) {
    case SQLITE_INTEGER:
    case SQLITE_FLOAT:
      read.sum += sqlite3_column_double(row, column);
      read.bytes += sizeof(double);
      return;
    case SQLITE_TEXT:
      read.bytes += static_cast<std::uint64_t>(sqlite3_column_bytes(row, column));
      return;
    case SQLITE_BLOB: {
      const auto* bytes = static_cast<const std::byte*>(sqlite3_column_blob(row, column));
      const auto size = static_cast<std::size_t>(sqlite3_column_bytes(row, column));
      read.blobs.insert(read.blobs.end(), bytes, bytes + size);
      read.bytes += size;
      return;
    }
    default:
      return;
  }
}

void read_range(sqlite3* connection, sqlite3_stmt* rows, const Range& range, Read& read) {
  sqlite3_reset(rows);
  sqlite3_bind_int64(rows, 1, range.first);
  sqlite3_bind_int64(rows, 2, range.last);
  const int columns = sqlite3_column_count(rows);
  int state = SQLITE_ROW;
  for (; (state = sqlite3_step(rows)) == SQLITE_ROW; ++read.rows)
    for (int column = 0; column < columns; ++column) take_cell(rows, column, read);
  if (state != SQLITE_DONE) throw std::runtime_error(sqlite3_errmsg(connection));
}

// Takes range after range until none is left.
void read_ranges(const std::string& region, const std::vector<Layer>& layers,
                 const std::vector<Range>& ranges, std::atomic<std::size_t>& next, Read& read) try {
  // Memory that is not touched costs nothing; an array that grows is copied.
  read.blobs.reserve(std::filesystem::file_size(region) / thread_count);
  const Connection connection = open_region(region);
  std::vector<Statement> statements;
  for (const Layer& layer : layers)
    statements.push_back(prepare(connection.get(), "SELECT " + layer.columns + " FROM " + layer.table +
                                                       " WHERE rowid BETWEEN ?1 AND ?2"));
  for (std::size_t i = next++; i < ranges.size(); i = next++)
    read_range(connection.get(), statements[ranges[i].layer].get(), ranges[i], read);
} catch (const std::exception& error) {
  read.failure = error.what();
}

Read read_all(const std::string& region, const std::vector<Layer>& layers) {
  const std::vector<Range> ranges = ranges_of(open_region(region).get(), layers);
  std::atomic<std::size_t> next = 0;
  std::vector<Read> reads(thread_count);
  std::vector<std::thread> threads;
  for (Read& read : reads)
    threads.emplace_back(read_ranges, std::cref(region), std::cref(layers), std::cref(ranges), std::ref(next),
                         std::ref(read));
  for (std::thread& thread : threads) thread.join();
  Read all;
  for (const Read& read : reads) {
    if (!read.failure.empty()) throw std::runtime_error(read.failure);
    all.rows += read.rows;
    all.bytes += read.bytes;
    all.sum += read.sum;
  }
  return all;
}

}  // namespace

int main(int count, char** words) try {
  if (count < 3)
    throw std::runtime_error("name a region and what to read of it: REGION LAYER:COLUMN,COLUMN…");
  std::vector<Layer> layers;
  for (int i = 2; i < count; ++i) layers.push_back(layer_of(words[i]));
  const Read read = read_all(words[1], layers);
  std::printf("%llu rows, %llu bytes, numbers add up to %.17g\n", static_cast<unsigned long long>(read.rows),
              static_cast<unsigned long long>(read.bytes), read.sum);
  return 0;
} catch (const std::exception& error) {
  std::fprintf(stderr, "xiangtu_bench_floor: %s\n", error.what());
  return 2;
}
