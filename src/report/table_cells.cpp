#include "report/table_cells.hpp"

#include "base/text.hpp"

namespace xiangtu::report {

std::string code_and_name(const table::FeatureTable& table, RowIx row) {
  std::string text{text_of(table, "code", row)};
  if (const std::string_view name = text_of(table, "name", row); !name.empty())
    text += (text.empty() ? "" : " ") + std::string{name};
  return text.empty() ? std::to_string(table.row_ids[row.value]) : text;
}

std::string share_text(const indicators::Figure& share) {
  const auto percent = [](double part) { return format_fixed(100 * part, 1); };
  std::string text = share.value ? percent(*share.value) + "%" : "n/a";
  if (share.unknown != 0 && share.low && share.high)
    text += " [" + percent(*share.low) + "–" + percent(*share.high) + "]";
  return text;
}

std::string whole_text(double number) {
  return with_thousands(format_number(number, 0));
}

std::string kilometres_text(double metres) {
  return format_fixed(metres / 1000, 1);
}

}  // namespace xiangtu::report
