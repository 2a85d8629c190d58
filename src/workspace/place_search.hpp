// Finding places by name or code while they are typed: in Chinese, in pinyin, by the first letters of the
// pinyin ("zjp" for a village Zhang-Jia-Ping), or any mixture of these.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <string_view>
#include <utility>
#include <vector>

#include "atlas/atlas.hpp"
#include "base/pinyin.hpp"
#include "base/progress.hpp"
#include "base/result.hpp"
#include "workspace/search_lines.hpp"

namespace xiangtu::workspace {

// How a place answers to what was typed, the best first.
enum class Match : std::uint8_t {
  whole_code,
  whole_name,
  beginning,           // of the name or the code
  word_beginning,      // of a later word of the name
  whole_pinyin,        //
  pinyin_beginning,    //
  whole_initials,      //
  initials_beginning,  //
  mixed_beginning,     // each character by itself, its initial, or more of its pinyin: "zhangjp"
  within,              // name or code
  pinyin_within,       // from the beginning of a character
  initials_within,
};

struct FoundPlace {
  const atlas::Layer* layer = nullptr;
  RowIx row;  // the first one of a road that has several
  Match match = Match::within;
};

// All rows of an atlas that have a name or a code, except that a road of several rows is one place. Immutable
// and thread-safe. A query reads through the distinct names at the speed of memory: 600,000 villages take
// some milliseconds.
class PlaceSearch {
 public:
  // Error: cancelled.
  static Result<PlaceSearch> build(std::shared_ptr<const atlas::Atlas> atlas, Pinyin pinyin,
                                   Progress& progress);

  // The best `most` places: by how they match; then counties, townships, villages, the other layers; then
  // the more important first (by people, else households, length, money; roads by class); then by row.
  std::vector<FoundPlace> find(std::string_view typed, std::size_t most) const;

  // All rows of a place: of a road those of the same name and code.
  std::vector<RowIx> rows_of(const FoundPlace& place) const;
  // Where it lies: its finest unit; the total when that is not known.
  UnitIx unit_of(const FoundPlace& place) const;

  std::size_t size() const { return entries_.size(); }
  std::size_t bytes() const;  // of memory
  const atlas::Atlas& atlas() const { return *atlas_; }

 private:
  // Places by rank: an earlier one is shown before a later one that matches as well.
  struct Entry {
    std::uint32_t row;
    std::uint32_t layer;  // position in atlas.layers
  };
  // Distinct texts in the order of their first place, and the places of each, ascending.
  struct Texts {
    SearchLines lines;
    std::vector<std::uint32_t> begin, entries;

    std::span<const std::uint32_t> entries_of(std::size_t text) const {
      return std::span{entries}.subspan(begin[text], begin[text + 1] - begin[text]);
    }
  };
  class Builder;
  class Query;

  PlaceSearch() = default;

  std::shared_ptr<const atlas::Atlas> atlas_;
  std::vector<Entry> entries_;
  Texts names_, codes_;
  bool several_words_ = false;  // some name has more than one word
  // Of names with Chinese characters, a line for each way to read them: its pinyin, its initials.
  SearchLines pinyin_, initials_;
  std::vector<std::uint32_t> name_of_reading_;
  std::vector<bool> begins_character_;  // of each byte of pinyin_
};

}  // namespace xiangtu::workspace
