// Cells of one source field turned into one column of the table, by the type that the schema gives
// it. What cannot be read is missing and goes to the findings.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "io/cell.hpp"
#include "io/field_binding.hpp"
#include "io/finding_log.hpp"
#include "io/schema.hpp"
#include "table/column.hpp"
#include "table/row_sieve.hpp"

namespace xiangtu::io {

class ColumnReader {
 public:
  ColumnReader(const Schema& schema, Role role, const FieldBinding& binding, FindingLog& log);

  const FieldBinding& binding() const { return *binding_; }
  // The next row's cell.
  void add(const Cell& cell, std::int64_t row);
  // The cells of a reader of the same field, whose rows come after those here; it is empty afterwards.
  void append(ColumnReader& later);
  void reserve(std::size_t rows);
  // The last row's cell: the number of its text in the column's dictionary, or the number itself.
  std::variant<std::uint32_t, double> last_cell() const;
  table::FieldValue last_value() const;
  void drop_last();
  table::Column take();

 private:
  // What a source text means in this column; found once for each distinct text.
  struct Meaning {
    bool missing = true;
    std::optional<Noticed> problem;
    double number = 0;
    std::uint32_t entry = table::Dictionary::missing;  // in the column's dictionary
  };

  void add_text(std::string_view text, std::int64_t row);
  // A text that is the cell before once more, or a code that needs no reading.
  bool add_plain(std::string_view text);
  // Whether texts are mostly distinct, so that their meanings are not worth remembering.
  bool mostly_distinct() const;
  void add_number(double number, std::int64_t row);
  void push(const Meaning& meaning, std::int64_t row, std::string_view sample);
  void push_missing();

  const Meaning& meaning_of(std::string_view text);
  Meaning interpret(std::string_view text);
  Meaning interpret_code(std::string_view text);
  Meaning interpret_number(std::string_view text);
  Meaning interpret_boolean(std::string_view text);
  Meaning interpret_choice(std::string_view text);
  Meaning interpret_date(std::string_view text);
  Meaning checked_number(double number) const;
  Meaning in_range(double value) const;  // in the field's unit
  std::optional<double> number_with_unit(std::string_view text) const;
  Meaning as_text(std::string_view text);
  // The text that the mapping puts in the place of the source's; the source's where it says nothing.
  std::string_view mapped(std::string_view text) const;

  table::NumberColumn& numbers() { return std::get<table::NumberColumn>(column_.data); }

  const Schema& schema_;
  Role role_;
  const FieldBinding* binding_;
  FindingLog& log_;
  FieldType type_;
  bool has_choices_;
  table::Column column_;
  table::Dictionary seen_;
  std::vector<Meaning> meanings_;  // by entry of seen_
};

}  // namespace xiangtu::io
