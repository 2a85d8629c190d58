#include "viewer/cell_text.hpp"

#include "base/text.hpp"

namespace xiangtu::viewer {

std::string cell_text(const io::Schema& schema, table::Role role, const table::Column& column,
                      std::size_t row, const Catalogue& catalogue) {
  std::string text = column.shown(row);
  const io::FieldSpec* field = schema.field(role, column.name);
  if (field && field->type == io::FieldType::boolean && !text.empty())
    return std::string{catalogue(text == "0" ? "no" : "yes")};
  if (field && field->type == io::FieldType::choice && !text.empty())
    return std::string{schema.choice_label(role, column.name, text, catalogue.language())};
  return text;
}

table::ShownText shown_texts(const io::Schema& schema, table::Role role, const table::Column& column,
                             Language language) {
  const io::FieldSpec* field = schema.field(role, column.name);
  if (!field || field->type != io::FieldType::choice) return nullptr;
  return [&schema, role, name = column.name, language](std::string_view text) {
    return std::string{schema.choice_label(role, name, text, language)};
  };
}

std::string measure_label(std::string_view measure, Metres within, const Catalogue& t) {
  const std::string metres = format_number(within.value, 0);
  if (measure == "reached") return Message("reached by a hardened road (≤ {0} m)", metres).in(t);
  if (measure == "near_hardened") return Message("near a hardened road (≤ {0} m)", metres).in(t);
  if (measure == "near_road") return Message("near a road (≤ {0} m)", metres).in(t);
  if (measure == "near_all_season") return Message("near an all-season road (≤ {0} m)", metres).in(t);
  return std::string{measure} + " (≤ " + metres + " m)";
}

}  // namespace xiangtu::viewer
