#include "workspace/place_search.hpp"

#include <algorithm>
#include <string>

#include "base/text.hpp"

namespace xiangtu::workspace {

using Next = SearchLines::Next;

// One query: pass by pass from the best way to match, until there are enough places.
class PlaceSearch::Query {
 public:
  Query(const PlaceSearch& search, std::string_view typed, std::size_t most)
      : search_(search), most_(most), typed_(fold(typed)), letters_(letters_of(typed_)) {}

  std::vector<FoundPlace> run();

 private:
  // What is left of the typed text for pinyin; empty when it is no Latin text.
  static std::string letters_of(const std::string& typed);

  bool enough() const { return found_.size() == most_; }
  // Takes the places of a text into the pass. False: no later text of the pass can have a better one.
  bool take(const Texts& texts, std::size_t text);
  bool take_reading(std::size_t reading) { return take(search_.names_, search_.name_of_reading_[reading]); }
  void end_pass(Match match);

  void beginning(const Texts& texts, const std::string& text);
  void within(const Texts& texts, const std::string& text);
  void readings_beginning(const SearchLines& readings, const std::string& text);
  // beginnings: of characters, where the text is to begin at one; null: anywhere.
  void readings_within(const SearchLines& readings, const std::vector<bool>* beginnings);
  void mixed();
  // Whether the typed characters from `at` on, each by itself or by a beginning of its pinyin, are those of
  // a name from `place` on.
  struct Spelled {
    std::u32string_view characters;  // of the name; may be left out where only letters were typed
    std::string_view pinyin;
    std::size_t begin;  // of the pinyin in begins_character_
  };
  bool spells(std::u32string_view typed, const Spelled& name) const;

