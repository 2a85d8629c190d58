#include <algorithm>

#include "indicators/expression.hpp"

namespace xiangtu::indicators {

namespace {

// How units of what is added or compared go together: none goes with any.
std::optional<std::string> common(const std::string& a, const std::string& b) {
  if (a.empty() || a == b) return b;
  return b.empty() ? std::optional{a} : std::nullopt;
}

}  // namespace

Result<std::string> Expression::unit(const UnitOf& unit_of) const {
  std::vector<std::string> units(nodes_.size());  // children stand before their parents
  for (std::size_t i = 0; i < nodes_.size(); ++i) {
    const Node& node = nodes_[i];
    const auto of_child = [&](std::size_t child) { return units[node.children[child]]; };
    switch (node.kind) {
      case Kind::name:
        units[i] = unit_of(node.name);
        break;
      case Kind::negate:
        units[i] = of_child(0);
        break;
      case Kind::add:
      case Kind::subtract:
      case Kind::coalesce:
      case Kind::equal:
      case Kind::not_equal:
      case Kind::less:
      case Kind::less_equal:
      case Kind::greater:
      case Kind::greater_equal: {
        const auto both = common(of_child(0), of_child(1));
        if (!both)
          return Issue{IssueCode::input_bad_definition, "adds or compares what is in {0} and what is in {1}",
                       of_child(0), of_child(1)};
        const bool is_value =
            node.kind == Kind::add || node.kind == Kind::subtract || node.kind == Kind::coalesce;
        if (is_value) units[i] = *both;
        break;
      }
      default:
        break;
    }
  }
  return units.empty() ? std::string{} : units.back();
}

bool Expression::divides_by(const std::function<bool(std::string_view)>& is_cell) const {
  std::vector<bool> has_cells(nodes_.size());
  for (std::size_t i = 0; i < nodes_.size(); ++i) {
    const Node& node = nodes_[i];
    has_cells[i] = (node.kind == Kind::name && is_cell(node.name)) ||
                   std::any_of(node.children.begin(), node.children.end(),
                               [&](std::size_t child) { return has_cells[child]; });
    if (node.kind == Kind::divide && has_cells[node.children[1]]) return true;
  }
  return false;
}

}  // namespace xiangtu::indicators
