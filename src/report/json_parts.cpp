#include "report/json_parts.hpp"

#include <algorithm>
#include <optional>

namespace xiangtu::report {

namespace {

constexpr std::size_t rows_listed = 1000;

}  // namespace

std::string dumped(const Json& json) {
  return json.dump(1, ' ', false, Json::error_handler_t::replace);
}

std::string indented(std::string text, std::size_t depth) {
  const std::string margin(depth, ' ');
  for (std::size_t at = text.find('\n'); at != std::string::npos; at = text.find('\n', at + 1))
    text.insert(at + 1, margin);
  return text;
}

Json provenance_json(const Provenance& provenance) {
  Json layers = Json::array(), parameters = Json::object();
  for (const SourceLayer& layer : provenance.layers)
    layers.push_back({{"source", layer.source},
                      {"layer", layer.layer},
                      {"role", layer.role},
                      {"crs", layer.crs},
                      {"rows", layer.rows}});
  for (const auto& [name, value] : provenance.parameters) parameters[name] = value;
  return {{"program", "xiangtu"},
          {"version", provenance.version},
          {"definitions", provenance.definitions_version},
          {"parameters", std::move(parameters)},
          {"layers", std::move(layers)}};
}

Json figure_json(const indicators::Figure& figure) {
  const auto number = [](const std::optional<double>& value) { return value ? Json(*value) : Json(nullptr); };
  Json json{{"value", number(figure.value)},     {"numerator", figure.numerator},
            {"denominator", figure.denominator}, {"unknown", figure.unknown},
            {"low", number(figure.low)},         {"high", number(figure.high)}};
  if (figure.why) json["why"] = figure.why->english();
  return json;
}

Json finding_json(const Finding& finding) {
  const std::size_t listed = std::min(finding.rows.size(), rows_listed);
  return {{"id", finding.id},
          {"severity", finding.severity == Severity::error     ? "error"
                       : finding.severity == Severity::warning ? "warning"
                                                               : "note"},
          {"source", finding.source},
          {"layer", finding.layer},
          {"field", finding.field},
          {"message", finding.message.english()},
          {"count", finding.rows.size()},
          {"rows", std::vector<std::int64_t>(finding.rows.begin(),
                                             finding.rows.begin() + static_cast<std::ptrdiff_t>(listed))}};
}

void append_json_text(std::string& text, std::string_view value) {
  const bool plain = std::all_of(value.begin(), value.end(),
                                 [](char c) { return c >= ' ' && c < 127 && c != '"' && c != '\\'; });
  if (plain)
    text.append("\"").append(value).append("\"");
  else
    text += Json(value).dump(-1, ' ', false, Json::error_handler_t::replace);
}

std::string one_line(const Json& json) {
  return json.dump(-1, ' ', false, Json::error_handler_t::replace);
}

Status write_json_list(std::string_view name, std::size_t items, std::size_t items_per_block,
                       const JsonItem& append_item, const TextSink& sink, const Progress& progress) {
  if (const Status written = sink(" \"" + std::string{name} + "\": [\n"); !written) return written;
  if (const Status written = write_blocks(
          items, items_per_block,
          [&](std::size_t first, std::size_t last, std::string& text) {
            for (std::size_t i = first; i < last; ++i) {
              append_item(i, text);
              text += i + 1 < items ? ",\n" : "\n";
            }
          },
          sink, progress);
      !written)
    return written;
  return sink(" ]");
}

std::string json_member(std::string_view name, const Json& value) {
  return ",\n \"" + std::string{name} + "\": " + indented(dumped(value), 1);
}

std::string json_ending(const Provenance& provenance, std::span<const Finding> findings) {
  Json listed = Json::array();
  for (const Finding& finding : findings) listed.push_back(finding_json(finding));
  return json_member("provenance", provenance_json(provenance)) + json_member("findings", listed) + "\n}\n";
}

}  // namespace xiangtu::report
