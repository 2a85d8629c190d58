#include "synth/description.hpp"

#include <algorithm>
#include <array>
#include <fstream>
#include <optional>
#include <string_view>

#include <toml++/toml.h>

#include "atlas/hierarchy.hpp"

namespace xiangtu::synth {

using geodesy::LonLat;

namespace {

constexpr std::array<std::string_view, 33> totals{"upgraded_km",
                                                  "built_km",
                                                  "safety_km",
                                                  "bridges_rebuilt",
                                                  "housing_households",
                                                  "seismic_households",
                                                  "water_works",
                                                  "water_yuan",
                                                  "tap_household_rate",
                                                  "express_villages",
                                                  "new_toilets",
                                                  "converted_toilets",
                                                  "sewage_villages",
                                                  "sorting_townships",
                                                  "greened_villages",
                                                  "plans_started",
                                                  "demonstration_towns",
                                                  "demonstration_villages",
                                                  "demonstration_yuan",
                                                  "model_yuan",
                                                  "model_village_count",
                                                  "smart_communities",
                                                  "projects",
                                                  "budget_yuan",
                                                  "allocated_yuan",
                                                  "allocated_city_yuan",
                                                  "review_rounds",
                                                  "key_county_yuan",
                                                  "key_township_yuan",
                                                  "relocation_yuan",
                                                  "relocation_projects",
                                                  "courtyard_yuan",
                                                  "courtyard_projects"};

class Reader {
 public:
  explicit Reader(std::filesystem::path file) : file_(std::move(file)) {}

  Result<Description> read() {
    toml::table root;
    try {
      root = toml::parse_file(file_.string());
    } catch (const toml::parse_error& error) {
      const auto at = error.source().begin;
      return Issue{IssueCode::input_bad_definition,
                   "{0}, line {1}, column {2}: {3}",
                   file_.string(),
                   at.line,
                   at.column,
                   error.description()};
    }
    Description d;
    d.title = text(root, "title");
    d.description = text(root, "description");
    d.date = text(root, "date");
    d.seed = static_cast<std::uint64_t>(number(root, "seed"));
    d.outline = line(root, "outline");
    d.sand_divide = line(root, "sand_divide");
    each(root, "county", [&](const toml::table& table) {
      d.counties.push_back({text(table, "code"), "", position(table["seat"].as_array()),
                            number(table, "area_km2"), static_cast<std::int64_t>(number(table, "population")),
                            number(table, "rural_share"), table["key"].value_or(false)});
    });
    std::sort(d.counties.begin(), d.counties.end(),
              [](const auto& a, const auto& b) { return a.code < b.code; });
    each(root, "highway", [&](const toml::table& table) {
      d.highways.push_back(
          {text(table, "code"), text(table, "name"), table["expressway"].value_or(false), via(table, d)});
    });
    each(root, "river", [&](const toml::table& table) {
      d.rivers.push_back({text(table, "name"), via(table, d)});
    });
    each(root, "sector", [&](const toml::table& table) {
      d.sectors.push_back({text(table, "id"), text(table, "work")});
    });
    d.names = name_patterns(root);
    if (const toml::table* published = root["published"].as_table())
      for (const auto& [key, node] : *published)
        if (const auto value = node.value<double>()) d.published.emplace(key.str(), *value);
    for (const std::string_view key : totals)
      if (!d.published.contains(key)) fail(key, "is missing under [published]");
    d.model_villages = texts(root["published"]["model_villages"].as_array());
    d.village_endings = texts(root["village_endings"].as_array());
    d.hamlet_endings = texts(root["hamlet_endings"].as_array());
    if (d.hamlet_endings.empty()) fail("hamlet_endings", "is missing or empty");
    const std::filesystem::path lists = file_.parent_path() / text(root, "divisions");
    d.townships = names(lists / "townships.csv");
    d.villages = names(lists / "villages.csv");
    const std::vector<UnitName> county_names = names(lists / "counties.csv");
    for (CountyFacts& county : d.counties)
      for (const UnitName& name : county_names)
        if (name.code == county.code) county.name = name.name;
    if (d.outline.size() < 3 || d.counties.empty() || d.townships.empty() || d.villages.empty())
      fail("outline", "counties and unit lists may not be empty");
    check_codes(d);
    if (issue_) return *issue_;
    return d;
  }

