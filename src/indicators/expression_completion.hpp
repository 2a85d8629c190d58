// What may be written next in an expression over the fields of a layer.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "base/catalogue.hpp"
#include "io/schema.hpp"
#include "table/feature_table.hpp"

namespace xiangtu::indicators {

struct Completion {
  std::string text;   // to be put in
  std::string label;  // what it is called in the user's language; empty where that says nothing more
  bool operator==(const Completion&) const = default;
};

// The bytes [begin, end) of the text are what an offer takes the place of.
struct Completions {
  std::size_t begin = 0, end = 0;
  std::vector<Completion> offers;
};

// At the cursor (a byte): fields by canonical name, label or alias; values of the field that a text or a
// choice is compared with; operators and functions. At most `most`, those that begin with what is typed
// first.
Completions complete_expression(std::string_view text, std::size_t cursor, const table::FeatureTable& table,
                                const io::Schema& schema, io::Role role, Language language,
                                std::size_t most = 40);

}  // namespace xiangtu::indicators
