// From blobs to geometry, from columns to figures, from figures to text.
#include <benchmark/benchmark.h>

#include <bit>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/text.hpp"
#include "indicators/expression.hpp"
#include "io/gpkg_geometry.hpp"
#include "report/csv_line.hpp"
#include "synth/random.hpp"
#include "table/column.hpp"

namespace xiangtu::bench {

namespace {

using benchmark::State;

static_assert(std::endian::native == std::endian::little, "the blob below is written as memory has it");

template <class T>
void append(std::vector<std::byte>& bytes, T value) {
  const auto* begin = reinterpret_cast<const std::byte*>(&value);
  bytes.insert(bytes.end(), begin, begin + sizeof(T));
}

// A line of so many vertices as GDAL writes it: header with envelope, then WKB.
std::vector<std::byte> line_blob(std::size_t vertices) {
  std::vector<std::byte> blob{std::byte{'G'}, std::byte{'P'}, std::byte{0}, std::byte{3}};
  append(blob, std::int32_t{4490});
  for (const double bound : {109.0, 110.0, 37.0, 38.0}) append(blob, bound);
  append(blob, std::uint8_t{1});   // little-endian
  append(blob, std::uint32_t{2});  // a line string
  append(blob, static_cast<std::uint32_t>(vertices));
  synth::Random random(7);
  for (std::size_t i = 0; i < vertices; ++i) {
    append(blob, random.between(109, 110));
    append(blob, random.between(37, 38));
  }
  return blob;
}

// The number: vertices of the line, which are the items.
void gpkg_geometry(State& state) {
  const std::vector<std::byte> blob = line_blob(static_cast<std::size_t>(state.range(0)));
  io::Shape shape;
  for (auto _ : state) {
    shape.clear();
    benchmark::DoNotOptimize(io::decode_gpkg_geometry(blob, table::GeometryKind::line, shape));
  }
  if (shape.vertices.size() != static_cast<std::size_t>(state.range(0))) state.SkipWithError("not decoded");
  state.SetItemsProcessed(state.iterations() * state.range(0));
  state.SetBytesProcessed(state.iterations() * static_cast<std::int64_t>(blob.size()));
  state.SetComplexityN(state.range(0));
}
BENCHMARK(gpkg_geometry)->RangeMultiplier(8)->Range(2, 8192)->Complexity(benchmark::oN);

struct RoadCells {
  table::TextColumn surface;
  std::vector<double> households, population;
  std::vector<RowIx> rows;

  explicit RoadCells(std::size_t count) {
    synth::Random random(7);
    constexpr std::string_view kinds[] = {"asphalt_concrete", "cement_concrete", "gravel", "earth", "block"};
    for (std::size_t i = 0; i < count; ++i) {
      random.chance(0.05) ? surface.push_missing() : surface.push(kinds[random.below(5)]);
      households.push_back(static_cast<double>(random.below(100)));
      population.push_back(random.chance(0.05) ? std::numeric_limits<double>::quiet_NaN()
                                               : static_cast<double>(random.below(400)));
      rows.emplace_back(i);
    }
  }
  std::optional<indicators::Operand> operator()(std::string_view name) const {
    using namespace indicators;
    if (name == "surface") return &surface;
    if (name == "households") return CellsByRow{households};
    if (name == "population") return CellsByRow{population};
    return Constant{1};
  }
};

void evaluate(State& state, std::string_view text) {
  const auto expression = indicators::Expression::parse(text, {});
  if (!expression) return state.SkipWithError("the expression does not parse");
  const RoadCells cells(static_cast<std::size_t>(state.range(0)));
  const indicators::Resolver resolve = [&](std::string_view name) { return cells(name); };
  for (auto _ : state) benchmark::DoNotOptimize(expression->evaluate(cells.rows, resolve));
  state.SetItemsProcessed(state.iterations() * state.range(0));
  state.SetComplexityN(state.range(0));
}

void expression_of_texts(State& state) {
  evaluate(state,
           "surface in ('asphalt_concrete', 'cement_concrete', 'asphalt_light', 'hardened') or "
           "(surface = 'block' and hardened_blocks)");
}
BENCHMARK(expression_of_texts)->RangeMultiplier(8)->Range(1 << 9, 1 << 18)->Complexity(benchmark::oN);

void expression_of_numbers(State& state) {
  evaluate(state, "(households >= 30) or (population >= 150)");
}
BENCHMARK(expression_of_numbers)->RangeMultiplier(8)->Range(1 << 9, 1 << 18)->Complexity(benchmark::oN);

// Lines of ten cells like those of a coverage table, the numbers in their shortest form; items are cells.
void csv_lines(State& state) {
  synth::Random random(7);
  std::vector<double> numbers(static_cast<std::size_t>(state.range(0)) * 6);
  for (double& number : numbers) number = random.unit();
  std::size_t bytes = 0;
  for (auto _ : state) {
    std::string text;
    for (std::size_t i = 0; i < numbers.size(); i += 6) {
      for (const std::string_view cell : {"village", "610802100201", "Liujiazhuang", "surface_share.gravel"})
        report::append_cell(text, cell);
      for (std::size_t k = 0; k < 6; ++k) report::append_cell(text, format_exact(numbers[i + k]));
      text += "\r\n";
    }
    benchmark::DoNotOptimize(text.data());
    bytes = text.size();
  }
  state.SetItemsProcessed(state.iterations() * state.range(0) * 10);
  state.SetBytesProcessed(state.iterations() * static_cast<std::int64_t>(bytes));
  state.SetComplexityN(state.range(0));
}
BENCHMARK(csv_lines)->RangeMultiplier(8)->Range(1 << 9, 1 << 15)->Complexity(benchmark::oN);

}  // namespace

}  // namespace xiangtu::bench
