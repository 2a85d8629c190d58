#include "report/coverage_report.hpp"

#include <algorithm>
#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>

#include "base/text.hpp"

using namespace xiangtu;
using namespace xiangtu::report;

namespace {

// A county with a comma and quotes in its name, one figure known with bounds, one missing.
struct Sample {
  atlas::Hierarchy hierarchy;
  indicators::CoverageTable table;
  Provenance provenance;
  std::vector<Finding> findings;

  Sample() {
    hierarchy.add(
        {atlas::Level::county, "610802", "榆阳 \"区\", 县", atlas::Hierarchy::total(), RowIx::none()});
    indicators::IndicatorInfo rate, length;
    rate.id = "rate";
    rate.name_zh = "自来水入户率";
    rate.name_en = "tap in home";
    rate.unit_zh = rate.unit_en = "%";
    rate.fraction = true;
    length.id = "road_km";
    length.name_zh = "里程";
    length.name_en = "roads";
    length.unit_zh = "公里";
    length.unit_en = "km";
    table.indicators = {rate, length};
    table.units = {atlas::Hierarchy::total(), hierarchy.find("610802")};
    const indicators::Sums known{1, 3, 1};
    table.columns = {indicators::FigureColumn::of({known, known}),
                     indicators::FigureColumn{Message("no layer of the role {0} in the sources", "roads")}};
    Finding finding{"geometry.null", Severity::warning, "a.gpkg", "roads", "", Message("no place"), {}};
    for (std::int64_t row = 0; row < 1500; ++row) finding.rows.push_back(row);
    findings = {finding};
  }
  CoverageReport report() const { return {hierarchy, table, provenance, findings}; }
};

}  // namespace

TEST_CASE("CSV is long, quoted where it must be, and reads back to the same numbers", "[report]") {
  const Sample sample;
  const std::string text = csv(sample.report(), false);
  CHECK(text.starts_with("level,code,name,indicator,value,numerator,denominator,unknown,low,high\r\n"));
  CHECK(text.find("county,610802,\"榆阳 \"\"区\"\", 县\",rate,0.3333333333333333,1,4,1,0.25,0.5\r\n") !=
        std::string::npos);
  CHECK(text.find("road_km,,0,0,0,,\r\n") != std::string::npos);
  CHECK(csv(sample.report(), true).starts_with("\xEF\xBB\xBFlevel"));
  CHECK(*parse_number("0.3333333333333333") == 1.0 / 3);
}

TEST_CASE("JSON has the shape that the design lays down", "[report]") {
  const Sample sample;
  const auto object = nlohmann::json::parse(json(sample.report()));
  CHECK(object["level"] == "county");
  REQUIRE(object["units"].size() == 1);
  CHECK(object["units"][0]["code"] == "610802");
  CHECK(object["units"][0]["indicators"]["rate"]["low"] == 0.25);
  CHECK(object["total"]["indicators"]["road_km"]["value"].is_null());
  CHECK(object["total"]["indicators"]["road_km"]["why"] == "no layer of the role roads in the sources");
  CHECK(object.contains("provenance"));
  CHECK(object["findings"][0]["count"] == 1500);
  CHECK(object["findings"][0]["rows"].size() == 1000);
}

TEST_CASE("the table on a terminal keeps its columns whatever the script, and the total comes last",
          "[report]") {
  const Sample sample;
  const std::string text = text_table(sample.report(), Catalogue{}, 60);
  CHECK(text.find("33.3% [25.0%–50.0%]") == std::string::npos);
  CHECK(text.find("33.3% [25.0–50.0]") != std::string::npos);
  CHECK(text.find("n/a: no layer of the role roads in the sources (road_km)") != std::string::npos);
  CHECK(text.find("610802") < text.find("total"));
  CHECK(text.find("roads (km)") == std::string::npos);  // nothing to show in any unit
  // Both rows of figures end in the same column.
  std::vector<int> widths;
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t end = text.find('\n', at);
    const std::string line = text.substr(at, end - at);
    if (line.ends_with("]")) widths.push_back(display_width(line));
    at = end + 1;
  }
  REQUIRE(widths.size() == 2);
  CHECK(widths[0] == widths[1]);
}

TEST_CASE("columns are spread evenly over the blocks that the width asks for", "[report]") {
  Sample sample;
  const auto rate = sample.table.indicators[0];
  const auto figures = sample.table.columns[0];
  sample.table.indicators.assign(4, rate);
  sample.table.columns.assign(4, figures);
  const std::string text = text_table(sample.report(), Catalogue{}, 90);  // three would fit beside each other
  std::size_t headings = 0;
  for (std::size_t at = text.find("tap in home  "); at != std::string::npos;
       at = text.find("tap in home  ", at + 1))
    ++headings;
  CHECK(headings == 2);  // of the first of two columns, once a block
}

TEST_CASE("figures for people", "[report]") {
  indicators::IndicatorInfo yuan;
  yuan.unit_en = "yuan";
  indicators::Figure figure;
  figure.value = figure.low = figure.high = 98190500;
  CHECK(shown(yuan, figure) == "98,190,500");
  figure.value = 1234.5;
  CHECK(shown(yuan, figure) == "1,234.5");
  figure.value = -123;
  CHECK(shown(yuan, figure) == "-123");
  CHECK(shown(yuan, {}) == "n/a");
}

TEST_CASE("findings list every row", "[report]") {
  const Sample sample;
  std::string text;
  REQUIRE(write_findings(sample.findings, Catalogue{}, collect_into(text), Progress{}));
  CHECK(std::count(text.begin(), text.end(), '\n') == 1501);
  CHECK(text.find("geometry.null,warning,a.gpkg,roads,,1499,no place\r\n") != std::string::npos);
}
