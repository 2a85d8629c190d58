// One figure of the table, opened to the rows that it is counted from.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <vector>

#include "viewer/bottom_tab.hpp"
#include "viewer/region_answer.hpp"
#include "workspace/explanation.hpp"

namespace xiangtu::viewer {

struct OpenedFigure {
  UnitIx unit;
  std::size_t indicator = 0;  // of the region's figures
  bool operator==(const OpenedFigure&) const = default;
};

struct FigureState : BottomTab {
  UnitIx unit, parent;  // whose figure it is: the last unit that was selected, or the table's since then
  std::optional<std::size_t> indicator;  // of the cell that was clicked; none: the one that is looked at
  std::size_t looked_at = 0;             // when that cell was clicked
  RegionAnswer<workspace::ExplainResult> explanation;
  OpenedFigure of;  // that the explanation was asked of
  using Hidden = std::array<bool, indicators::verdict_count>;
  Hidden hidden{};                  // rows of these verdicts
  std::vector<std::uint32_t> rows;  // positions among the explained ones, as they stand
  Hidden arranged{};                // of what the rows were made …
  std::shared_ptr<const workspace::ExplainResult>
      shows;  // … and from which explanation; null: there are none
};

}  // namespace xiangtu::viewer
