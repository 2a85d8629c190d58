#include "indicators/definitions.hpp"

#include <algorithm>
#include <array>
#include <fstream>
#include <iterator>
#include <set>
#include <utility>

#include <toml++/toml.h>

namespace xiangtu::indicators {

namespace {

constexpr std::array<std::string_view, 14> base_names{
    "counties",    "townships",     "natural_villages", "admin_villages",
    "communities", "village_units", "settlements",      "household_villages",
    "roads",       "bridges",       "water_projects",   "sanitation",
    "housing",     "projects"};

constexpr std::array<std::string_view, 18> indicator_keys{
    "id",    "set",    "each", "zh",   "en",        "unit",          "unit_zh",       "unit_en", "base",
    "where", "weight", "part", "when", "aggregate", "definition_zh", "definition_en", "source",  "note"};
constexpr std::array<std::string_view, 5> near_keys{"id", "target", "where", "within", "ledger"};

std::optional<Base> base_from_name(std::string_view name) {
  const auto found = std::find(base_names.begin(), base_names.end(), name);
  if (found == base_names.end()) return std::nullopt;
  return static_cast<Base>(found - base_names.begin());
}

std::string with(std::string text, std::string_view value) {
  if (const std::size_t at = text.find("{}"); at != std::string::npos) text.replace(at, 2, value);
  return text;
}

// FNV-1a over the files' bytes: tells whether two results had the same definitions, not a signature.
std::uint64_t fingerprint(std::string_view bytes, std::uint64_t hash = 14695981039346656037ull) {
  for (const char c : bytes) hash = (hash ^ static_cast<unsigned char>(c)) * 1099511628211ull;
  return hash;
}

// Reads one definition file; the first error ends the reading.
class DefinitionReader {
 public:
  DefinitionReader(std::string_view file, const Expression::Defines& defines)
      : file_(file), defines_(defines) {}

  std::optional<Issue> issue;

  Expression::Defines read_defines(const toml::table& root) {
    const toml::table* table = root["define"].as_table();
    if (!table) return defines_;
    // In the order of the file, so that a name may use those above it.
    std::vector<std::pair<toml::source_position, std::string>> order;
    for (const auto& [key, node] : *table) order.emplace_back(key.source().begin, std::string{key.str()});
    std::sort(order.begin(), order.end(), [](const auto& a, const auto& b) { return a.first < b.first; });
    for (const auto& [position, key] : order) {
      const auto parsed = expression(*table, key, "");
      if (parsed) defines_.insert_or_assign(key, *parsed);
    }
    return defines_;
  }

  std::vector<NearMeasure> read_near(const toml::table& root) {
    std::vector<NearMeasure> measures;
    each_table(root, "near", [&](const toml::table& table) {
      check_keys(table, near_keys);
      NearMeasure measure;
      measure.id = required(table, "id");
      measure.target = base(table, "target");
      measure.where = expression(table, "where", "");
      measure.within = required(table, "within");
      measure.ledger = text(table, "ledger", "");
      measures.push_back(std::move(measure));
    });
    return measures;
  }

  std::vector<Definition> read_indicators(const toml::table& root) {
    std::vector<Definition> definitions;
    each_table(root, "indicator", [&](const toml::table& table) {
      check_keys(table, indicator_keys);
      const toml::table* each = table["each"].as_table();
      if (!each) return definitions.push_back(read_indicator(table, "", "", ""));
      std::vector<std::pair<toml::source_position, const toml::key*>> order;
      for (const auto& [key, node] : *each) order.emplace_back(key.source().begin, &key);
      std::sort(order.begin(), order.end(), [](const auto& a, const auto& b) { return a.first < b.first; });
      for (const auto& [position, key] : order) {
        const toml::array* names = (*each)[key->str()].as_array();
        if (!names || names->size() != 2)
          return fail(table, "each", "needs a Chinese and an English name per value");
        definitions.push_back(read_indicator(table, key->str(), (*names)[0].value_or(std::string{}),
                                             (*names)[1].value_or(std::string{})));
      }
    });
    return definitions;
  }

 private:
  template <class Visit>
  void each_table(const toml::table& root, std::string_view name, const Visit& visit) {
    const toml::array* tables = root[name].as_array();
    if (!tables) return;
    for (const toml::node& node : *tables)
      if (const toml::table* table = node.as_table(); table && !issue) visit(*table);
  }

