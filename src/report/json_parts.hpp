// What all JSON outputs are made of.
#pragma once

#include <string>
#include <string_view>

#include <nlohmann/json.hpp>

#include "base/finding.hpp"
#include "report/provenance.hpp"

namespace xiangtu::report {

using Json = nlohmann::ordered_json;

// The object as lines; what is no UTF-8 becomes U+FFFD.
std::string dumped(const Json& json);
// A value's lines moved to the right, to where it stands in the object.
std::string indented(std::string text, std::size_t depth);

// Appends a text in its quotes.
void append_json_text(std::string& text, std::string_view value);

// A finding's rows are counted in full and listed up to a limit.
Json finding_json(const Finding& finding);
Json provenance_json(const Provenance& provenance);

}  // namespace xiangtu::report
