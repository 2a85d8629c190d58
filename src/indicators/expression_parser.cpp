#include <array>
#include <limits>
#include <utility>

#include "base/text.hpp"
#include "indicators/expression.hpp"
#include "indicators/expression_lexer.hpp"

namespace xiangtu::indicators {

namespace {

constexpr int deepest_nesting = 100;

}  // namespace

// Recursive descent; every rule returns the position of its node, or none after an error.
class ExpressionParser {
 public:
  ExpressionParser(std::string_view text, const Expression::Defines& defines)
      : text_(text), lexer_(text), defines_(defines) {}

  Result<Expression> parse() {
    disjunction();
    if (!failed_ && lexer_.token() != Token::end) fail("unexpected");
    if (failed_ && unclosed_)
      return Issue{
          IssueCode::input_bad_definition,
          "expression '{0}', column {1}: the quote {2} that begins here is not closed; write it at the "
          "end of the text, too",
          text_, column_, spelling_.substr(0, 1)};
    if (failed_)
      return Issue{IssueCode::input_bad_definition, "expression '{0}', column {1}: unexpected '{2}'", text_,
                   column_, spelling_};
    expression_.text_ = text_;
    return std::move(expression_);
  }

 private:
  using Kind = Expression::Kind;
  using Node = Expression::Node;

  std::size_t add(Node node) {
    expression_.nodes_.push_back(std::move(node));
    return expression_.nodes_.size() - 1;
  }
  std::size_t add(Kind kind, std::vector<std::size_t> children) {
    Node node;
    node.kind = kind;
    node.children = std::move(children);
    return add(std::move(node));
  }
  std::size_t fail(const char*) {
    if (!failed_) {
      column_ = lexer_.column();
      unclosed_ = lexer_.unclosed();
      spelling_ = lexer_.token() == Token::end ? std::string_view{"end"} : lexer_.spelling();
    }
    failed_ = true;
    return 0;
  }
  bool expect(std::string_view word) {
    if (!failed_ && lexer_.take(word)) return true;
    fail("expected");
    return false;
  }

  std::size_t disjunction() {
    if (++depth_ > deepest_nesting) return fail("too deep");
    std::size_t left = conjunction();
    while (!failed_ && lexer_.take("or")) left = add(Kind::logical_or, {left, conjunction()});
    --depth_;
    return left;
  }

  std::size_t conjunction() {
    std::size_t left = negation();
    while (!failed_ && lexer_.take("and")) left = add(Kind::logical_and, {left, negation()});
    return left;
  }

  std::size_t negation() {
    bool negated = false;
    while (lexer_.take("not")) negated = !negated;
    const std::size_t inner = comparison();
    return negated ? add(Kind::logical_not, {inner}) : inner;
  }

  std::size_t comparison() {
    const std::size_t left = sum();
    if (failed_) return 0;
    if (lexer_.take("in")) return membership(left);
    static constexpr std::array<std::pair<std::string_view, Kind>, 6> operators{{{"=", Kind::equal},
                                                                                 {"!=", Kind::not_equal},
                                                                                 {"<=", Kind::less_equal},
                                                                                 {">=", Kind::greater_equal},
                                                                                 {"<", Kind::less},
                                                                                 {">", Kind::greater}}};
    for (const auto& [symbol, kind] : operators) {
      if (!lexer_.take(symbol)) continue;
      if (lexer_.token() == Token::text) return text_comparison(left, kind);
      return add(kind, {left, sum()});
    }
    return left;
  }

  std::size_t text_comparison(std::size_t left, Kind kind) {
    if (expression_.nodes_[left].kind != Kind::name || (kind != Kind::equal && kind != Kind::not_equal))
      return fail("text");
    Node node;
    node.kind = Kind::equals_text;
    node.texts.emplace_back(lexer_.spelling());
    node.children = {left};
    lexer_.next();
    const std::size_t equals = add(std::move(node));
    return kind == Kind::equal ? equals : add(Kind::logical_not, {equals});
  }