  Definition read_indicator(const toml::table& table, std::string_view value, std::string_view zh,
                            std::string_view en) {
    Definition definition;
    IndicatorInfo& info = definition.info;
    info.id = with(required(table, "id"), value);
    info.name_zh = with(required(table, "zh"), zh);
    info.name_en = with(required(table, "en"), en);
    info.definition_zh = text(table, "definition_zh", "");
    info.definition_en = text(table, "definition_en", "");
    info.source = text(table, "source", "");
    const std::string unit = required(table, "unit");
    info.fraction = unit == "fraction";
    info.unit_zh = info.fraction ? "%" : text(table, "unit_zh", unit);
    info.unit_en = info.fraction ? "%" : text(table, "unit_en", unit);
    definition.sets = sets(table);
    definition.base = base(table, "base");
    definition.where = expression(table, "where", value);
    definition.weight = expression(table, "weight", value);
    definition.part = expression(table, "part", value);
    definition.when = expression(table, "when", value);
    const std::string aggregate = text(table, "aggregate", "sum");
    if (aggregate != "sum" && aggregate != "max") fail(table, "aggregate", "is neither 'sum' nor 'max'");
    definition.aggregate = aggregate == "max" ? Aggregate::maximum : Aggregate::sum;
    if (info.fraction == (!definition.part && !definition.when))
      fail(table, "unit", "a fraction needs either 'part' or 'when', anything else neither");
    if (definition.part && definition.when) fail(table, "part", "and 'when' exclude each other");
    return definition;
  }

  std::vector<std::string> sets(const toml::table& table) {
    std::vector<std::string> names;
    if (const toml::array* list = table["set"].as_array())
      for (const toml::node& name : *list) names.push_back(name.value_or(std::string{}));
    if (names.empty()) names.emplace_back("coverage");
    return names;
  }

  template <std::size_t N>
  void check_keys(const toml::table& table, const std::array<std::string_view, N>& known) {
    for (const auto& [key, node] : table)
      if (std::find(known.begin(), known.end(), key.str()) == known.end())
        fail_at(key.source().begin, key.str(), "is not a known key");
  }

  std::string text(const toml::table& table, std::string_view key, std::string_view otherwise) {
    const auto node = table[key];
    if (!node) return std::string{otherwise};
    const auto value = node.value<std::string>();
    if (!value) fail(table, key, "is not a text");
    return value.value_or(std::string{otherwise});
  }

  std::string required(const toml::table& table, std::string_view key) {
    if (!table[key]) fail_at(table.source().begin, key, "is missing");
    return text(table, key, "");
  }

  Base base(const toml::table& table, std::string_view key) {
    const auto found = base_from_name(required(table, key));
    if (!found) fail(table, key, "names no base; see the head of indicators.toml for those there are");
    return found.value_or(Base::settlements);
  }

  std::optional<Expression> expression(const toml::table& table, std::string_view key,
                                       std::string_view value) {
    if (issue || !table[key]) return std::nullopt;
    Result<Expression> parsed = Expression::parse(with(text(table, key, ""), value), defines_);
    if (parsed) return std::move(*parsed);
    fail(table, key, parsed.issue().message.english());
    return std::nullopt;
  }

  void fail(const toml::table& table, std::string_view key, std::string_view what) {
    const toml::node* node = table.get(key);
    fail_at(node ? node->source().begin : table.source().begin, key, what);
  }
  void fail_at(toml::source_position at, std::string_view key, std::string_view what) {
    if (!issue)
      issue = Issue{IssueCode::input_bad_definition,
                    "{0}, line {1}, column {2}: '{3}' {4}",
                    file_,
                    at.line,
                    at.column,
                    key,
                    what};
  }

