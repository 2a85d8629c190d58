#include "table/column.hpp"

#include "base/text.hpp"

namespace xiangtu::table {

std::size_t Dictionary::slot_of(std::string_view text) const {
  const std::size_t mask = slots_.size() - 1;
  std::size_t slot = std::hash<std::string_view>{}(text)&mask;
  while (slots_[slot] != missing && (*this)[slots_[slot]] != text) slot = (slot + 1) & mask;
  return slot;
}

void Dictionary::grow() {
  slots_.assign(slots_.empty() ? 16 : slots_.size() * 2, missing);
  for (std::uint32_t entry = 0; entry < size(); ++entry) slots_[slot_of((*this)[entry])] = entry;
}

std::uint32_t Dictionary::intern(std::string_view text) {
  if ((size() + 1) * 2 > slots_.size()) grow();
  const std::size_t slot = slot_of(text);
  if (slots_[slot] != missing) return slots_[slot];
  slots_[slot] = static_cast<std::uint32_t>(size());
  bytes_ += text;
  begin_.push_back(bytes_.size());
  return slots_[slot];
}

std::uint32_t Dictionary::find(std::string_view text) const {
  return slots_.empty() ? missing : slots_[slot_of(text)];
}

std::string Column::shown(std::size_t row) const {
  if (missing(row)) return {};
  return is_text() ? std::string{text().at(row)} : format_exact(numbers()[row]);
}

}  // namespace xiangtu::table
