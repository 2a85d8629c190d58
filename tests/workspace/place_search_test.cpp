// Finding places while their names are typed.
#include "workspace/place_search.hpp"

#include <algorithm>
#include <catch2/catch.hpp>
#include <cmath>
#include <functional>
#include <map>
#include <optional>
#include <random>
#include <tuple>

#include "base/text.hpp"
#include "support/assembled.hpp"
#include "support/tables.hpp"
#include "workspace/workspace.hpp"

using namespace xiangtu;
using namespace xiangtu::workspace;
using table::GeometryKind;
using table::Role;

namespace {

PlaceSearch search_of(std::shared_ptr<const atlas::Atlas> atlas, Pinyin pinyin = Pinyin::load()) {
  Progress progress;
  auto search = PlaceSearch::build(std::move(atlas), std::move(pinyin), progress);
  REQUIRE(search);
  return std::move(*search);
}

std::shared_ptr<const atlas::Atlas> atlas_of(std::vector<atlas::Layer> layers) {
  return std::make_shared<const atlas::Atlas>(tests::assembled(std::move(layers)));
}

atlas::Layer villages(const std::vector<std::string>& names, const std::vector<std::string>& codes = {},
                      const std::vector<double>& people = {}) {
  tests::TableBuilder rows("villages", GeometryKind::none);
  rows.texts("name", names);
  if (!codes.empty()) rows.texts("code", codes);
  if (!people.empty()) rows.numbers("population", people);
  return {Role::natural_villages, rows.build(), {}, {}};
}

std::vector<std::string> names_found(const PlaceSearch& search, const char* typed, std::size_t most = 20) {
  std::vector<std::string> names;
  for (const FoundPlace& place : search.find(typed, most))
    names.push_back(place.layer->table.find("name")->shown(place.row.value));
  return names;
}

using Names = std::vector<std::string>;

}  // namespace

TEST_CASE("a village is found by its characters, its pinyin, its initials, and what mixes them",
          "[workspace]") {
  const auto search = search_of(atlas_of({villages({"李家沟", "张家坪", "王家坪", "石家庄"})}));
  for (const char* typed : {"张家坪", "张", "张家", "zhangjiaping", "zhang jia ping", "Zhang'jia'ping",
                            "zhangj", "zjp", "ZJP", "zj", "zhangjp", "zhjp", "张jp", "张jiap", "zhang家p"}) {
    INFO(typed);
    CHECK(names_found(search, typed) == Names{"张家坪"});
  }
  CHECK(names_found(search, "家坪") == Names{"张家坪", "王家坪"});
  CHECK(names_found(search, "jiaping") == Names{"张家坪", "王家坪"});
  CHECK(names_found(search, "jp") == Names{"张家坪", "王家坪"});
  for (const char* typed : {"", "  ", "hangjia", "zjq", "张坪", "g", "\n", "张家坪村", "?"}) {
    INFO(typed);
    CHECK(names_found(search, typed).empty() == (std::string{typed} != "g"));
  }
  CHECK(names_found(search, "g") == Names{"李家沟"});  // within the initials
}

TEST_CASE("a character that is read in several ways is found by each", "[workspace]") {
  const auto search = search_of(atlas_of({villages({"长乐堡", "重庆"})}));
  for (const char* typed : {"changle", "changleb", "zhangleb", "clb", "zlb", "changlebu", "changyuebao"})
    CHECK(names_found(search, typed) == Names{"长乐堡"});
  for (const char* typed : {"chongqing", "zhongqing", "cq", "zq"})
    CHECK(names_found(search, typed) == Names{"重庆"});
}

TEST_CASE("better matches come first, then the higher unit, then the more important", "[workspace]") {
  atlas::Layer county{Role::counties,
                      tests::TableBuilder("counties", GeometryKind::none)
                          .texts("code", {"610802"})
                          .texts("name", {"榆阳区"})
                          .build(),
                      {},
                      {}};
  atlas::Layer township{Role::townships,
                        tests::TableBuilder("townships", GeometryKind::none)
                            .texts("code", {"610802100"})
                            .texts("name", {"榆阳镇"})
                            .build(),
                        {},
                        {}};
  const auto search =
      search_of(atlas_of({villages({"榆阳", "榆阳坪", "小榆阳", "榆阳湾"},
                                   {"610802100200001", "9", "610802", "7"}, {10, 20, 30, tests::none}),
                          std::move(township), std::move(county)}));
  CHECK(names_found(search, "榆阳") == Names{"榆阳", "榆阳区", "榆阳镇", "榆阳坪", "榆阳湾", "小榆阳"});
  CHECK(names_found(search, "yuyang") == Names{"榆阳", "榆阳区", "榆阳镇", "榆阳坪", "榆阳湾", "小榆阳"});
  CHECK(names_found(search, "yyq") == Names{"榆阳区"});
  CHECK(names_found(search, "610802") == Names{"榆阳区", "小榆阳", "榆阳镇", "榆阳"});
  CHECK(names_found(search, "yy", 2) == Names{"榆阳", "榆阳区"});
}

