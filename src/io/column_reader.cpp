#include "io/column_reader.hpp"

#include <algorithm>
#include <cmath>

#include "base/text.hpp"

namespace xiangtu::io {

namespace {

FieldType type_of(const FieldBinding& binding) {
  if (binding.spec) return binding.spec->type;
  const bool number = binding.tag.empty() &&
                      (binding.type == SourceField::Type::integer || binding.type == SourceField::Type::real);
  return number ? FieldType::number : FieldType::text;
}

bool is_number_column(FieldType type) {
  return type == FieldType::number || type == FieldType::integer || type == FieldType::boolean;
}

// A whole number's field whose range says that it is a year also takes dates.
bool is_year(const FieldSpec* spec) {
  return spec && spec->type == FieldType::integer && spec->minimum && *spec->minimum >= 1000;
}

}  // namespace

ColumnReader::ColumnReader(const Schema& schema, Role role, const FieldBinding& binding, FindingLog& log)
    : schema_(schema),
      role_(role),
      binding_(&binding),
      log_(log),
      type_(type_of(binding)),
      has_choices_(binding.spec && !schema.choices(role, binding.spec->name).empty()) {
  column_.name = binding.name();
  column_.source_name = binding.source_name;
  if (is_number_column(type_))
    column_.data = table::NumberColumn{};
  else
    column_.data = table::TextColumn{};
}

void ColumnReader::add(const Cell& cell, std::int64_t row) {
  const bool plain_number = is_number_column(type_) && type_ != FieldType::boolean && !binding_->values;
  switch (cell.kind) {
    case Cell::Kind::missing:
      if (type_ == FieldType::code && binding_->spec->required)
        log_.add(Noticed::code_missing, binding_->name(), row);
      return push_missing();
    case Cell::Kind::text:
      return add_text(cell.text, row);
    case Cell::Kind::integer:
      if (plain_number) return add_number(static_cast<double>(cell.integer), row);
      return add_text(fmt::format("{}", cell.integer), row);
    case Cell::Kind::real:
      if (std::isnan(cell.real)) return add(Cell{}, row);
      if (plain_number) return add_number(cell.real, row);
      if (type_ == FieldType::code) {
        const Code code = code_of(cell.real);
        if (code.lost_digits) return push({true, Noticed::code_lost_digits, 0, {}}, row, code.text);
        return add_text(code.text, row);
      }
      return add_text(format_exact(cell.real), row);
    case Cell::Kind::date:
      if (is_year(binding_->spec)) return add_number(static_cast<double>(cell.integer), row);
      return add_text(cell.text, row);
  }
}

void ColumnReader::push_missing() {
  if (column_.is_text())
    column_.text().push_missing();
  else
    numbers().values.push_back(std::numeric_limits<double>::quiet_NaN());
}

void ColumnReader::push(const Meaning& meaning, std::int64_t row, std::string_view sample) {
  if (meaning.problem) log_.add(*meaning.problem, binding_->name(), row, sample);
  if (meaning.missing) return push_missing();
  if (column_.is_text())
    column_.text().entries.push_back(meaning.entry);
  else
    numbers().values.push_back(meaning.number);
}

void ColumnReader::add_text(std::string_view text, std::int64_t row) {
  if (mostly_distinct()) {
    if (!add_plain(text)) push(interpret(text), row, text);
    return;
  }
  push(meaning_of(text), row, text);
}

bool ColumnReader::add_plain(std::string_view text) {
  if (!column_.is_text()) return false;
  table::TextColumn& column = column_.text();
  if (!column.entries.empty() && column.has(column.entries.size() - 1) &&
      column.dictionary[column.entries.back()] == text) {
    column.entries.push_back(column.entries.back());
    return true;
  }
  const auto is_digit = [](char c) { return c >= '0' && c <= '9'; };
  if (type_ != FieldType::code || text.empty() || !std::all_of(text.begin(), text.end(), is_digit) ||
      schema_.means_missing(text))
    return false;
  column.push(text);
  return true;
}

bool ColumnReader::mostly_distinct() const {
  if (has_choices_ || binding_->values) return false;
  return type_ == FieldType::text || type_ == FieldType::code || type_ == FieldType::number ||
         type_ == FieldType::integer;
}

void ColumnReader::add_number(double number, std::int64_t row) {
  const Meaning meaning = checked_number(number);
  if (meaning.problem) return push(meaning, row, format_exact(number));
  numbers().values.push_back(meaning.number);
}

const ColumnReader::Meaning& ColumnReader::meaning_of(std::string_view text) {
  const std::uint32_t entry = seen_.intern(text);
  if (entry == meanings_.size()) meanings_.push_back(interpret(text));
  return meanings_[entry];
}

std::string_view ColumnReader::mapped(std::string_view text) const {
  if (!binding_->values) return text;
  const std::string_view trimmed = trim(text);
  for (const auto& [from, to] : *binding_->values)
    if (from == trimmed) return to;
  const std::string folded = fold(text);
  for (const auto& [from, to] : *binding_->values)
    if (fold(from) == folded) return to;
  return text;
}

ColumnReader::Meaning ColumnReader::interpret(std::string_view source) {
  const bool sound = valid_utf8(source);
  const std::string scrubbed = sound ? std::string{} : scrub_utf8(source);
  const std::string_view text = mapped(sound ? source : std::string_view{scrubbed});
  Meaning meaning;
  switch (type_) {
    case FieldType::text:
      meaning = trim(text).empty() ? Meaning{} : as_text(trim(text));
      break;
    case FieldType::code:
      meaning = interpret_code(text);
      break;
    case FieldType::number:
    case FieldType::integer:
      meaning = interpret_number(text);
      break;
    case FieldType::boolean:
      meaning = interpret_boolean(text);
      break;
    case FieldType::choice:
      meaning = interpret_choice(text);
      break;
    case FieldType::date:
      meaning = interpret_date(text);
      break;
  }
  if (!sound && !meaning.problem) meaning.problem = Noticed::value_encoding;
  return meaning;
}

ColumnReader::Meaning ColumnReader::as_text(std::string_view text) {
  return {false, std::nullopt, 0, column_.text().dictionary.intern(text)};
}

ColumnReader::Meaning ColumnReader::interpret_code(std::string_view text) {
  if (schema_.means_missing(text))
    return {true, binding_->spec->required ? std::optional{Noticed::code_missing} : std::nullopt, 0, {}};
  const Code code = code_of(text);
  if (code.lost_digits) return {true, Noticed::code_lost_digits, 0, {}};
  return as_text(code.text);
}

ColumnReader::Meaning ColumnReader::interpret_number(std::string_view text) {
  if (has_choices_)
    if (const std::string_view value = schema_.choice_of(role_, binding_->spec->name, text); !value.empty())
      text = value;
  if (const auto number = parse_number(text)) {
    const Meaning meaning = checked_number(*number);
    if (meaning.problem != Noticed::value_not_whole || !is_year(binding_->spec)) return meaning;
  }
  if (schema_.means_missing(text)) return {};
  if (const auto value = number_with_unit(text)) return in_range(*value);
  if (is_year(binding_->spec))
    if (const auto year = year_of(text)) return checked_number(*year);
  return {true, Noticed::value_not_a_number, 0, {}};
}

// "3.5 m" in the unit of the field.
std::optional<double> ColumnReader::number_with_unit(std::string_view text) const {
  if (!binding_->spec || binding_->spec->unit.empty() || !binding_->unit_known) return std::nullopt;
  text = trim(text);
  const std::size_t digits = text.find_last_of("0123456789.");
  if (digits == std::string_view::npos) return std::nullopt;
  const auto number = parse_number(text.substr(0, digits + 1));
  const auto factor = schema_.unit_factor(binding_->spec->unit, text.substr(digits + 1));
  return number && factor ? std::optional{*number * *factor} : std::nullopt;
}

ColumnReader::Meaning ColumnReader::checked_number(double number) const {
  if (!std::isfinite(number)) return {true, Noticed::value_not_a_number, 0, {}};
  return in_range(number * binding_->factor);
}

ColumnReader::Meaning ColumnReader::in_range(double value) const {
  const FieldSpec* spec = binding_->spec;
  if (!spec) return {false, std::nullopt, value, {}};
  // The range is in the field's unit: of a length in an unknown unit only the sign can be judged.
  if ((spec->minimum && value < *spec->minimum) ||
      (spec->maximum && binding_->unit_known && value > *spec->maximum))
    return {true, Noticed::value_out_of_range, 0, {}};
  if (spec->type == FieldType::integer && value != std::floor(value))
    return {true, Noticed::value_not_whole, 0, {}};
  return {false, std::nullopt, value, {}};
}

ColumnReader::Meaning ColumnReader::interpret_boolean(std::string_view text) {
  if (const auto value = schema_.boolean_of(text)) return {false, std::nullopt, *value ? 1.0 : 0.0, {}};
  if (schema_.means_missing(text)) return {};
  if (const auto number = parse_number(text); number && (*number == 0 || *number == 1))
    return {false, std::nullopt, *number, {}};
  return {true, Noticed::value_not_boolean, 0, {}};
}

ColumnReader::Meaning ColumnReader::interpret_choice(std::string_view text) {
  const std::string& field = binding_->spec->name;
  std::string_view value = schema_.choice_of(role_, field, text);
  if (value.empty()) {  // "4.0" as "4"
    const auto number = parse_number(text);
    if (number) value = schema_.choice_of(role_, field, format_exact(*number));
  }
  if (!value.empty()) return as_text(value);
  if (schema_.means_missing(text)) return {};
  return {true, Noticed::value_unknown_choice, 0, {}};
}

ColumnReader::Meaning ColumnReader::interpret_date(std::string_view text) {
  if (const auto date = iso_date(text)) return as_text(*date);
  if (schema_.means_missing(text)) return {};
  return {true, Noticed::value_not_a_date, 0, {}};
}

void ColumnReader::append(ColumnReader& later) {
  if (!column_.is_text()) {
    std::vector<double>& values = later.numbers().values;
    numbers().values.insert(numbers().values.end(), values.begin(), values.end());
    values.clear();
  } else {
    table::TextColumn &from = later.column_.text(), &to = column_.text();
    const std::vector<std::uint32_t> entry_of = to.dictionary.intern_all(from.dictionary);
    for (const std::uint32_t entry : from.entries)
      to.entries.push_back(entry == table::Dictionary::missing ? entry : entry_of[entry]);
    from.entries.clear();
    from.dictionary.clear();
  }
  later.seen_.clear();
  later.meanings_.clear();
}

void ColumnReader::reserve(std::size_t rows) {
  if (!column_.is_text()) return numbers().values.reserve(rows);
  table::TextColumn& column = column_.text();
  const std::size_t read = column.entries.size();
  const bool distinct = column.dictionary.size() > read / 2;  // as the codes of features are
  if (distinct) column.dictionary.reserve(static_cast<double>(rows) / static_cast<double>(read));
  column.entries.reserve(rows);
}

std::variant<std::uint32_t, double> ColumnReader::last_cell() const {
  if (column_.is_text()) return column_.text().entries.back();
  return column_.numbers().back();
}

table::FieldValue ColumnReader::last_value() const {
  if (column_.is_text()) {
    const table::TextColumn& text = column_.text();
    const std::size_t last = text.entries.size() - 1;
    return text.has(last) ? table::FieldValue{text.at(last)} : table::FieldValue{};
  }
  const double number = column_.numbers().back();
  return std::isnan(number) ? table::FieldValue{} : table::FieldValue{number};
}

void ColumnReader::drop_last() {
  if (column_.is_text())
    column_.text().entries.pop_back();
  else
    numbers().values.pop_back();
}

table::Column ColumnReader::take() {
  return std::move(column_);
}

}  // namespace xiangtu::io
