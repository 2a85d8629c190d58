#include "viewer/cell_text.hpp"

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

}  // namespace xiangtu::viewer