TEST_CASE("a road of several rows is one place, and national roads come first", "[workspace]") {
  atlas::Layer roads{Role::roads,
                     tests::TableBuilder("roads", GeometryKind::line)
                         .part({{109, 38}, {109.1, 38}})
                         .part({{109.1, 38}, {109.2, 38}})
                         .part({{110, 38}, {110.1, 38}})
                         .part({})
                         .texts("code", {"C210", "G210", "G210", "G210"})
                         .texts("name", {"210 Line", "Bao Mao", "Bao Mao", "Old Bao Mao"})
                         .texts("class", {"C", "G", "G", "G"})
                         .build(),
                     {},
                     {}};
  const auto search = search_of(atlas_of({std::move(roads)}));
  const auto found = search.find("g210", 10);
  REQUIRE(found.size() == 2);
  CHECK(found[0].match == Match::whole_code);
  CHECK(search.rows_of(found[0]) == std::vector{RowIx{1ul}, RowIx{2ul}});
  CHECK(search.rows_of(found[1]) == std::vector{RowIx{3ul}});
  CHECK(search.unit_of(found[1]) == atlas::Hierarchy::total());
  CHECK(names_found(search, "210") == Names{"210 Line", "Bao Mao", "Old Bao Mao"});
  CHECK(names_found(search, "mao") == Names{"Bao Mao", "Old Bao Mao"});
  CHECK(search.find("mao", 1).front().match == Match::word_beginning);
}

namespace {

// The same by looking at every row and every way to read it.
class SlowSearch {
 public:
  explicit SlowSearch(const atlas::Layer& layer) : layer_(layer), pinyin_(Pinyin::load()) {}

  std::vector<std::pair<std::size_t, int>> find(const std::string& typed) {
    const std::string text = fold(typed);
    std::vector<std::tuple<Match, double, std::size_t>> all;
    for (std::size_t row = 0; row < layer_.table.size(); ++row)
      if (const auto match = match_of(row, text))
        all.emplace_back(*match, -layer_.table.find("population")->numbers()[row], row);
    std::sort(all.begin(), all.end());
    std::vector<std::pair<std::size_t, int>> rows;
    for (const auto& [match, importance, row] : all) rows.emplace_back(row, static_cast<int>(match));
    return rows;
  }

 private:
  std::optional<Match> match_of(std::size_t row, const std::string& text) {
    const std::string name = fold(layer_.table.find("name")->shown(row)),
                      code = layer_.table.find("code")->shown(row);
    std::vector<Match> matches;
    const auto add = [&](bool holds, Match match) {
      if (holds) matches.push_back(match);
    };
    add(code == text, Match::whole_code);
    add(name == text, Match::whole_name);
    add(name.starts_with(text) || code.starts_with(text), Match::beginning);
    add(name.find("_" + text) != name.npos, Match::word_beginning);
    add(name.find(text) != name.npos || code.find(text) != code.npos, Match::within);
    std::string letters;
    for (const char c : text)
      if (c != '_') letters += c;
    const bool latin = std::all_of(letters.begin(), letters.end(), [](char c) { return c > 0; });
    for (const auto& syllables : readings_of(name)) {
      std::string all, initials;
      for (const std::string& syllable : syllables) all += syllable, initials += syllable[0];
      std::string rest = all;
      bool inside = false;
      for (const std::string& syllable : syllables) {
        inside = inside || rest.starts_with(letters);
        rest.erase(0, syllable.size());
      }
      add(latin && all == letters, Match::whole_pinyin);
      add(latin && all.starts_with(letters), Match::pinyin_beginning);
      add(latin && initials == letters, Match::whole_initials);
      add(latin && initials.starts_with(letters), Match::initials_beginning);
      add(latin && inside, Match::pinyin_within);
      add(latin && initials.find(letters) != initials.npos, Match::initials_within);
      add(mixes(characters_of(text), characters_of(name), syllables), Match::mixed_beginning);
    }
    if (matches.empty()) return std::nullopt;
    return *std::min_element(matches.begin(), matches.end());
  }

  // Every way to read a name with Chinese characters.
  std::vector<std::vector<std::string>> readings_of(const std::string& name) {
    std::vector<std::vector<std::string>> all{{}};
    bool chinese = false;
    for (const char32_t character : characters_of(name)) {
      if (character == U'_') continue;
      const auto readings = pinyin_.readings(character);
      chinese = chinese || !readings.empty();
      std::vector<std::vector<std::string>> longer;
      for (const auto& before : all)
        for (const std::string& reading : readings.empty()
                                              ? std::vector{std::string(1, static_cast<char>(character))}
                                              : std::vector(readings.begin(), readings.end())) {
          longer.push_back(before);
          longer.back().push_back(reading);
        }
      all = longer;
    }
    return chinese ? all : std::vector<std::vector<std::string>>{};
  }

