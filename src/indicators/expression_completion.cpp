#include "indicators/expression_completion.hpp"

#include <algorithm>
#include <array>
#include <span>
#include <utility>

#include <fmt/format.h>

#include "base/text.hpp"
#include "indicators/expression_lexer.hpp"
#include "indicators/row_filter.hpp"

namespace xiangtu::indicators {

using table::Column;

namespace {

constexpr std::array<std::string_view, 4> functions{"contains(", "starts(", "missing(", "coalesce("};
constexpr std::array<std::string_view, 3> joining{"and", "or", "in ("};
constexpr std::array<std::string_view, 4> of_texts{"=", "!=", "in (", "and"};
constexpr std::array<std::string_view, 8> of_numbers{"=", "!=", "<", "<=", ">", ">=", "and", "or"};

struct Word {
  Token token;
  std::string_view spelling;
  std::size_t start;
};

// The words before the cursor; the last one may be half written.
std::vector<Word> words_of(std::string_view text) {
  std::vector<Word> words;
  Lexer lexer{text};
  for (; lexer.token() != Token::end && lexer.token() != Token::bad; lexer.next())
    words.push_back({lexer.token(), lexer.spelling(), lexer.start()});
  if (lexer.token() == Token::bad) words.push_back({Token::bad, lexer.spelling(), lexer.start()});
  return words;
}

bool is_operator(const Word& word) {
  static constexpr std::array<std::string_view, 10> all{"=", "!=", "<", "<=", ">", ">=", "+", "-", "*", "/"};
  return word.token == Token::symbol && std::ranges::find(all, word.spelling) != all.end();
}

bool joins(const Word& word) {
  return word.token == Token::name &&
         (word.spelling == "and" || word.spelling == "or" || word.spelling == "not");
}

// The field that a text at the end of these words would be compared with: NAME =, NAME in ('a', and
// contains(NAME,
const Word* compared_field(const std::vector<Word>& words) {
  for (std::size_t i = words.size(); i-- > 0;) {
    const Word& word = words[i];
    if (word.token == Token::name && word.spelling != "in") return joins(word) ? nullptr : &word;
    const bool between = word.token == Token::text || word.token == Token::name || word.spelling == "," ||
                         word.spelling == "(" || word.spelling == "=" || word.spelling == "!=";
    if (!between) return nullptr;
  }
  return nullptr;
}

class Completer {
 public:
  Completer(const table::FeatureTable& table, const io::Schema& schema, io::Role role, Language language,
            std::size_t most)
      : table_(table), schema_(schema), role_(role), language_(language), most_(most) {}

  // Offers that begin with what is typed come before those that hold it elsewhere.
  std::vector<Completion> offers() && {
    std::vector<Completion> all = std::move(first_);
    all.insert(all.end(), std::make_move_iterator(later_.begin()), std::make_move_iterator(later_.end()));
    if (all.size() > most_) all.resize(most_);
    return all;
  }

  void fields(std::string_view typed) {
    const std::string wanted = fold(typed);
    for (const Column& column : table_.columns) {
      const std::string label = schema_.field_label(role_, column.name, language_);
      std::vector<std::string> names{column.name, label};
      if (const io::FieldSpec* field = schema_.field(role_, column.name)) {
        names.insert(names.end(), {field->label_zh, field->label_en});
        names.insert(names.end(), field->aliases.begin(), field->aliases.end());
      }
      add(names, wanted, {writable(column), label == column.name ? "" : label});
    }
  }

  void words(std::span<const std::string_view> words, std::string_view typed) {
    for (const std::string_view word : words)
      add({std::string{word}}, std::string{typed}, {std::string{word}, ""});
  }

