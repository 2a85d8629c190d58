#include "workspace/place_search_builder.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <unordered_set>

#include "base/parallel.hpp"
#include "base/text.hpp"
#include "table/column.hpp"

namespace xiangtu::workspace {

using atlas::Layer;
using table::Column;
using table::Dictionary;
using table::Role;

namespace {

constexpr std::size_t most_readings = 12;  // of one name
constexpr std::size_t steps_between_looks = 1 << 12;
constexpr std::array<std::string_view, 6> importance_fields{"population", "households",      "length_km",
                                                            "length_m",   "investment_yuan", "budget_yuan"};

std::uint32_t order_of(Role role) {
  using enum Role;
  // All villages are of one order: the more people the earlier.
  const bool village = role == villages || role == natural_villages || role == admin_villages;
  return static_cast<std::uint32_t>(village ? villages : role);
}

const Column* numbers_of_importance(const table::FeatureTable& table) {
  for (const std::string_view field : importance_fields)
    if (const Column* column = table.find(field); column && !column->is_text()) return column;
  return nullptr;
}

// National roads before provincial ones and so on.
float class_importance(const Column* classes, std::size_t row) {
  constexpr std::string_view ascending = "ZCYXSG";
  constexpr float longer_than_any_road = 1e6F;
  const std::string_view road_class = classes && classes->is_text() ? classes->text().at(row) : "";
  const std::size_t place = road_class.empty() ? std::string_view::npos : ascending.find(road_class);
  return place == std::string_view::npos ? 0 : static_cast<float>(place + 1) * longer_than_any_road;
}

const table::TextColumn* texts_of(const table::FeatureTable& table, std::string_view field) {
  const Column* column = table.find(field);
  return column && column->is_text() ? &column->text() : nullptr;
}

}  // namespace

Result<PlaceSearch> PlaceSearch::build(std::shared_ptr<const atlas::Atlas> atlas, Pinyin pinyin,
                                       Progress& progress) {
  PlaceSearch search;
  search.atlas_ = std::move(atlas);
  Builder builder(search, std::move(pinyin), progress);
  if (const Status built = builder.build(); !built) return built.issue();
  return search;
}

Status PlaceSearch::Builder::build() {
  progress_.begin("gathering names", 0);
  std::vector<Candidate> candidates;
  for (std::size_t layer = 0; layer < search_.atlas_->layers.size(); ++layer) collect(layer, candidates);
  parallel_sort(candidates.begin(), candidates.end(), progress_);
  if (progress_.stop_requested()) return cancelled_issue();
  search_.entries_.reserve(candidates.size());
  for (const Candidate& place : candidates) search_.entries_.push_back(place.entry);
  if (const Status added = add_texts("name", search_.names_); !added) return added;
  if (const Status added = add_texts("code", search_.codes_); !added) return added;
  return add_readings();
}

void PlaceSearch::Builder::collect(std::size_t layer, std::vector<Candidate>& candidates) const {
  const Layer& source = search_.atlas_->layers[layer];
  const table::FeatureTable& table = source.table;
  const table::TextColumn *names = texts_of(table, "name"), *codes = texts_of(table, "code");
  if (!names && !codes) return;
  const bool roads = source.role == Role::roads;
  const Column *importance = numbers_of_importance(table), *classes = roads ? table.find("class") : nullptr;
  std::unordered_set<std::uint64_t> seen;  // roads: name and code
  for (std::size_t row = 0; row < table.size(); ++row) {
    const std::uint32_t name = names ? names->entries[row] : Dictionary::missing,
                        code = codes ? codes->entries[row] : Dictionary::missing;
    if (name == Dictionary::missing && code == Dictionary::missing) continue;
    if (roads && !seen.insert(std::uint64_t{name} << 32 | code).second) continue;
    const double number = importance ? importance->numbers()[row] : 0;
    const float importance_of_row =
        (std::isnan(number) ? 0 : static_cast<float>(number)) + (roads ? class_importance(classes, row) : 0);
    candidates.push_back({order_of(source.role),
                          -importance_of_row,
                          {static_cast<std::uint32_t>(row), static_cast<std::uint32_t>(layer)}});
  }
}

// Texts are numbered as the places in their order bring them, each folded once for each layer.
Status PlaceSearch::Builder::add_texts(std::string_view field, Texts& texts) {
  Dictionary distinct;
  std::vector<const table::TextColumn*> columns;
  std::vector<std::vector<std::uint32_t>> text_of;  // by layer and entry of its dictionary
  for (const Layer& layer : search_.atlas_->layers) {
    columns.push_back(texts_of(layer.table, field));
    text_of.emplace_back(columns.back() ? columns.back()->dictionary.size() : 0, Dictionary::missing);
  }
  std::vector<std::uint32_t> text_of_place(search_.entries_.size(), Dictionary::missing);
  progress_.begin("gathering names", search_.entries_.size());
  for (std::size_t place = 0; place < search_.entries_.size(); ++place) {
    if (place % steps_between_looks == 0) {
      if (progress_.stop_requested()) return cancelled_issue();
      progress_.advance(steps_between_looks);
    }
    const Entry& entry = search_.entries_[place];
    const table::TextColumn* column = columns[entry.layer];
    if (!column || !column->has(entry.row)) continue;
    const std::uint32_t source = column->entries[entry.row];
    std::uint32_t& text = text_of[entry.layer][source];
    if (text == Dictionary::missing) text = distinct.intern(fold(column->dictionary[source]));
    text_of_place[place] = text;
  }
  texts.begin.assign(distinct.size() + 1, 0);
  for (const std::uint32_t text : text_of_place)
    if (text != Dictionary::missing) ++texts.begin[text + 1];
  for (std::size_t text = 0; text < distinct.size(); ++text) texts.begin[text + 1] += texts.begin[text];
  texts.entries.resize(texts.begin.back());
  std::vector<std::uint32_t> next(texts.begin.begin(), texts.begin.end() - 1);
  for (std::uint32_t place = 0; place < text_of_place.size(); ++place)
    if (text_of_place[place] != Dictionary::missing) texts.entries[next[text_of_place[place]]++] = place;
  for (std::uint32_t text = 0; text < distinct.size(); ++text) texts.lines.add(distinct[text]);
  texts.lines.finish();
  return {};
}

Status PlaceSearch::Builder::add_readings() {
  const SearchLines& names = search_.names_.lines;
  progress_.begin("gathering names", names.size());
  for (std::uint32_t name = 0; name < names.size(); ++name) {
    if (name % steps_between_looks == 0) {
      if (progress_.stop_requested()) return cancelled_issue();
      progress_.advance(steps_between_looks);
    }
    search_.several_words_ = search_.several_words_ || names[name].find('_') != std::string_view::npos;
    add_readings_of(name);
  }
  search_.pinyin_.finish();
  search_.initials_.finish();
  search_.name_of_reading_.shrink_to_fit();
  return {};
}

// Every combination of the readings of a name's characters, as far as there are not too many.
void PlaceSearch::Builder::add_readings_of(std::uint32_t name) {
  struct Reading {
    std::string pinyin, initials;
    std::vector<bool> begins;
  };
  std::vector<Reading> all(1);
  bool chinese = false;
  const auto append = [](Reading& to, std::string_view syllable) {
    to.pinyin += syllable;
    to.initials += syllable.front();
    to.begins.push_back(true);
    to.begins.resize(to.pinyin.size(), false);
  };
  for (const char32_t character : characters_of(search_.names_.lines[name])) {
    const auto readings = pinyin_.readings(character);
    chinese = chinese || !readings.empty();
    if (!counts_as_character(character)) continue;
    if (readings.empty()) {
      const char itself = character < 0x80 ? static_cast<char>(character) : '?';
      for (Reading& each : all) append(each, {&itself, 1});
      continue;
    }
    const std::size_t before = all.size();
    for (std::size_t k = 1; k < readings.size() && all.size() + before <= most_readings; ++k)
      for (std::size_t i = 0; i < before; ++i) {
        all.push_back(all[i]);
        append(all.back(), readings[k]);
      }
    for (std::size_t i = 0; i < before; ++i) append(all[i], readings.front());
  }
  if (!chinese) return;
  for (const Reading& each : all) {
    search_.name_of_reading_.push_back(name);
    search_.pinyin_.add(each.pinyin);
    search_.initials_.add(each.initials);
    search_.begins_character_.insert(search_.begins_character_.end(), each.begins.begin(), each.begins.end());
    search_.begins_character_.push_back(true);  // the end of the line
  }
}

}  // namespace xiangtu::workspace