  std::size_t membership(std::size_t left) {
    if (expression_.nodes_[left].kind != Kind::name || !expect("(")) return fail("in");
    Node node;
    node.kind = Kind::in_texts;
    node.children = {left};
    std::size_t any = 0;
    bool numbers = false;
    do {
      if (lexer_.token() == Token::text && !numbers) {
        node.texts.emplace_back(lexer_.spelling());
        lexer_.next();
      } else if (lexer_.token() == Token::number && node.texts.empty()) {
        const std::size_t equal = add(Kind::equal, {left, primary()});
        any = numbers ? add(Kind::logical_or, {any, equal}) : equal;
        numbers = true;
      } else {
        return fail("list");
      }
    } while (lexer_.take(","));
    if (!expect(")")) return 0;
    return numbers ? any : add(std::move(node));
  }

  std::size_t sum() {
    std::size_t left = product();
    while (!failed_) {
      if (lexer_.take("+"))
        left = add(Kind::add, {left, product()});
      else if (lexer_.take("-"))
        left = add(Kind::subtract, {left, product()});
      else
        break;
    }
    return left;
  }

  std::size_t product() {
    std::size_t left = primary();
    while (!failed_) {
      if (lexer_.take("*"))
        left = add(Kind::multiply, {left, primary()});
      else if (lexer_.take("/"))
        left = add(Kind::divide, {left, primary()});
      else
        break;
    }
    return left;
  }

  std::size_t primary() {
    if (lexer_.take("-")) {
      if (++depth_ > deepest_nesting) return fail("too deep");
      const std::size_t inner = add(Kind::negate, {primary()});
      --depth_;
      return inner;
    }
    if (lexer_.take("(")) {
      const std::size_t inner = disjunction();
      return expect(")") ? inner : 0;
    }
    if (lexer_.token() == Token::number) return number();
    if (lexer_.token() == Token::name) return name();
    return fail("primary");
  }

  std::size_t number() {
    const auto value = parse_number(lexer_.spelling());
    if (!value) return fail("number");
    lexer_.next();
    Node node;
    node.number = *value;
    return add(std::move(node));
  }

  std::size_t name() {
    const std::string word{lexer_.spelling()};
    for (const std::string_view reserved : {"and", "or", "not", "in"})
      if (word == reserved) return fail("reserved");
    lexer_.next();
    if (word == "unknown") {
      Node node;
      node.number = std::numeric_limits<double>::quiet_NaN();
      return add(std::move(node));
    }
    if (lexer_.is("(")) return function(word);
    if (const auto define = defines_.find(word); define != defines_.end()) return inlined(define->second);
    expression_.names_.insert(word);
    Node node;
    node.kind = Kind::name;
    node.name = word;
    return add(std::move(node));
  }

  // contains(field, 'text')
  std::size_t text_test(Kind kind) {
    lexer_.take("(");
    const std::size_t field = primary();
    if (failed_ || expression_.nodes_[field].kind != Kind::name || !expect(",")) return fail("field");
    if (lexer_.token() != Token::text) return fail("text");
    Node node;
    node.kind = kind;
    node.texts.emplace_back(lexer_.spelling());
    node.children = {field};
    lexer_.next();
    return expect(")") ? add(std::move(node)) : 0;
  }

  std::size_t function(const std::string& word) {
    if (word == "contains") return text_test(Kind::contains_text);
    if (word == "starts") return text_test(Kind::starts_text);
    if (word != "missing" && word != "coalesce") return fail("function");
    lexer_.take("(");
    const std::size_t first = disjunction();
    if (word == "coalesce") {
      if (!expect(",")) return 0;
      const std::size_t second = disjunction();
      return expect(")") ? add(Kind::coalesce, {first, second}) : 0;
    }
    if (failed_ || expression_.nodes_[first].kind != Kind::name) return fail("missing");
    return expect(")") ? add(Kind::is_missing, {first}) : 0;
  }

  std::size_t inlined(const Expression& define) {
    const std::size_t offset = expression_.nodes_.size();
    for (Node node : define.nodes_) {
      for (std::size_t& child : node.children) child += offset;
      expression_.nodes_.push_back(std::move(node));
    }
    expression_.names_.insert(define.names_.begin(), define.names_.end());
    return expression_.nodes_.size() - 1;
  }

  std::string text_;
  Lexer lexer_;
  const Expression::Defines& defines_;
  Expression expression_;
  int depth_ = 0;
  bool failed_ = false, unclosed_ = false;
  std::size_t column_ = 0;
  std::string spelling_;
};

Result<Expression> Expression::parse(std::string_view text, const Defines& defines) {
  return ExpressionParser(text, defines).parse();
}

}  // namespace xiangtu::indicators
