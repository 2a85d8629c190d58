// How the places of an atlas come into their order and their texts under each other.
#pragma once

#include <cstdint>
#include <string_view>
#include <tuple>
#include <utility>
#include <vector>

#include "workspace/place_search.hpp"

namespace xiangtu::workspace {

class PlaceSearch::Builder {
 public:
  Builder(PlaceSearch& search, Pinyin pinyin, Progress& progress)
      : search_(search), pinyin_(std::move(pinyin)), progress_(progress) {}

  Status build();

 private:
  // A place before it has its rank.
  struct Candidate {
    std::uint32_t order;  // of its kind
    float unimportance;
    Entry entry;
    bool operator<(const Candidate& other) const {
      return std::tie(order, unimportance, entry.layer, entry.row) <
             std::tie(other.order, other.unimportance, other.entry.layer, other.entry.row);
    }
  };
  void collect(std::size_t layer, std::vector<Candidate>& candidates) const;
  Status add_texts(std::string_view field, Texts& texts);
  Status add_readings();
  void add_readings_of(std::uint32_t name);

  PlaceSearch& search_;
  Pinyin pinyin_;
  Progress& progress_;
};

}  // namespace xiangtu::workspace