  // All ways to take the typed text apart over the characters, tried one by one.
  static bool mixes(std::u32string typed, std::u32string name, std::vector<std::string> syllables) {
    std::erase(typed, U'_');
    std::erase(name, U'_');
    if (typed.size() < 2 ||
        std::none_of(typed.begin(), typed.end(), [](char32_t c) { return c >= U'a' && c <= U'z'; }))
      return false;
    const std::function<bool(std::size_t, std::size_t)> from = [&](std::size_t t, std::size_t n) {
      if (t == typed.size()) return true;
      if (n == name.size()) return false;
      if (typed[t] == name[n] && from(t + 1, n + 1)) return true;
      for (std::size_t k = 1; k <= syllables[n].size() && t + k <= typed.size(); ++k) {
        const std::u32string part(syllables[n].begin(), syllables[n].begin() + static_cast<long>(k));
        if (typed.substr(t, k) == part && from(t + k, n + 1)) return true;
      }
      return false;
    };
    return from(0, 0);
  }

  const atlas::Layer& layer_;
  Pinyin pinyin_;
};

}  // namespace

TEST_CASE("the search finds what a look at every row finds, in the same order", "[workspace]") {
  std::mt19937 random(7);
  const std::vector<std::string> parts{"张", "家", "坪", "长", "沟", "安", "岸",
                                       "西", "先", "峁", "a",  "1",  " B", "王"};
  const auto pick = [&](std::size_t count) { return random() % count; };
  std::vector<std::string> names, codes;
  std::vector<double> people;
  for (int i = 0; i < 400; ++i) {
    std::string name;
    for (std::size_t k = 0, count = 1 + pick(4); k < count; ++k) name += parts[pick(parts.size())];
    names.push_back(name);
    codes.push_back(std::to_string(100 + pick(300)));
    people.push_back(static_cast<double>(pick(50)));
  }
  const auto atlas = atlas_of({villages(names, codes, people)});
  const PlaceSearch search = search_of(atlas);
  SlowSearch slow(atlas->layers.front());
  std::vector<std::string> queries{"z",    "zh",  "zhang", "zj",         "zjp",   "an", "xian",
                                   "xa",   "n",   "g",     "j",          "1",     "10", "100",
                                   "a",    "b",   "张",    "张j",        "长a",   "a1", "家",
                                   "家坪", "cha", "chang", "zhangchang", "xiann", "b a"};
  for (int i = 0; i < 200; ++i) {
    std::string query = parts[pick(parts.size())];
    for (std::size_t k = 0, count = pick(3); k < count; ++k)
      query += pick(2) == 0 ? parts[pick(parts.size())] : std::string(1, "zhangjipcxwmo"[pick(13)]);
    queries.push_back(query);
  }
  for (const std::string& query : queries) {
    auto expected = slow.find(query);
    for (const std::size_t most : {1000ul, 7ul}) {
      std::vector<std::pair<std::size_t, int>> found;
      for (const FoundPlace& place : search.find(query, most))
        found.emplace_back(place.row.value, static_cast<int>(place.match));
      if (expected.size() > most) expected.resize(most);
      INFO(query << " " << most);
      CHECK(found == expected);
    }
  }
}

TEST_CASE("places of the demonstration map, with where they lie", "[workspace]") {
  Progress progress;
  const auto workspace = Workspace::open({{XIANGTU_SOURCE_DIR "/geodata/yulin.gpkg"}, {}}, progress);
  REQUIRE(workspace);
  auto atlas = workspace->read_all(progress);
  REQUIRE(atlas);
  const auto shared = std::make_shared<const atlas::Atlas>(std::move(*atlas));
  const PlaceSearch search = search_of(shared);
  const auto first = [&](const char* typed) {
    const auto found = search.find(typed, 1);
    REQUIRE(found.size() == 1);
    return found.front();
  };
  for (const char* typed : {"yyq", "yuyang", "榆阳区", "610802"}) {
    CHECK(first(typed).layer->role == Role::counties);
    CHECK(search.unit_of(first(typed)) == shared->hierarchy.find("610802"));
  }
  CHECK(first("wbx").layer->role == Role::counties);
  CHECK(shared->hierarchy[search.unit_of(first("610802209209"))].code == "610802209209");
  const FoundPlace road = first("S101");
  CHECK(road.layer->role == Role::roads);
  CHECK(search.rows_of(road).size() > 1);
  CHECK(search.unit_of(road) != atlas::Hierarchy::total());
}

TEST_CASE("gathering names stops when it is asked to", "[workspace]") {
  std::stop_source stop;
  stop.request_stop();
  Progress progress(stop.get_token());
  const auto search = PlaceSearch::build(atlas_of({villages({"张家坪"})}), Pinyin{}, progress);
  REQUIRE_FALSE(search);
  CHECK(search.issue().code == IssueCode::cancelled);
}
