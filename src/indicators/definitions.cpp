#include "indicators/definitions.hpp"

#include <algorithm>
#include <array>
#include <fstream>
#include <iterator>
#include <set>
#include <utility>

#include <toml++/toml.h>

#include "base/nearest_word.hpp"
#include "indicators/parameters.hpp"

namespace xiangtu::indicators {

// As it was parsed.
struct DefinitionFile {
  std::string name;
  toml::table root;
  bool is_own = false;  // of the user: it goes before those that were read already
};

namespace {

const KnownNames any_names;

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

bool is_parameter(std::string_view name) {
  const auto has_name = [name](const auto& parameter) { return parameter.first == name; };
  return std::any_of(number_parameters.begin(), number_parameters.end(), has_name) ||
         std::any_of(yes_no_parameters.begin(), yes_no_parameters.end(), has_name);
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

Result<DefinitionFile> parsed_file(std::string_view text, std::string_view name, bool is_own) {
  try {
    return DefinitionFile{std::string{name}, toml::parse(text, name), is_own};
  } catch (const toml::parse_error& error) {
    const auto at = error.source().begin;
    return Issue{IssueCode::input_bad_definition,
                 "{0}, line {1}, column {2}: {3}",
                 name,
                 at.line,
                 at.column,
                 error.description()};
  }
}

// Reads a definition file; the first error ends the reading.
class DefinitionReader {
 public:
  // known: none, whatever is named is taken.
  DefinitionReader(std::string_view file, const Expression::Defines& defines, const KnownNames& known)
      : file_(file), defines_(defines), known_(known) {}

  std::optional<Issue> issue;

  // One of the names of [define].
  std::optional<Expression> read_define(const toml::table& table, const std::string& name) {
    return expression(table, name, "");
  }

  std::vector<NearMeasure> read_near(const toml::table& root) {
    std::vector<NearMeasure> measures;
    each_table(root, "near", [&](const toml::table& table) {
      check_keys(table, near_keys);
      NearMeasure measure;
      measure.id = required(table, "id");
      measure.target = base(table, "target");
      measure.where = expression(table, "where", "", measure.target);
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
    definition.where = expression(table, "where", value, definition.base);
    definition.weight = expression(table, "weight", value, definition.base);
    definition.part = expression(table, "part", value, definition.base);
    definition.when = expression(table, "when", value, definition.base);
    const std::string aggregate = text(table, "aggregate", "sum");
    if (aggregate != "sum" && aggregate != "max") fail(table, "aggregate", "is neither 'sum' nor 'max'");
    definition.aggregate = aggregate == "max" ? Aggregate::maximum : Aggregate::sum;
    if (info.fraction == (!definition.part && !definition.when))
      fail(table, "unit", "a fraction needs either 'part' or 'when', anything else neither");
    if (definition.part && definition.when) fail(table, "part", "and 'when' exclude each other");
    check_sums(table, definition);
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

  std::optional<Expression> expression(const toml::table& table, std::string_view key, std::string_view value,
                                       std::optional<Base> base = {}) {
    if (issue || !table[key]) return std::nullopt;
    Result<Expression> parsed = Expression::parse(with(text(table, key, ""), value), defines_);
    if (!parsed) {
      fail(table, key, parsed.issue().message.english());
      return std::nullopt;
    }
    if (base) check_names(table, key, *parsed, *base);
    return std::move(*parsed);
  }

  // Everything that is named is known, and what is added or compared is in one unit.
  void check_names(const toml::table& table, std::string_view key, const Expression& expression, Base base) {
    if (known_.empty()) return;
    const auto& names = known_.at(base);
    for (const std::string& name : expression.names()) {
      if (names.contains(name)) continue;
      std::vector<std::string_view> candidates;
      for (const auto& [candidate, unit] : names) candidates.push_back(candidate);
      const std::string meant = nearest(name, candidates);
      return fail(table, key,
                  "names '" + name + "', which no layer of the base has" +
                      (meant.empty() ? "" : "; did you mean '" + meant + "'?"));
    }
    if (const auto unit = expression.unit(unit_in(base)); !unit)
      fail(table, key, unit.issue().message.english());
  }

  Expression::UnitOf unit_in(Base base) const {
    return [&names = known_.at(base)](std::string_view name) { return names.find(name)->second; };
  }

  // What is added up from row to row is no ratio, and the part is in the unit of the whole.
  void check_sums(const toml::table& table, const Definition& definition) {
    if (known_.empty() || issue) return;
    const auto is_cell = [](std::string_view name) { return !is_parameter(name); };
    for (const auto& [key, expression] :
         {std::pair{"weight", &definition.weight}, std::pair{"part", &definition.part}})
      if (*expression && (*expression)->divides_by(is_cell))
        return fail(
            table, key,
            "divides by what differs from row to row: ratios do not add up; give the whole as 'weight' "
            "and what is served of it as 'part'");
    if (!definition.part || !definition.weight) return;
    const Expression::UnitOf unit_of = unit_in(definition.base);
    const std::string part = *definition.part->unit(unit_of), whole = *definition.weight->unit(unit_of);
    if (!part.empty() && !whole.empty() && part != whole)
      fail(table, "part", "is in " + part + ", but 'weight' is in " + whole);
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
  const Expression::Defines& defines_;
  const KnownNames& known_;
};

// [define] of all files as one, in the order of their lines, so that a name may use those above it; one of a
// later file stands for that of an earlier one there.
Result<Expression::Defines> read_defines(const std::vector<DefinitionFile>& files) {
  struct Entry {
    std::string name;
    const DefinitionFile* file;
  };
  std::vector<Entry> entries;
  for (const DefinitionFile& file : files) {
    const toml::table* table = file.root["define"].as_table();
    if (!table) continue;
    std::vector<std::pair<toml::source_position, std::string>> order;
    for (const auto& [key, node] : *table) order.emplace_back(key.source().begin, std::string{key.str()});
    std::sort(order.begin(), order.end(), [](const auto& a, const auto& b) { return a.first < b.first; });
    for (const auto& [position, name] : order) {
      const auto before = std::find_if(entries.begin(), entries.end(),
                                       [&](const Entry& entry) { return entry.name == name; });
      if (before == entries.end())
        entries.push_back({name, &file});
      else
        before->file = &file;
    }
  }
  Expression::Defines defines;
  for (const Entry& entry : entries) {
    DefinitionReader reader(entry.file->name, defines, any_names);
    const auto expression = reader.read_define(*entry.file->root["define"].as_table(), entry.name);
    if (reader.issue) return *reader.issue;
    if (expression) defines.insert_or_assign(entry.name, *expression);
  }
  return defines;
}

// Puts what a file of the user defines in the place of what has its name; otherwise nothing comes twice.
template <class Item, class IdOf>
Status merge(std::vector<Item>& into, std::vector<Item> read, const DefinitionFile& file, const IdOf& id_of) {
  std::set<std::string> in_file;
  for (Item& item : read) {
    const auto same = std::find_if(into.begin(), into.end(),
                                   [&](const Item& other) { return id_of(other) == id_of(item); });
    if (!in_file.insert(id_of(item)).second || (same != into.end() && !file.is_own))
      return Issue{IssueCode::input_bad_definition, "{0}: '{1}' is defined twice; rename one", file.name,
                   id_of(item)};
    if (same == into.end())
      into.push_back(std::move(item));
    else
      *same = std::move(item);
  }
  return {};
}

Result<std::string> file_text(const std::string& path, bool is_own) {
  std::ifstream file(path, std::ios::binary);
  if (!file && is_own)
    return Issue{IssueCode::input_missing, "the definition file {0} cannot be read; check the path", path};
  if (!file)
    return Issue{IssueCode::input_missing,
                 "the definition file {0} cannot be read; reinstall the program or set XIANGTU_ASSETS to the "
                 "folder of its data files",
                 path};
  return std::string{std::istreambuf_iterator<char>(file), {}};
}

}  // namespace

Result<Definitions> Definitions::of(const std::vector<DefinitionFile>& files, const KnownNames& known) {
  const auto defines = read_defines(files);
  if (!defines) return defines.issue();
  KnownNames names = known;
  Definitions definitions;
  for (const DefinitionFile& file : files) {
    DefinitionReader reader(file.name, *defines, file.is_own ? names : any_names);
    std::vector<NearMeasure> measures = reader.read_near(file.root);
    if (!reader.issue)
      for (auto& [base, known_of_base] : names)
        for (const NearMeasure& measure : measures) known_of_base.try_emplace(measure.id);
    std::vector<Definition> indicators = reader.read_indicators(file.root);
    if (reader.issue) return *reader.issue;
    if (const Status merged = merge(definitions.near_, std::move(measures), file,
                                    [](const NearMeasure& measure) { return measure.id; });
        !merged)
      return merged.issue();
    if (const Status merged = merge(definitions.indicators_, std::move(indicators), file,
                                    [](const Definition& definition) { return definition.info.id; });
        !merged)
      return merged.issue();
    const std::string number = file.root["version"].value_or(std::string{});
    if (!number.empty() && !file.is_own) definitions.version_ = number;
  }
  return definitions;
}

Result<Definitions> Definitions::parse(std::string_view toml, std::string_view file_name,
                                       const KnownNames& known) {
  Result<DefinitionFile> file = parsed_file(toml, file_name, !known.empty());
  if (!file) return file.issue();
  std::vector<DefinitionFile> files;
  files.push_back(std::move(*file));
  return of(files, known);
}

Result<Definitions> Definitions::load(const std::filesystem::path& assets,
                                      const std::vector<std::string>& own_files, const KnownNames& known) {
  std::vector<std::string> paths{(assets / "indicators.toml").string(), (assets / "bulletin.toml").string()};
  const std::size_t shipped = paths.size();
  paths.insert(paths.end(), own_files.begin(), own_files.end());
  std::vector<DefinitionFile> files;
  std::uint64_t hash = fingerprint("");
  for (std::size_t i = 0; i < paths.size(); ++i) {
    const Result<std::string> text = file_text(paths[i], i >= shipped);
    if (!text) return text.issue();
    hash = fingerprint(*text, hash);
    Result<DefinitionFile> file = parsed_file(*text, paths[i], i >= shipped);
    if (!file) return file.issue();
    files.push_back(std::move(*file));
  }
  Result<Definitions> definitions = of(files, known);
  if (definitions) definitions->version_ += fmt::format("-{:016x}", hash);
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

std::span<const Base> all_bases() {
  static constexpr std::array bases{
      Base::counties,    Base::townships,     Base::natural_villages, Base::admin_villages,
      Base::communities, Base::village_units, Base::settlements,      Base::household_villages,
      Base::roads,       Base::bridges,       Base::water_projects,   Base::sanitation,
      Base::housing,     Base::projects};
  static_assert(bases.size() == base_names.size());
  return bases;
}

std::vector<const Expression*> expressions_of(const Definition& definition) {
  std::vector<const Expression*> expressions;
  for (const auto* expression : {&definition.where, &definition.weight, &definition.part, &definition.when})
    if (*expression) expressions.push_back(&**expression);
  return expressions;
}

}  // namespace xiangtu::indicators
