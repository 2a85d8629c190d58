#include "render/scene/natural_breaks.hpp"

#include <algorithm>
#include <numeric>

#include <catch2/catch.hpp>

#include "render/region.hpp"
#include "render/scene/choropleth.hpp"

using namespace xiangtu;
using namespace xiangtu::render::scene;

namespace {

double spread(std::span<const double> values) {
  const double mean = std::accumulate(values.begin(), values.end(), 0.0) / static_cast<double>(values.size());
  double sum = 0;
  for (const double value : values) sum += (value - mean) * (value - mean);
  return sum;
}

// Of classes given by their first values.
double spread_of(const std::vector<double>& sorted, const std::vector<double>& firsts) {
  double sum = 0;
  for (std::size_t i = 0; i < firsts.size(); ++i) {
    const auto begin = std::lower_bound(sorted.begin(), sorted.end(), firsts[i]);
    const auto end =
        i + 1 < firsts.size() ? std::lower_bound(sorted.begin(), sorted.end(), firsts[i + 1]) : sorted.end();
    REQUIRE(begin < end);
    sum += spread(std::vector<double>(begin, end));
  }
  return sum;
}

// The least spread of any division of values into `count` classes, by trying them all.
double least_spread(std::span<const double> sorted, std::size_t count) {
  if (count == 1) return spread(sorted);
  double least = 1e300;
  for (std::size_t first = 1; first + count - 1 <= sorted.size(); ++first)
    least = std::min(least, spread(sorted.first(first)) + least_spread(sorted.subspan(first), count - 1));
  return least;
}

}  // namespace

TEST_CASE("natural breaks of published examples") {
  // Wang and Song, "Ckmeans.1d.dp" (The R Journal 3/2, 2011): means −1, 2 and 5.
  const std::vector<double> wang_song{-1, -1, -1, -1, 2, 2, 2, 4, 5, 6};
  CHECK(natural_breaks(wang_song, 3) == std::vector<double>{-1, 2, 4});
  // Squared deviations of {4 | 5 9 10}, {4 5 | 9 10}, {4 5 9 | 10}: 14, 1, 14.
  CHECK(natural_breaks(std::vector<double>{4, 5, 9, 10}, 2) == std::vector<double>{4, 9});
}

TEST_CASE("natural breaks have the least spread that any classes have") {
  test::Dice dice{17};
  for (int round = 0; round < 300; ++round) {
    std::vector<double> values;
    const int size = 2 + static_cast<int>(dice.roll() * 11);
    const double steps = dice.roll() < 0.5 ? 6 : 1e6;  // many equal values, or none
    for (int i = 0; i < size; ++i) values.push_back(std::floor(dice.roll() * dice.roll() * steps));
    std::sort(values.begin(), values.end());
    std::vector<double> distinct = values;
    distinct.erase(std::unique(distinct.begin(), distinct.end()), distinct.end());
    for (const int count : {1, 2, 3, 5}) {
      const std::vector<double> firsts = natural_breaks(values, count);
      REQUIRE(firsts.size() == std::min<std::size_t>(static_cast<std::size_t>(count), distinct.size()));
      CHECK(spread_of(values, firsts) == Approx(least_spread(values, firsts.size())).margin(1e-9));
    }
  }
}

TEST_CASE("natural breaks hold where large values differ little") {
  std::vector<double> values;
  for (const double group : {0.0, 5.0, 9.0})
    for (int i = 0; i < 4; ++i) values.push_back(1e9 + group + i * 0.1);
  CHECK(natural_breaks(values, 3) == std::vector<double>{1e9, 1e9 + 5, 1e9 + 9});
}

TEST_CASE("classes by natural breaks end with the largest value, and settings choose the method") {
  const std::vector<std::optional<double>> values{10.0, 0.0, std::nullopt, 1.0, 11.0, 50.0};
  CHECK(classify(values, ClassMethod::natural_breaks, 3).limits == std::vector<double>{0, 10, 50, 50});
  ChoroplethSettings settings;
  settings.method = ClassMethod::natural_breaks;
  settings.count = 2;
  CHECK(classify(values, settings).limits == std::vector<double>{0, 50, 50});
  settings.method = ClassMethod::manual;
  settings.limits = {5, 20};
  CHECK(classify(values, settings).class_of(7) == 1);
  CHECK(classify(values, settings).count() == 3);
  for (const ClassMethod method :
       {ClassMethod::quantile, ClassMethod::equal_interval, ClassMethod::natural_breaks, ClassMethod::manual})
    CHECK(class_method_from_name(class_method_name(method)) == method);
  CHECK_FALSE(class_method_from_name("jenks"));
}
