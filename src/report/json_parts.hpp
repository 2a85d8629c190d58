// What all JSON outputs are made of.
#pragma once

#include <cstddef>
#include <functional>
#include <span>
#include <string>
#include <string_view>

#include <nlohmann/json.hpp>

#include "base/finding.hpp"
#include "base/progress.hpp"
#include "base/result.hpp"
#include "indicators/coverage.hpp"
#include "report/provenance.hpp"
#include "report/text_blocks.hpp"

namespace xiangtu::report {

using Json = nlohmann::ordered_json;

// The object as lines; what is no UTF-8 becomes U+FFFD.
std::string dumped(const Json& json);
// A value's lines moved to the right, to where it stands in the object.
std::string indented(std::string text, std::size_t depth);

// Appends a text in its quotes.
void append_json_text(std::string& text, std::string_view value);

// The object on one line.
std::string one_line(const Json& json);

// Writes a member that is a list, an item a line: its name, the items that are appended, and the closing
// bracket.
using JsonItem = std::function<void(std::size_t item, std::string& text)>;
Status write_json_list(std::string_view name, std::size_t items, std::size_t items_per_block,
                       const JsonItem& append_item, const TextSink& sink, const Progress& progress);
// A further member of the object that is written, with the comma before it.
std::string json_member(std::string_view name, const Json& value);
// The last members of every result, and the end of the object.
std::string json_ending(const Provenance& provenance, std::span<const Finding> findings);

// value, numerator, denominator, unknown, low, high; null with a `why` where there is none.
Json figure_json(const indicators::Figure& figure);
// A finding's rows are counted in full and listed up to a limit.
Json finding_json(const Finding& finding);
Json provenance_json(const Provenance& provenance);

}  // namespace xiangtu::report
