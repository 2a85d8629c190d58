#include "io/schema.hpp"

#include <algorithm>

#include "base/text.hpp"

namespace xiangtu::io {

namespace {

// dBASE cuts names after ten bytes, perhaps inside a character; what is left of that is dropped.
constexpr std::size_t dbf_name_bytes = 10;

struct UnitSuffix {
  std::string stem;
  std::string unit;
};

// "investment(万元)" or "width_m" parted into name and unit; the name is folded already.
std::optional<UnitSuffix> split_unit(const std::string& folded) {
  for (const auto& [open, close] : {std::pair{'(', ')'}, std::pair{'[', ']'}}) {
    if (!folded.ends_with(close)) continue;
    const std::size_t begin = folded.rfind(open);
    if (begin == std::string::npos || begin == 0) continue;
    std::string stem = folded.substr(0, begin);
    if (stem.ends_with('_')) stem.pop_back();
    return UnitSuffix{stem, folded.substr(begin + 1, folded.size() - begin - 2)};
  }
  const std::size_t gap = folded.rfind('_');
  if (gap == std::string::npos || gap == 0 || gap + 1 == folded.size()) return std::nullopt;
  return UnitSuffix{folded.substr(0, gap), folded.substr(gap + 1)};
}

const std::string& label_in(const std::string& zh, const std::string& en, Language language) {
  return language == Language::chinese ? zh : en;
}

template <class Map>
auto value_at(const Map& map, std::string_view key) {
  const auto found = map.find(key);
  return found == map.end() ? std::nullopt : std::optional{found->second};
}

// Whether the alias is a word of its own in the name: ASCII aliases between '_' or at the ends,
// others anywhere.
bool holds_alias(std::string_view name, std::string_view alias) {
  const bool ascii = std::all_of(alias.begin(), alias.end(), [](char c) { return (c & 0x80) == 0; });
  for (std::size_t at = name.find(alias); at != std::string_view::npos; at = name.find(alias, at + 1)) {
    if (!ascii) return true;
    const std::size_t end = at + alias.size();
    const auto parts = [](char c) { return c < 'a' || c > 'z'; };
    if ((at == 0 || parts(name[at - 1])) && (end == name.size() || parts(name[end]))) return true;
  }
  return false;
}

}  // namespace

bool LayerSpec::allows(table::GeometryKind kind) const {
  return std::find(geometries.begin(), geometries.end(), kind) != geometries.end();
}

const FieldSpec* Schema::field(Role role, std::string_view name) const {
  const std::vector<FieldSpec>& fields = layer(role).fields;
  const auto found =
      std::find_if(fields.begin(), fields.end(), [&](const FieldSpec& f) { return f.name == name; });
  return found == fields.end() ? nullptr : &*found;
}

const Schema::Choices* Schema::choices_for(Role role, std::string_view field) const {
  const auto found = std::find_if(choices_.begin(), choices_.end(),
                                  [&](const Choices& c) { return c.role == role && c.field == field; });
  return found == choices_.end() ? nullptr : &*found;
}

const std::vector<ChoiceSpec>& Schema::choices(Role role, std::string_view field) const {
  static const std::vector<ChoiceSpec> none;
  const Choices* found = choices_for(role, field);
  return found ? found->values : none;
}

std::string_view Schema::layer_label(Role role, Language language) const {
  const LayerSpec& spec = layer(role);
  return label_in(spec.label_zh, spec.label_en, language);
}

std::string Schema::field_label(Role role, std::string_view name, Language language) const {
  const FieldSpec* spec = field(role, name);
  if (!spec) return std::string{name};
  const std::string& label = label_in(spec->label_zh, spec->label_en, language);
  if (spec->unit.empty() || spec->unit == "people" || spec->unit == "households") return label;
  const auto units = units_.find(spec->unit);
  if (language == Language::english || units == units_.end())
    return fmt::format("{} ({})", label, spec->unit);
  for (const auto& [written, factor] : units->second)  // the first non-ASCII name of the unit itself
    if (factor == 1 && (written.front() & 0x80) != 0) return fmt::format("{} ({})", label, written);
  return fmt::format("{} ({})", label, spec->unit);
}

std::string_view Schema::choice_label(Role role, std::string_view field, std::string_view value,
                                      Language language) const {
  for (const ChoiceSpec& choice : choices(role, field))
    if (choice.value == value) return label_in(choice.label_zh, choice.label_en, language);
  return value;
}

std::optional<Role> Schema::role_of_layer(std::string_view layer_name) const {
  return value_at(roles_by_name_, fold(layer_name));
}

std::optional<Role> Schema::role_in_layer_name(std::string_view layer_name) const {
  const std::string name = fold(layer_name);
  std::optional<Role> best;
  std::size_t longest = 0;
  for (const auto& [alias, role] : roles_by_name_) {
    if (alias.size() < 4 || alias.size() <= longest || !holds_alias(name, alias)) continue;
    best = role;
    longest = alias.size();
  }
  return best;
}

NameMatch Schema::match(Role role, std::string_view source_field) const {
  const std::string name = fold(source_field);
  const FieldIndex& index = fields_by_name_[static_cast<std::size_t>(role)];
  if (const auto position = value_at(index, name)) {
    const FieldSpec& spec = layer(role).fields[*position];
    return {&spec, spec.name == name, {}, 1};
  }
  const auto suffix = split_unit(name);
  if (!suffix) return {};
  const auto position = value_at(index, suffix->stem);
  if (!position) return {};
  const FieldSpec& spec = layer(role).fields[*position];
  const auto factor = unit_factor(spec.unit, suffix->unit);
  return factor ? NameMatch{&spec, false, suffix->unit, *factor} : NameMatch{};
}

const FieldSpec* Schema::field_of_short_name(Role role, std::string_view source_field) const {
  std::string name = fold(source_field);
  if (source_field.size() > dbf_name_bytes * 2 || source_field.size() < 8) return nullptr;
  while (!name.empty() && name.ends_with("\xEF\xBF\xBD")) name.resize(name.size() - 3);  // U+FFFD
  const FieldSpec* found = nullptr;
  for (const auto& [alias, position] : fields_by_name_[static_cast<std::size_t>(role)]) {
    if (!alias.starts_with(name)) continue;
    const FieldSpec* spec = &layer(role).fields[position];
    if (found && found != spec) return nullptr;
    found = spec;
  }
  return found;
}

std::string_view Schema::choice_of(Role role, std::string_view field, std::string_view source_value) const {
  const Choices* choices = choices_for(role, field);
  if (!choices) return {};
  const auto position = value_at(choices->by_name, fold(source_value));
  return position ? std::string_view{choices->values[*position].value} : std::string_view{};
}

std::optional<bool> Schema::boolean_of(std::string_view source_value) const {
  return value_at(booleans_, fold(source_value));
}

bool Schema::means_missing(std::string_view source_value) const {
  return trim(source_value).empty() || missing_words_.contains(source_value);
}

bool Schema::means_total(std::string_view source_value) const {
  return total_words_.contains(source_value);
}

std::optional<double> Schema::unit_factor(std::string_view unit, std::string_view written) const {
  const auto units = units_.find(unit);
  if (units == units_.end()) return std::nullopt;
  return value_at(units->second, fold(written));
}

}  // namespace xiangtu::io
