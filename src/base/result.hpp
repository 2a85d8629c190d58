// Errors that a user can cause are values. Exceptions are for bugs and out-of-memory.
#pragma once

#include <optional>
#include <utility>
#include <variant>

#include "base/message.hpp"

namespace xiangtu {

// Bands by domain; the band decides the exit status of the command line.
enum class IssueCode {
  usage = 1000,  // 1000–1999: how the program was called (exit 2)
  unknown_option,
  unknown_indicator,
  unknown_unit,
  input = 2000,  // 2000–2999: what was read (exit 3)
  input_missing,
  input_unreadable,
  input_not_spatial,
  input_no_role,
  input_ambiguous_role,
  input_no_crs,
  input_bad_mapping,
  input_bad_definition,
  output = 3000,  // 3000–3999: what was written (exit 4)
  output_unwritable,
  output_unknown_ending,
  graphics = 4000,  // 4000–4999: display and drawing (exit 4)
  no_display,
  no_opengl,
  no_font,
  cancelled = 5000,  // exit 130
};

// One sentence: what, where (file, layer, row, field), what to do.
struct Issue {
  IssueCode code = IssueCode::input;
  Message message;

  Issue() = default;
  Issue(IssueCode issue_code, Message text) : code(issue_code), message(std::move(text)) {}
  template <class... Values>
  Issue(IssueCode issue_code, std::string_view english, const Values&... values)
      : code(issue_code), message(english, values...) {}
};

inline Issue cancelled_issue() {
  return {IssueCode::cancelled, "cancelled"};
}

// The exit status that design and README promise for an issue: 2 usage, 3 input, 4 output, 130 cancelled.
int exit_status(IssueCode code);

// Either a value or the issue that prevented it.
template <class T>
class [[nodiscard]] Result {
 public:
  Result(T value) : content_(std::in_place_index<0>, std::move(value)) {}
  Result(Issue issue) : content_(std::in_place_index<1>, std::move(issue)) {}

  bool ok() const { return content_.index() == 0; }
  explicit operator bool() const { return ok(); }

  // Only when ok().
  T& value() & { return std::get<0>(content_); }
  const T& value() const& { return std::get<0>(content_); }
  T&& value() && { return std::get<0>(std::move(content_)); }
  T& operator*() & { return value(); }
  const T& operator*() const& { return value(); }
  T&& operator*() && { return std::move(*this).value(); }
  T* operator->() { return &value(); }
  const T* operator->() const { return &value(); }

  // Only when not ok().
  const Issue& issue() const { return std::get<1>(content_); }

 private:
  std::variant<T, Issue> content_;
};

// A result without a value: done, or the issue.
class [[nodiscard]] Status {
 public:
  Status() = default;
  Status(Issue issue) : issue_(std::move(issue)) {}
  bool ok() const { return !issue_; }
  explicit operator bool() const { return ok(); }
  const Issue& issue() const { return *issue_; }

 private:
  std::optional<Issue> issue_;
};

}  // namespace xiangtu
