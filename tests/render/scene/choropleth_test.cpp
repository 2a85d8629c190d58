#include "render/scene/choropleth.hpp"

#include <algorithm>
#include <numeric>

#include <catch2/catch.hpp>

#include "base/text.hpp"

#include "render/region.hpp"

using namespace xiangtu;
using namespace xiangtu::render::scene;

using Values = std::vector<std::optional<double>>;

TEST_CASE("equal intervals") {
  const Classes classes = classify(Values{0.0, 10.0, std::nullopt, 4.0}, ClassMethod::equal_interval, 5);
  CHECK(classes.limits == std::vector<double>{0, 2, 4, 6, 8, 10});
  CHECK(classes.class_of(0) == 0);
  CHECK(classes.class_of(1.999) == 0);
  CHECK(classes.class_of(2) == 1);
  CHECK(classes.class_of(10) == 4);
  CHECK(classes.class_of(-5) == 0);
  CHECK(classes.class_of(99) == 4);
}

TEST_CASE("quantiles share the values out evenly") {
  Values values;
  for (int i = 0; i < 100; ++i) values.push_back(i * i);
  const Classes classes = classify(values, ClassMethod::quantile, 4);
  REQUIRE(classes.count() == 4);
  std::vector<int> counts(4, 0);
  for (const auto& value : values) ++counts[classes.class_of(*value)];
  CHECK(counts == std::vector<int>{25, 25, 25, 25});
}

TEST_CASE("a value that most have is a class of its own, and the others are told apart", "[scene]") {
  Values values(141, 0.0);
  for (int i = 1; i <= 12; ++i) values.emplace_back(i / 12.0);
  const Classes classes = classify(values, ClassMethod::quantile, 5);
  REQUIRE(classes.count() == 5);
  CHECK(classes.class_of(0) == 0);
  CHECK(classes.class_of(1 / 12.0) == 1);
  CHECK(classes.class_of(1) == 4);
  std::reverse(values.begin(), values.end());
  for (auto& value : values) value = 1 - *value;  // most have the largest
  const Classes reversed = classify(values, ClassMethod::quantile, 5);
  CHECK(reversed.class_of(11 / 12.0) < reversed.class_of(1));
}

TEST_CASE(
    "quantiles never split equal values, and limits ascend strictly but for a last class of one value") {
  test::Dice dice{5};
  for (int round = 0; round < 200; ++round) {
    Values values;
    const int count = 1 + static_cast<int>(dice.roll() * 30);
    for (int i = 0; i < count; ++i) values.push_back(std::floor(dice.roll() * 6));
    const Classes classes = classify(values, ClassMethod::quantile, 5);
    REQUIRE(classes.count() >= 1);
    if (classes.count() > 1)
      CHECK(std::is_sorted(classes.limits.begin(), classes.limits.end() - 1, std::less_equal<>{}));
    CHECK(classes.limits.back() >= *(classes.limits.end() - 2));
    for (const auto& value : values) {
      const std::size_t number = classes.class_of(*value);
      CHECK(*value >= classes.limits[number]);
      CHECK(*value <= classes.limits[number + 1]);
    }
  }
}

TEST_CASE("no known value gives no class, one value one class") {
  CHECK(classify(Values{std::nullopt, std::nan("")}, ClassMethod::quantile, 5).count() == 0);
  const Classes one = classify(Values{7.0, 7.0}, ClassMethod::quantile, 5);
  CHECK(one.count() == 1);
  CHECK(one.class_of(7) == 0);
}

TEST_CASE("manual limits have the same classes, colours and texts whatever the values") {
  ChoroplethSettings settings;
  settings.method = ClassMethod::manual;
  settings.limits = {50, 80};
  for (const Values& values :
       {Values{10.0, 60.0, 97.0}, Values{60.0, 60.0, 97.0}, Values{10.0, 60.0, 70.0}}) {
    const Classes classes = classify(values, settings);
    REQUIRE(classes.count() == 3);
    Choropleth choropleth = make_choropleth(values, classes, ramp("Blues", 3));
    choropleth.format = [](double v, int) { return std::to_string(static_cast<int>(v)); };
    CHECK(choropleth.class_of_row[1] == 1);
    CHECK(choropleth.class_of_row[2] == (*values[2] < 80 ? 1 : 2));
    const auto legend = choropleth.legend();
    REQUIRE(legend.size() == 3);
    CHECK(legend[0].text == "< 50");
    CHECK(legend[1].text == "50 – <80");
    CHECK(legend[2].text == "≥ 80");
    CHECK(legend[2].colour == ramp("Blues", 3)[2]);
  }
}

TEST_CASE("ramps run from light to dark and can be reversed") {
  for (const std::string_view name : {"YlGnBu", "YlOrRd", "Blues", "Greens", "Purples"}) {
    const std::vector<Colour> colours = ramp(name, 6);
    for (std::size_t i = 1; i < colours.size(); ++i) {
      const auto light = [](Colour c) { return 0.2126 * c.r + 0.7152 * c.g + 0.0722 * c.b; };
      CHECK(light(colours[i]) < light(colours[i - 1]));
    }
    std::vector<Colour> reversed = ramp(name, 6, true);
    std::reverse(reversed.begin(), reversed.end());
    CHECK(reversed == colours);
  }
  CHECK(ramp("no such ramp", 4) == ramp(ramp_names().front(), 4));
}

TEST_CASE("the legend has every class and the unknown only when there is one") {
  const Values values{1.0, 2.0, 3.0, std::nullopt};
  Choropleth choropleth =
      make_choropleth(values, classify(values, ClassMethod::equal_interval, 2), ramp("Blues", 2));
  choropleth.unknown_label = "no data";
  choropleth.format = [](double v, int) { return std::to_string(static_cast<int>(v)); };
  CHECK(choropleth.class_of_row == std::vector<std::uint8_t>{0, 1, 1, Choropleth::unknown});
  const auto legend = choropleth.legend();
  REQUIRE(legend.size() == 3);
  CHECK(legend[0].text == "1 – <2");  // 2 belongs to the next
  CHECK(legend[1].text == "2 – 3");
  CHECK(legend[2].text == "no data");
  CHECK(legend[2].hatched);
  choropleth.class_of_row.pop_back();
  CHECK(choropleth.legend().size() == 2);
}

TEST_CASE("limits in the legend have the decimals that tell them apart") {
  const auto texts = [](std::vector<double> limits) {
    Choropleth choropleth;
    choropleth.classes.limits = std::move(limits);
    choropleth.colours = ramp("Blues", static_cast<int>(choropleth.classes.count()));
    choropleth.format = [](double v, int decimals) { return format_fixed(v, decimals); };
    std::vector<std::string> written;
    for (const auto& entry : choropleth.legend()) written.push_back(entry.text);
    return written;
  };
  CHECK(texts({0, 0.01, 0.034}) == std::vector<std::string>{"0.00 – <0.01", "0.01 – 0.03"});
  CHECK(texts({12, 12.0004, 20}) == std::vector<std::string>{"12.0000 – <12.0004", "12.0004 – 20.0000"});
  CHECK(texts({1, 2, 3}) == std::vector<std::string>{"1.0 – <2.0", "2.0 – 3.0"});
  CHECK(texts({0, 5, 5}) == std::vector<std::string>{"0.0 – <5.0", "5.0"});
}
