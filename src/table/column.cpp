#include "table/column.hpp"

#include <algorithm>
#include <bit>

#include "base/text.hpp"

namespace xiangtu::table {

namespace {

std::uint32_t hash_of(std::string_view text) {
  const std::uint64_t hash = std::hash<std::string_view>{}(text);
  return static_cast<std::uint32_t>(hash ^ hash >> 32);
}

}  // namespace

std::size_t Dictionary::slot_of(std::string_view text, std::uint32_t hash) const {
  const std::size_t mask = slots_.size() - 1;
  std::size_t slot = hash & mask;
  while (slots_[slot].entry != missing && (slots_[slot].hash != hash || (*this)[slots_[slot].entry] != text))
    slot = (slot + 1) & mask;
  return slot;
}

void Dictionary::grow(std::size_t slots) {
  slots_.assign(slots, Slot{});
  const std::size_t mask = slots_.size() - 1;
  for (std::uint32_t entry = 0; entry < size(); ++entry) {
    std::size_t slot = hashes_[entry] & mask;
    while (slots_[slot].entry != missing) slot = (slot + 1) & mask;
    slots_[slot] = {hashes_[entry], entry};
  }
}

std::uint32_t Dictionary::intern(std::string_view text, std::uint32_t hash) {
  if ((size() + 1) * 2 > slots_.size()) grow(std::max<std::size_t>(slots_.size() * 2, 16));
  Slot& slot = slots_[slot_of(text, hash)];
  if (slot.entry != missing) return slot.entry;
  slot = {hash, static_cast<std::uint32_t>(size())};
  bytes_ += text;
  begin_.push_back(bytes_.size());
  hashes_.push_back(hash);
  return slot.entry;
}

void Dictionary::reserve(double times) {
  const auto scaled = [&](std::size_t count) {
    return static_cast<std::size_t>(times * static_cast<double>(count));
  };
  bytes_.reserve(scaled(bytes_.size()));
  begin_.reserve(scaled(begin_.size()));
  hashes_.reserve(scaled(hashes_.size()));
  if (const std::size_t slots = std::bit_ceil(2 * scaled(size()) + 1); slots > slots_.size()) grow(slots);
}

std::uint32_t Dictionary::intern(std::string_view text) {
  return intern(text, hash_of(text));
}

std::vector<std::uint32_t> Dictionary::intern_all(const Dictionary& other) {
  std::vector<std::uint32_t> entry_of(other.size());
  for (std::uint32_t i = 0; i < entry_of.size(); ++i) entry_of[i] = intern(other[i], other.hashes_[i]);
  return entry_of;
}

std::uint32_t Dictionary::find(std::string_view text) const {
  return slots_.empty() ? missing : slots_[slot_of(text, hash_of(text))].entry;
}

void Dictionary::clear() {
  bytes_.clear();
  begin_.resize(1);
  hashes_.clear();
  std::fill(slots_.begin(), slots_.end(), Slot{});
}

std::string Column::shown(std::size_t row) const {
  if (missing(row)) return {};
  return is_text() ? std::string{text().at(row)} : format_exact(numbers()[row]);
}

}  // namespace xiangtu::table
