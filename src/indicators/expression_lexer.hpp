// The words of the expression language. Internal to this room.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <string_view>

namespace xiangtu::indicators {

// Letters of any script: fields may be called by their Chinese label.
inline bool is_name_start(char c) {
  return static_cast<unsigned char>(c) >= 0x80 || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
         c == '_';
}
inline bool is_digit(char c) {
  return c >= '0' && c <= '9';
}
inline bool is_word(std::string_view text) {
  return !text.empty() && is_name_start(text[0]) && std::all_of(text.begin(), text.end(), [](char c) {
    return is_name_start(c) || is_digit(c) || c == '.';
  });
}

enum class Token : std::uint8_t { end, number, name, text, symbol, bad };

// The column of a byte, counted in characters from 1.
inline std::size_t column_of(std::string_view text, std::size_t byte) {
  const auto is_first = [](char c) { return (static_cast<unsigned char>(c) & 0xC0) != 0x80; };
  return static_cast<std::size_t>(
             std::count_if(text.begin(), text.begin() + static_cast<std::ptrdiff_t>(byte), is_first)) +
         1;
}

class Lexer {
 public:
  explicit Lexer(std::string_view source) : source_(source) { next(); }

  Token token() const { return token_; }
  std::string_view spelling() const { return spelling_; }
  std::size_t start() const { return start_; }  // in bytes
  // A quote begins here and does not end.
  bool unclosed() const { return token_ == Token::bad && (spelling_[0] == '\'' || spelling_[0] == '"'); }
  // In characters, from 1.
  std::size_t column() const { return column_of(source_, start_); }
  bool is(std::string_view word) const {
    return (token_ == Token::symbol || token_ == Token::name) && spelling_ == word;
  }
  bool take(std::string_view word) {
    if (!is(word)) return false;
    next();
    return true;
  }

  void next() {
    while (at_ < source_.size() && (source_[at_] == ' ' || source_[at_] == '\n' || source_[at_] == '\t'))
      ++at_;
    start_ = at_;
    if (at_ == source_.size()) return set(Token::end, 0);
    const char c = source_[at_];
    if (is_name_start(c))
      return set(Token::name,
                 length_while([](char d) { return is_name_start(d) || is_digit(d) || d == '.'; }));
    if (is_digit(c)) return set(Token::number, length_while([](char d) { return is_digit(d) || d == '.'; }));
    if (c == '\'') return read_quoted('\'', Token::text);
    if (c == '"') return read_quoted('"', Token::name);  // a name that is no word
    for (const std::string_view symbol : {"!=", "<=", ">="})
      if (source_.substr(at_).starts_with(symbol)) return set(Token::symbol, 2);
    set(std::string_view{"=<>+-*/(),"}.find(c) == std::string_view::npos ? Token::bad : Token::symbol, 1);
  }

 private:
  template <class Accept>
  std::size_t length_while(const Accept& accept) const {
    std::size_t end = at_;
    while (end < source_.size() && accept(source_[end])) ++end;
    return end - at_;
  }
  void set(Token token, std::size_t length) {
    token_ = token;
    spelling_ = source_.substr(at_, length);
    at_ += length;
  }
  void read_quoted(char quote, Token token) {
    const std::size_t close = source_.find(quote, at_ + 1);
    if (close == std::string_view::npos) return set(Token::bad, source_.size() - at_);
    token_ = token;
    spelling_ = source_.substr(at_ + 1, close - at_ - 1);
    at_ = close + 1;
  }

  std::string_view source_;
  std::size_t at_ = 0, start_ = 0;
  Token token_ = Token::end;
  std::string_view spelling_;
};

}  // namespace xiangtu::indicators
