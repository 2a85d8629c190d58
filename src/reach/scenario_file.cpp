#include "reach/scenario_file.hpp"

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <optional>
#include <utility>
#include <vector>

#include <toml++/toml.h>

#include "base/text.hpp"
#include "base/toml_text.hpp"
#include "io/toml_place.hpp"
#include "table/cells.hpp"

namespace xiangtu::reach {

using geodesy::LonLat;
using table::Role;

namespace {

void append_changes(std::string& text, const char* heading, const char* change, const atlas::Layer* layer,
                    const std::map<RowIx, bool>& rows) {
  for (const auto& [row, yes] : rows) {
    text.append("\n[[").append(heading).append("]]\nrow = ");
    text += std::to_string(layer->table.row_ids[row.value]) + "\n";
    if (const std::string_view code = text_of(layer->table, "code", row); !code.empty())
      text += "code = " + toml_text(code) + "\n";
    text.append(change).append(yes ? " = true\n" : " = false\n");
  }
}

class Reader {
 public:
  Reader(const io::TomlDocument& document, const atlas::Atlas& atlas) : document_(document), atlas_(atlas) {}

  Status read(Scenario& scenario) const {
    if (const Status known = document_.only_keys(document_.root, {"name", "bridge", "road", "link"}); !known)
      return known;
    if (const toml::node* name = document_.root.get("name")) {
      Result<std::string> text = document_.text(*name);
      if (!text) return text.issue();
      scenario.name = std::move(*text);
    }
    if (const Status read = changes("bridge", "closed", Role::bridges, scenario.closed_bridges); !read)
      return read;
    if (const Status read = changes("road", "hardened", Role::roads, scenario.hardened_roads); !read)
      return read;
    return links(scenario);
  }

 private:
  Result<std::vector<const toml::table*>> tables(const char* heading) const {
    std::vector<const toml::table*> found;
    const toml::node* node = document_.root.get(heading);
    if (!node) return found;
    const toml::array* array = node->as_array();
    for (std::size_t i = 0; array && i < array->size(); ++i) {
      if (!array->get(i)->is_table())
        array = nullptr;
      else
        found.push_back(array->get(i)->as_table());
    }
    if (!array) return document_.issue(*node, "{0}: write [[{1}]] over each", heading);
    return found;
  }

  Status changes(const char* heading, const char* change, Role role, std::map<RowIx, bool>& into) const {
    const auto listed = tables(heading);
    if (!listed) return listed.issue();
    const atlas::Layer* layer = atlas_.layer(role);
    for (const toml::table* entry : *listed) {
      if (const Status known = document_.only_keys(*entry, {"row", "code", change}); !known) return known;
      const auto id = (*entry)["row"].value<std::int64_t>();
      const auto yes = (*entry)[change].value<bool>();
      if (!id || !yes)
        return document_.issue(*entry, "{0}: takes row = a number and {1} = true or false", change);
      const std::optional<RowIx> row = layer ? row_of(layer->table, *id) : std::nullopt;
      if (!row) return document_.issue(*entry, "{0}: there is no row {1} in the layer '{2}'", *id, heading);
      if (const auto code = (*entry)["code"].value<std::string>();
          code && text_of(layer->table, "code", *row) != *code)
        return document_.issue(*entry, "{0}: row {1} has the code '{2}', not '{3}'; the data is another", *id,
                               text_of(layer->table, "code", *row), *code);
      into[*row] = *yes;
    }
    return {};
  }

  static std::optional<RowIx> row_of(const table::FeatureTable& table, std::int64_t id) {
    const auto at = std::find(table.row_ids.begin(), table.row_ids.end(), id);
    if (at == table.row_ids.end()) return std::nullopt;
    return RowIx(static_cast<std::size_t>(at - table.row_ids.begin()));
  }

  Status links(Scenario& scenario) const {
    const auto listed = tables("link");
    if (!listed) return listed.issue();
    for (const toml::table* entry : *listed) {
      if (const Status known = document_.only_keys(*entry, {"line"}); !known) return known;
      const toml::array* line = (*entry)["line"].as_array();
      std::vector<LonLat> positions;
      for (std::size_t i = 0; line && i < line->size(); ++i)
        if (const auto position = position_of(*line->get(i)))
          positions.push_back(*position);
        else
          return document_.issue(*line->get(i), "{0}: a position is [longitude, latitude] in degrees");
      if (positions.size() < 2)
        return document_.issue(*entry,
                               "{0}: a link takes line = [[longitude, latitude], …] of two positions "
                               "or more");
      scenario.links.push_back(std::move(positions));
    }
    return {};
  }

  static std::optional<LonLat> position_of(const toml::node& node) {
    const toml::array* pair = node.as_array();
    if (!pair || pair->size() != 2) return std::nullopt;
    const auto lon = pair->get(0)->value<double>(), lat = pair->get(1)->value<double>();
    if (!lon || !lat || !(std::abs(*lon) <= 180) || !(std::abs(*lat) <= 90)) return std::nullopt;
    return LonLat{*lon, *lat};
  }

  const io::TomlDocument& document_;
  const atlas::Atlas& atlas_;
};

}  // namespace

std::string scenario_text(const Scenario& scenario, const atlas::Atlas& atlas) {
  std::string text = "name = " + toml_text(scenario.name) + "\n";
  append_changes(text, "bridge", "closed", atlas.layer(Role::bridges), scenario.closed_bridges);
  append_changes(text, "road", "hardened", atlas.layer(Role::roads), scenario.hardened_roads);
  for (const std::vector<LonLat>& link : scenario.links) {
    text += "\n[[link]]\nline = [";
    for (std::size_t i = 0; i < link.size(); ++i)
      text += (i > 0 ? ", [" : "[") + format_exact(link[i].lon) + ", " + format_exact(link[i].lat) + "]";
    text += "]\n";
  }
  return text;
}

Result<Scenario> parse_scenario(std::string_view text, const std::string& name, const atlas::Atlas& atlas) {
  const auto document = io::TomlDocument::parse(text, name, IssueCode::input_bad_mapping);
  if (!document) return document.issue();
  Scenario scenario;
  if (const Status read = Reader(*document, atlas).read(scenario); !read) return read.issue();
  return scenario;
}

}  // namespace xiangtu::reach
