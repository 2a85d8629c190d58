// Typed columns with validity. A cell is either a value or missing; a missing cell of a number
// column holds NaN, of a text column the index Dictionary::missing.
#pragma once

#include <cmath>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <variant>
#include <vector>

#include "base/large_vector.hpp"

namespace xiangtu::table {

// Distinct texts, numbered in the order in which they came. Texts are UTF-8.
class Dictionary {
 public:
  static constexpr std::uint32_t missing = std::numeric_limits<std::uint32_t>::max();

  std::uint32_t intern(std::string_view text);
  // The number of a text, or missing when it is not in the dictionary.
  std::uint32_t find(std::string_view text) const;
  std::string_view operator[](std::uint32_t entry) const {
    return std::string_view{bytes_}.substr(begin_[entry], begin_[entry + 1] - begin_[entry]);
  }
  std::size_t size() const { return begin_.size() - 1; }
  // All texts, one after another.
  std::string_view bytes() const { return bytes_; }

  void clear();
  // Room for so many times the texts that are here.
  void reserve(double times);
  // The entries of another dictionary in this one, by their numbers there.
  std::vector<std::uint32_t> intern_all(const Dictionary& other);

 private:
  // An entry with the hash of its text, so that a miss costs no look at the text.
  struct Slot {
    std::uint32_t hash = 0;
    std::uint32_t entry = missing;
  };
  std::uint32_t intern(std::string_view text, std::uint32_t hash);
  std::size_t slot_of(std::string_view text, std::uint32_t hash) const;
  void grow(std::size_t slots);

  std::string bytes_;
  std::vector<std::uint64_t> begin_{0};
  std::vector<std::uint32_t> hashes_;  // by entry
  LargeVector<Slot> slots_;            // open addressing
};

// Numbers: integers up to 2^53 and reals alike; booleans are 0 and 1. NaN is missing.
struct NumberColumn {
  std::vector<double> values;
};

// Texts by dictionary. Dates are ISO 8601 texts.
struct TextColumn {
  Dictionary dictionary;
  std::vector<std::uint32_t> entries;

  bool has(std::size_t row) const { return entries[row] != Dictionary::missing; }
  // Empty when missing.
  std::string_view at(std::size_t row) const {
    return has(row) ? dictionary[entries[row]] : std::string_view{};
  }
  void push(std::string_view text) { entries.push_back(dictionary.intern(text)); }
  void push_missing() { entries.push_back(Dictionary::missing); }
};

struct Column {
  std::string name;         // canonical name where the field is known, else as in the source
  std::string source_name;  // as in the source
  std::variant<NumberColumn, TextColumn> data;

  bool is_text() const { return std::holds_alternative<TextColumn>(data); }
  const TextColumn& text() const { return std::get<TextColumn>(data); }
  TextColumn& text() { return std::get<TextColumn>(data); }
  std::span<const double> numbers() const { return std::get<NumberColumn>(data).values; }
  bool missing(std::size_t row) const { return is_text() ? !text().has(row) : std::isnan(numbers()[row]); }
  // For showing: the text, or the number in its shortest form; empty when missing.
  std::string shown(std::size_t row) const;
};

}  // namespace xiangtu::table