  // In quotes.
  void values(const Column& column, std::string_view typed) {
    const std::string wanted = fold(typed);
    const auto& choices = schema_.choices(role_, column.name);
    for (const io::ChoiceSpec& choice : choices) {
      std::vector<std::string> names{choice.value, choice.label_zh, choice.label_en};
      names.insert(names.end(), choice.aliases.begin(), choice.aliases.end());
      add(names, wanted,
          {quoted(choice.value),
           std::string{schema_.choice_label(role_, column.name, choice.value, language_)}});
    }
    if (!choices.empty() || !column.is_text()) return;
    const table::Dictionary& dictionary = column.text().dictionary;
    for (std::uint32_t entry = 0; entry < dictionary.size() && first_.size() < most_; ++entry) {
      const std::string_view value = dictionary[entry];
      if (value.find('\'') == std::string_view::npos && (later_.size() < most_ || value.starts_with(typed)))
        add_plain(value, typed);
    }
  }

 private:
  static std::string quoted(std::string_view text) { return fmt::format("'{}'", text); }

  // A source's own name need not be a word.
  static std::string writable(const Column& column) {
    return is_word(column.name) ? column.name : fmt::format("\"{}\"", column.name);
  }

  void add(const std::vector<std::string>& names, const std::string& wanted, Completion offer) {
    bool begins = false, holds = false;
    for (const std::string& name : names) {
      const std::size_t at = fold(name).find(wanted);
      begins = begins || at == 0;
      holds = holds || at != std::string::npos;
    }
    if (holds) (begins ? first_ : later_).push_back(std::move(offer));
  }

  // Of very many values: as they are written, without folding each.
  void add_plain(std::string_view value, std::string_view typed) {
    const std::size_t at = value.find(typed);
    if (at != std::string_view::npos) (at == 0 ? first_ : later_).push_back({quoted(value), ""});
  }

  const table::FeatureTable& table_;
  const io::Schema& schema_;
  io::Role role_;
  Language language_;
  std::size_t most_;
  std::vector<Completion> first_, later_;
};

}  // namespace

Completions complete_expression(std::string_view text, std::size_t cursor, const table::FeatureTable& table,
                                const io::Schema& schema, io::Role role, Language language,
                                std::size_t most) {
  cursor = std::min(cursor, text.size());
  const std::string_view before = text.substr(0, cursor);
  std::vector<Word> words = words_of(before);
  Completer completer{table, schema, role, language, most};
  const auto field_of = [&](const Word* word) {
    return word ? column_called(table, schema, role, word->spelling) : nullptr;
  };

  // A text that is being written.
  if (!words.empty() && words.back().token == Token::bad && words.back().spelling.starts_with('\'')) {
    const Word text_begun = words.back();
    words.pop_back();
    if (const Column* field = field_of(compared_field(words)))
      completer.values(*field, text_begun.spelling.substr(1));
    return {text_begun.start, cursor, std::move(completer).offers()};
  }
  if (!words.empty() && words.back().token == Token::bad && words.back().spelling.starts_with('"')) {
    completer.fields(words.back().spelling.substr(1));
    return {words.back().start, cursor, std::move(completer).offers()};
  }
  // A word that is being written, or nothing yet.
  std::string_view typed;
  if (!words.empty() && words.back().token == Token::name &&
      words.back().start + words.back().spelling.size() == cursor) {
    typed = words.back().spelling;
    words.pop_back();
  }
  const Completions place{cursor - typed.size(), cursor, {}};
  const bool begins = words.empty() || is_operator(words.back()) || joins(words.back()) ||
                      words.back().spelling == "(" || words.back().spelling == ",";
  if (begins) {
    const Column* compared = words.empty() || joins(words.back()) ? nullptr : field_of(compared_field(words));
    if (compared && compared->is_text()) {
      completer.values(*compared, typed);
    } else {
      completer.fields(typed);
      completer.words(functions, typed);
    }
  } else if (words.back().token == Token::name) {
    const Column* field = field_of(&words.back());
    if (field && field->is_text())
      completer.words(of_texts, typed);
    else
      completer.words(of_numbers, typed);
  } else {
    completer.words(joining, typed);
  }
  return {place.begin, place.end, std::move(completer).offers()};
}

}  // namespace xiangtu::indicators