 private:
  // What the making of the map relies on.
  void check_codes(const Description& d) {
    const auto check = [&](const std::vector<UnitName>& units, std::size_t digits, const char* list) {
      for (const UnitName& unit : units)
        if (unit.code.size() != digits || !atlas::division_code::is_standard(unit.code))
          return fail(unit.code,
                      std::string{"in "} + list + " is no code of " + std::to_string(digits) + " digits");
    };
    check(d.townships, 9, "townships.csv");
    check(d.villages, 12, "villages.csv");
    if (std::none_of(d.villages.begin(), d.villages.end(), [](const UnitName& unit) {
          return atlas::division_code::is_village_committee(unit.code);
        }))
      fail("villages.csv", "has no village committee, a code ending in 200 to 399: at least one is needed");
  }

  template <class Visit>
  void each(const toml::table& root, std::string_view key, const Visit& visit) {
    const toml::array* tables = root[key].as_array();
    if (!tables) return fail(key, "is missing");
    for (const toml::node& node : *tables)
      if (const toml::table* table = node.as_table()) visit(*table);
  }

  void fail(std::string_view key, std::string_view what) {
    if (!issue_) issue_ = Issue{IssueCode::input_bad_definition, "{0}: '{1}' {2}", file_.string(), key, what};
  }

  std::string text(const toml::table& table, std::string_view key) {
    const auto value = table[key].value<std::string>();
    if (!value) fail(key, "is not a text");
    return value.value_or(std::string{});
  }

  NamePatterns name_patterns(const toml::table& root) {
    const toml::table* names = root["names"].as_table();
    if (!names) {
      fail("names", "is missing");
      return {};
    }
    return {text(*names, "county_road"), text(*names, "township_road"), text(*names, "village_road"),
            text(*names, "bridge"),      text(*names, "river_bridge"),  text(*names, "water_project"),
            text(*names, "project")};
  }

  static std::vector<std::string> texts(const toml::array* array) {
    std::vector<std::string> found;
    for (std::size_t i = 0; array && i < array->size(); ++i)
      found.push_back((*array)[i].value_or(std::string{}));
    return found;
  }

  double number(const toml::table& table, std::string_view key) {
    const auto value = table[key].value<double>();
    if (!value) fail(key, "is not a number");
    return value.value_or(0);
  }

  LonLat position(const toml::array* pair) {
    if (pair && pair->size() == 2) return {(*pair)[0].value_or(0.0), (*pair)[1].value_or(0.0)};
    fail("position", "needs a longitude and a latitude");
    return {};
  }

  std::vector<LonLat> line(const toml::table& root, std::string_view key) {
    std::vector<LonLat> line;
    if (const toml::array* positions = root[key].as_array())
      for (const toml::node& node : *positions) line.push_back(position(node.as_array()));
    return line;
  }

  // Positions, or county codes that stand for their seats.
  std::vector<LonLat> via(const toml::table& table, const Description& d) {
    std::vector<LonLat> line;
    const toml::array* places = table["via"].as_array();
    if (!places) fail("via", "is missing");
    for (std::size_t i = 0; places && i < places->size(); ++i) {
      const auto code = (*places)[i].value<std::string>();
      const auto county = std::find_if(d.counties.begin(), d.counties.end(),
                                       [&](const auto& facts) { return code && facts.code == *code; });
      if (code && county == d.counties.end()) fail(*code, "is no county of the description");
      line.push_back(code && county != d.counties.end() ? county->seat : position((*places)[i].as_array()));
    }
    return line;
  }

  // code,"name",parent[,…] with a heading; sorted by code.
  std::vector<UnitName> names(const std::filesystem::path& list) {
    std::vector<UnitName> units;
    std::ifstream file(list);
    if (!file) fail(list.string(), "cannot be read");
    std::string row;
    std::getline(file, row);
    while (std::getline(file, row)) {
      std::erase(row, '"');
      std::erase(row, '\r');
      const std::size_t first = row.find(','), second = row.find(',', first + 1);
      if (second == std::string::npos) continue;
      units.push_back({row.substr(0, first), row.substr(first + 1, second - first - 1),
                       row.substr(second + 1, row.find(',', second + 1) - second - 1)});
    }
    std::sort(units.begin(), units.end(), [](const auto& a, const auto& b) { return a.code < b.code; });
    return units;
  }

  std::filesystem::path file_;
  std::optional<Issue> issue_;
};

}  // namespace

std::string_view Description::short_name(std::string_view village) const {
  for (const std::string& ending : village_endings)
    if (village.size() > ending.size() && village.ends_with(ending))
      return village.substr(0, village.size() - ending.size());
  return village;
}

Result<Description> read_description(const std::filesystem::path& file) {
  return Reader(file).read();
}

}  // namespace xiangtu::synth
