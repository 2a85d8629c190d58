#include "base/result.hpp"

namespace xiangtu {

int exit_status(IssueCode code) {
  const int number = static_cast<int>(code);
  if (number >= static_cast<int>(IssueCode::cancelled)) return 130;
  if (number >= static_cast<int>(IssueCode::output)) return 4;
  if (number >= static_cast<int>(IssueCode::input)) return 3;
  return 2;
}

}  // namespace xiangtu
