// Indicator definitions as data: assets/indicators.toml and assets/bulletin.toml.
#pragma once

#include <filesystem>
#include <functional>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.hpp"
#include "indicators/coverage.hpp"
#include "indicators/expression.hpp"

namespace xiangtu::indicators {

// What rows an indicator counts over.
enum class Base : std::uint8_t {
  counties,
  townships,
  natural_villages,
  admin_villages,
  communities,
  village_units,
  settlements,         // natural villages where the region has them, else administrative villages
  household_villages,  // administrative villages; natural ones where only those carry households
  roads,
  bridges,
  water_projects,
  sanitation,
  housing,
  projects,
};

std::span<const Base> all_bases();

enum class Aggregate : std::uint8_t { sum, maximum };

// Fractions: N = Σ part (or Σ weight of the rows where `when` is true) over D = Σ weight, rows with
// an unknown part or `when` going to U. Sums: N = Σ weight over the rows where `where` is true.
struct Definition {
  IndicatorInfo info;
  std::vector<std::string> sets;
  Base base = Base::settlements;
  Aggregate aggregate = Aggregate::sum;
  std::optional<Expression> where;   // boolean: rows that belong to the base
  std::optional<Expression> weight;  // number; none: each row counts 1
  std::optional<Expression> part;    // number
  std::optional<Expression> when;    // boolean
};

// Those that it has: where, weight, part, when.
std::vector<const Expression*> expressions_of(const Definition& definition);

// A yes/no measure of each settlement: is there a feature of `target` that satisfies `where` within
// `within` (a parameter's name, metres)? Unknown when only features with unknown `where` are.
struct NearMeasure {
  std::string id;
  Base target = Base::roads;
  std::optional<Expression> where;
  std::string within;
  std::string ledger;  // a field of the settlement that goes before the measure; may be empty
};

// What expressions may name, by base: each name with its unit ("m", "households" …), empty where it has none.
using KnownNames = std::map<Base, std::map<std::string, std::string, std::less<>>>;

struct DefinitionFile;

class Definitions {
 public:
  // indicators.toml and bulletin.toml of the assets folder, then the files of the user, whose defines,
  // measures and indicators go before those of the same name. What these name must be known. An error names
  // file, line and column.
  static Result<Definitions> load(const std::filesystem::path& assets,
                                  const std::vector<std::string>& own_files = {},
                                  const KnownNames& known = {});
  // Of one text; empty known: whatever it names is taken.
  static Result<Definitions> parse(std::string_view toml, std::string_view file_name,
                                   const KnownNames& known = {});

  const std::vector<Definition>& indicators() const { return indicators_; }
  const NearMeasure* near_measure(std::string_view id) const;
  // Null when there is none.
  const Definition* find(std::string_view id) const;
  // Those of a set, or those whose ids are given ("road_class_share.*" takes all that begin so).
  Result<std::vector<const Definition*>> select(std::string_view set,
                                                const std::vector<std::string>& ids) const;
  // Version of the program's files with a hash of the content of all files.
  const std::string& version() const { return version_; }

 private:
  static Result<Definitions> of(const std::vector<DefinitionFile>& files, const KnownNames& known);

  std::vector<Definition> indicators_;
  std::vector<NearMeasure> near_;
  std::string version_;
};

}  // namespace xiangtu::indicators
