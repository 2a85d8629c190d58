// What each row of a base counts for in an indicator: the one place where rows become figures, whether they
// are summed or listed.
#pragma once

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "base/progress.hpp"
#include "indicators/coverage.hpp"
#include "indicators/definitions.hpp"
#include "indicators/ground.hpp"

namespace xiangtu::indicators {

enum class Verdict : std::uint8_t {
  counted,             // with all that it weighs
  partly,              // with a part of it
  not_counted,         // it belongs, but is not served; of a sum: `where` is false
  unknown,             // it belongs, but whether it is served is not known; of a sum: whether it belongs
  outside,             // of a fraction: `where` is false
  membership_unknown,  // of a fraction: not known whether it belongs; left out
  weight_missing,      // left out
};

struct RowShare {
  Verdict verdict = Verdict::outside;
  Sums sums;

  bool is_left_out() const { return verdict >= Verdict::outside; }
  bool exceeds_whole() const { return sums.numerator > sums.known + sums.unknown; }
};

// Adds another's sums; of a maximum, keeps the larger.
void add(Sums& to, const Sums& other, Aggregate aggregate);

// The base has a layer; ground and definition outlive this.
class RowShares {
 public:
  RowShares(const Ground& ground, const Definition& definition);

  // Names in the definition that neither the layer, a measure nor a parameter has.
  const std::vector<std::string>& missing_names() const { return missing_names_; }
  bool misses_weight() const { return misses_weight_; }

  // Calls visit(position, share) for each position of the base, in order. After a requested stop some are
  // left out.
  template <class Visit>
  void for_each(const Progress& progress, Visit&& visit) {
    for (std::size_t first = 0; first < rows_.rows.size(); first += BoundExpression::block_rows) {
      if (progress.stop_requested()) return;
      const std::size_t count = std::min(BoundExpression::block_rows, rows_.rows.size() - first);
      for (Cells* cells : {&where_, &weight_, &part_, &when_}) cells->go_to(first, count);
      for (std::size_t i = 0; i < count; ++i) visit(first + i, share_at(i));
    }
  }

 private:
  // One of the definition's expressions at the positions of the base, block by block.
  class Cells {
   public:
    Cells(const std::optional<Expression>& expression, const BaseRows& rows, const Resolver& resolve) {
      if (expression) bound_.emplace(*expression, rows.rows, resolve);
    }
    bool exist() const { return bound_.has_value(); }
    void go_to(std::size_t first, std::size_t count) {
      if (bound_) block_ = bound_->block(first, count);
    }
    // 1 where there is no expression.
    double operator[](std::size_t i) const { return bound_ ? block_[i] : 1; }

   private:
    std::optional<BoundExpression> bound_;
    std::span<const double> block_;
  };

  RowShare share_at(std::size_t i) const {
    const double belongs = where_[i], whole = weight_[i];
    if (!fraction_) return amount(whole, belongs);
    if (belongs == 0) return {Verdict::outside, {}};
    if (std::isnan(belongs)) return {Verdict::membership_unknown, {}};
    if (std::isnan(whole)) return {Verdict::weight_missing, {}};
    const double served = part_.exist() ? part_[i] : when_[i];
    if (std::isnan(served)) return {Verdict::unknown, {0, 0, whole}};
    const double numerator = part_.exist() ? served : served != 0 ? whole : 0;
    const Verdict verdict = numerator >= whole && (numerator > 0 || served != 0) ? Verdict::counted
                            : numerator == 0                                     ? Verdict::not_counted
                                                                                 : Verdict::partly;
    return {verdict, {numerator, whole, 0}};
  }
  static RowShare amount(double whole, double belongs) {
    if (std::isnan(whole)) return {belongs == 0 ? Verdict::outside : Verdict::weight_missing, {}};
    if (std::isnan(belongs)) return {Verdict::unknown, {0, 0, whole}};
    if (belongs == 0) return {Verdict::not_counted, {0, whole, 0}};
    return {Verdict::counted, {whole, whole, 0}};
  }

  // Whether the expression names what nobody has.
  bool misses(const std::optional<Expression>& expression, const Resolver& resolve);

  const BaseRows& rows_;
  const bool fraction_;
  std::vector<std::string> missing_names_;
  bool misses_weight_ = false;
  Cells where_, weight_, part_, when_;
};

}  // namespace xiangtu::indicators