  const PlaceSearch& search_;
  std::size_t most_;
  std::string typed_, letters_;
  std::vector<std::uint32_t> pass_;   // a heap, the worst place on top
  std::vector<std::uint32_t> found_;  // places
  std::vector<Match> matches_;        // how each was found
};

std::string PlaceSearch::Query::letters_of(const std::string& typed) {
  std::string letters;
  for (const char c : typed) {
    if (c == '_' || c == '\'') continue;
    if (!counts_as_character(static_cast<unsigned char>(c)) || static_cast<unsigned char>(c) >= 0x80)
      return {};
    letters.push_back(c);
  }
  return letters;
}

bool PlaceSearch::Query::take(const Texts& texts, std::size_t text) {
  const std::size_t room = most_ - found_.size();
  const auto entries = texts.entries_of(text);
  for (const std::uint32_t entry : entries) {
    if (pass_.size() == room && entry >= pass_.front()) break;
    const auto is_entry = [entry](std::uint32_t other) { return other == entry; };
    if (std::any_of(pass_.begin(), pass_.end(), is_entry) ||
        std::any_of(found_.begin(), found_.end(), is_entry))
      continue;
    pass_.push_back(entry);
    std::push_heap(pass_.begin(), pass_.end());
    if (pass_.size() <= room) continue;
    std::pop_heap(pass_.begin(), pass_.end());
    pass_.pop_back();
  }
  return pass_.size() < room || entries.front() < pass_.front();
}

void PlaceSearch::Query::end_pass(Match match) {
  std::sort(pass_.begin(), pass_.end());
  found_.insert(found_.end(), pass_.begin(), pass_.end());
  matches_.resize(found_.size(), match);
  pass_.clear();
}

void PlaceSearch::Query::beginning(const Texts& texts, const std::string& text) {
  texts.lines.beginning_with(text, [&](std::size_t line) { return take(texts, line); });
}

void PlaceSearch::Query::within(const Texts& texts, const std::string& text) {
  texts.lines.containing(text, [&](std::size_t place) {
    return take(texts, texts.lines.line_at(place)) ? Next::line : Next::nowhere;
  });
}

void PlaceSearch::Query::readings_beginning(const SearchLines& readings, const std::string& text) {
  readings.beginning_with(text, [&](std::size_t line) { return take_reading(line); });
}

void PlaceSearch::Query::readings_within(const SearchLines& readings, const std::vector<bool>* beginnings) {
  readings.containing(letters_, [&](std::size_t place) {
    if (beginnings && !(*beginnings)[place]) return Next::place;
    return take_reading(readings.line_at(place)) ? Next::line : Next::nowhere;
  });
}

bool PlaceSearch::Query::spells(std::u32string_view typed, const Spelled& name) const {
  if (typed.empty()) return true;
  if (name.pinyin.empty()) return false;
  std::size_t syllable = 1;
  while (syllable < name.pinyin.size() && !search_.begins_character_[name.begin + syllable]) ++syllable;
  const Spelled rest{name.characters.substr(std::min<std::size_t>(1, name.characters.size())),
                     name.pinyin.substr(syllable), name.begin + syllable};
  if (!name.characters.empty() && typed.front() == name.characters.front() && spells(typed.substr(1), rest))
    return true;
  for (std::size_t letters = 1; letters <= std::min(syllable, typed.size()); ++letters) {
    if (typed[letters - 1] != static_cast<unsigned char>(name.pinyin[letters - 1])) return false;
    if (spells(typed.substr(letters), rest)) return true;
  }
  return false;
}

// Only from the beginning of a name: its first bytes sort out all but a few names at once.
void PlaceSearch::Query::mixed() {
  std::u32string typed = characters_of(typed_);
  std::erase_if(typed, [](char32_t character) { return !counts_as_character(character); });
  const auto has = [&](char32_t from, char32_t to) {
    return std::any_of(typed.begin(), typed.end(), [&](char32_t c) { return c >= from && c <= to; });
  };
  const bool chinese = has(0x80, 0x10FFFF);
  if (typed.size() < 2 || !has(U'a', U'z')) return;
  const auto try_reading = [&](std::size_t reading) {
    std::u32string characters;
    if (chinese) {
      characters = characters_of(search_.names_.lines[search_.name_of_reading_[reading]]);
      std::erase_if(characters, [](char32_t character) { return !counts_as_character(character); });
    }
    const Spelled name{characters, search_.pinyin_[reading], search_.pinyin_.begin_of(reading)};
    return !spells(typed, name) || take_reading(reading);
  };
  if (typed.front() < 0x80)
    return search_.pinyin_.beginning_with(std::string(1, static_cast<char>(typed.front())), try_reading);
  const auto is_continued = [](char byte) { return (static_cast<unsigned char>(byte) & 0xC0) == 0x80; };
  const auto end = std::find_if_not(typed_.begin() + 1, typed_.end(), is_continued);
  const std::string_view first{typed_.data(), static_cast<std::size_t>(end - typed_.begin())};
  for (std::size_t reading = 0; reading < search_.name_of_reading_.size(); ++reading)
    if (search_.names_.lines[search_.name_of_reading_[reading]].starts_with(first) && !try_reading(reading))
      return;
}

std::vector<FoundPlace> PlaceSearch::Query::run() {
  if (typed_.empty() || most_ == 0) return {};
  const std::string line_end = "\n";
  const Texts &names = search_.names_, &codes = search_.codes_;
  const auto pass = [&](Match match, const auto& search) {
    if (enough()) return;
    search();
    end_pass(match);
  };
  pass(Match::whole_code, [&] { beginning(codes, typed_ + line_end); });
  pass(Match::whole_name, [&] { beginning(names, typed_ + line_end); });
  pass(Match::beginning, [&] {
    beginning(names, typed_);
    beginning(codes, typed_);
  });
  if (search_.several_words_) pass(Match::word_beginning, [&] { within(names, "_" + typed_); });
  if (!letters_.empty()) {
    pass(Match::whole_pinyin, [&] { readings_beginning(search_.pinyin_, letters_ + line_end); });
    pass(Match::pinyin_beginning, [&] { readings_beginning(search_.pinyin_, letters_); });
    pass(Match::whole_initials, [&] { readings_beginning(search_.initials_, letters_ + line_end); });
    pass(Match::initials_beginning, [&] { readings_beginning(search_.initials_, letters_); });
  }
  pass(Match::mixed_beginning, [&] { mixed(); });
  pass(Match::within, [&] {
    within(names, typed_);
    within(codes, typed_);
  });
  if (!letters_.empty()) {
    pass(Match::pinyin_within, [&] { readings_within(search_.pinyin_, &search_.begins_character_); });
    pass(Match::initials_within, [&] { readings_within(search_.initials_, nullptr); });
  }
  std::vector<FoundPlace> places;
  for (std::size_t i = 0; i < found_.size(); ++i) {
    const Entry& entry = search_.entries_[found_[i]];
    places.push_back({&search_.atlas_->layers[entry.layer], RowIx{entry.row}, matches_[i]});
  }
  return places;
}

std::vector<FoundPlace> PlaceSearch::find(std::string_view typed, std::size_t most) const {
  return Query(*this, typed, most).run();
}

std::vector<RowIx> PlaceSearch::rows_of(const FoundPlace& place) const {
  const table::FeatureTable& table = place.layer->table;
  if (place.layer->role != table::Role::roads) return {place.row};
  const table::Column *name = table.find("name"), *code = table.find("code");
  const auto same = [&](const table::Column* column, std::size_t row) {
    return !column || !column->is_text() ||
           column->text().entries[row] == column->text().entries[place.row.value];
  };
  std::vector<RowIx> rows;
  for (std::size_t row = 0; row < table.size(); ++row)
    if (same(name, row) && same(code, row)) rows.emplace_back(row);
  return rows;
}

UnitIx PlaceSearch::unit_of(const FoundPlace& place) const {
  if (!place.layer->unit_of.empty()) return place.layer->unit_of[place.row.value];
  const table::GeometryColumn& geometry = place.layer->table.geometry;
  if (!place.layer->table.has_geometry() || geometry.empty_at(place.row.value))
    return atlas::Hierarchy::total();
  const UnitIx unit = atlas_->zones.locate(geometry.representative(place.row.value));
  return unit.exists() ? unit : atlas::Hierarchy::total();
}

std::size_t PlaceSearch::bytes() const {
  const auto of = [](const auto& vector) { return vector.capacity() * sizeof(vector.front()); };
  return of(entries_) + names_.lines.bytes() + of(names_.begin) + of(names_.entries) + codes_.lines.bytes() +
         of(codes_.begin) + of(codes_.entries) + pinyin_.bytes() + initials_.bytes() + of(name_of_reading_) +
         begins_character_.capacity() / 8;
}

}  // namespace xiangtu::workspace
