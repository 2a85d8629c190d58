// Any bytes are an expression or an issue, never a crash; what parses can be evaluated.
#include <cstddef>
#include <cstdint>
#include <string_view>

#include "indicators/expression.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace xiangtu::indicators;
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  const auto expression = Expression::parse(text, {});
  if (!expression) return 0;
  const std::vector<xiangtu::RowIx> rows{xiangtu::RowIx{std::size_t{0}}};
  (void)expression->evaluate(rows, [](std::string_view) { return std::optional<Operand>{Constant{1}}; });
  return 0;
}