  std::string file_;
  Expression::Defines defines_;
};

Result<std::string> file_text(const std::filesystem::path& path) {
  std::ifstream file(path, std::ios::binary);
  if (!file)
    return Issue{IssueCode::input_missing,
                 "the definition file {0} cannot be read; reinstall the program or set XIANGTU_ASSETS to the "
                 "folder of its data files",
                 path.string()};
  return std::string{std::istreambuf_iterator<char>(file), {}};
}

}  // namespace

Status Definitions::add(std::string_view toml_text, std::string_view file_name) {
  toml::parse_result root;
  try {
    root = toml::parse(toml_text, file_name);
  } catch (const toml::parse_error& error) {
    const auto at = error.source().begin;
    return Issue{IssueCode::input_bad_definition,
                 "{0}, line {1}, column {2}: {3}",
                 file_name,
                 at.line,
                 at.column,
                 error.description()};
  }
  DefinitionReader reader(file_name, defines_);
  defines_ = reader.read_defines(root);
  std::vector<NearMeasure> near_read = reader.read_near(root);
  std::vector<Definition> read = reader.read_indicators(root);
  if (reader.issue) return *reader.issue;
  std::set<std::string> ids;
  for (const Definition& definition : indicators_) ids.insert(definition.info.id);
  for (const Definition& definition : read)
    if (!ids.insert(definition.info.id).second)
      return Issue{IssueCode::input_bad_definition, "{0}: the indicator '{1}' is defined twice; rename one",
                   file_name, definition.info.id};
  std::move(near_read.begin(), near_read.end(), std::back_inserter(near_));
  std::move(read.begin(), read.end(), std::back_inserter(indicators_));
  const std::string number = root["version"].value_or(std::string{});
  if (!number.empty()) version_ = number;
  return {};
}

Result<Definitions> Definitions::parse(std::string_view toml, std::string_view file_name) {
  Definitions definitions;
  if (const Status added = definitions.add(toml, file_name); !added) return added.issue();
  return definitions;
}

Result<Definitions> Definitions::load(const std::filesystem::path& assets) {
  Definitions definitions;
  std::uint64_t hash = fingerprint("");
  for (const char* name : {"indicators.toml", "bulletin.toml"}) {
    const std::filesystem::path path = assets / name;
    const Result<std::string> text = file_text(path);
    if (!text) return text.issue();
    hash = fingerprint(*text, hash);
    if (const Status added = definitions.add(*text, path.string()); !added) return added.issue();
  }
  definitions.version_ += fmt::format("-{:016x}", hash);
  return definitions;
}

const NearMeasure* Definitions::near_measure(std::string_view id) const {
  const auto found =
      std::find_if(near_.begin(), near_.end(), [&](const NearMeasure& measure) { return measure.id == id; });
  return found == near_.end() ? nullptr : &*found;
}

const Definition* Definitions::find(std::string_view id) const {
  const auto found = std::find_if(indicators_.begin(), indicators_.end(),
                                  [&](const Definition& definition) { return definition.info.id == id; });
  return found == indicators_.end() ? nullptr : &*found;
}

Result<std::vector<const Definition*>> Definitions::select(std::string_view set,
                                                           const std::vector<std::string>& ids) const {
  std::vector<const Definition*> selected;
  if (ids.empty()) {
    for (const Definition& definition : indicators_)
      if (std::find(definition.sets.begin(), definition.sets.end(), set) != definition.sets.end())
        selected.push_back(&definition);
    if (selected.empty())
      return Issue{
          IssueCode::unknown_indicator,
          "there is no set of indicators '{0}'; 'xiangtu stats --list' shows the indicators and their sets",
          set};
    return selected;
  }
  for (const std::string& id : ids) {
    bool known = false;
    const bool all = id.ends_with(".*");
    const std::string_view stem = std::string_view{id}.substr(0, all ? id.size() - 1 : id.size());
    for (const Definition& definition : indicators_)
      if (all ? definition.info.id.starts_with(stem) : definition.info.id == stem) {
        known = true;
        if (std::find(selected.begin(), selected.end(), &definition) == selected.end())
          selected.push_back(&definition);
      }
    if (!known)
      return Issue{IssueCode::unknown_indicator,
                   "there is no indicator '{0}'; 'xiangtu stats --list' shows those there are", id};
  }
  return selected;
}

std::vector<const Expression*> expressions_of(const Definition& definition) {
  std::vector<const Expression*> expressions;
  for (const auto* expression : {&definition.where, &definition.weight, &definition.part, &definition.when})
    if (*expression) expressions.push_back(&**expression);
  return expressions;
}

}  // namespace xiangtu::indicators
