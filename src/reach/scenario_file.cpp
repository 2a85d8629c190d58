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
#include "geodesy/measure.hpp"
#include "io/toml_place.hpp"
#include "table/cells.hpp"

namespace xiangtu::reach {

using geodesy::LonLat;
using table::Role;

namespace {

constexpr Metres longest_link{1000000};

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
      const auto yes = (*entry)[change].value_exact<bool>();
      if (!yes) return document_.issue(node_of(*entry, change), "{0}: {1} is true or false", change);
      if (!layer)
        return document_.issue(*entry, "{0}: there is no layer of {1} in the sources; add it to them",
                               table::role_name(role));
      const auto row = row_of(*entry, heading, *layer);
      if (!row) return row.issue();
      if (const auto [place, is_new] = into.emplace(*row, *yes); !is_new && place->second != *yes)
        return document_.issue(*entry, "{0}: row {1} was said to be {2} = {3} above; keep one of the two",
                               layer->table.row_ids[row->value], change, place->second ? "true" : "false");
    }
    return {};
  }

  // Where the entry has the key, else the entry: what a message is about.
  static const toml::node& node_of(const toml::table& entry, const char* key) {
    const toml::node* node = entry.get(key);
    return node ? *node : entry;
  }

  // By its number in the source, by its code where that is given alone; both must agree.
  Result<RowIx> row_of(const toml::table& entry, const char* heading, const atlas::Layer& layer) const {
    const auto id = entry["row"].value_exact<std::int64_t>();
    const auto code = entry["code"].value<std::string>();
    if (!id && entry.contains("row")) return document_.issue(node_of(entry, "row"), "{0}: row is a number");
    if (!id && !code) return document_.issue(entry, "{0}: a {1} is named by its row or its code", heading);
    if (!id) return row_of_code(entry, *code, layer);
    const std::vector<std::int64_t>& ids = layer.table.row_ids;
    const auto at = std::find(ids.begin(), ids.end(), *id);
    if (at == ids.end())
      return document_.issue(node_of(entry, "row"), "{0}: there is no row {1} in the layer '{2}'", *id,
                             layer.table.source.layer);
    const RowIx row(static_cast<std::size_t>(at - ids.begin()));
    if (code && text_of(layer.table, "code", row) != *code)
      return document_.issue(node_of(entry, "code"),
                             "{0}: row {1} has the code '{2}', not '{3}'; the data is another", *id,
                             text_of(layer.table, "code", row), *code);
    return row;
  }

  Result<RowIx> row_of_code(const toml::table& entry, const std::string& code,
                            const atlas::Layer& layer) const {
    std::optional<RowIx> found;
    for (std::size_t row = 0; row < layer.table.size(); ++row) {
      if (text_of(layer.table, "code", RowIx(row)) != code) continue;
      if (found)
        return document_.issue(node_of(entry, "code"),
                               "{0}: several rows have the code '{1}', such as {2} and {3}; name the row",
                               code, layer.table.row_ids[found->value], layer.table.row_ids[row]);
      found = RowIx(row);
    }
    if (found) return *found;
    return document_.issue(node_of(entry, "code"), "{0}: no row of the layer '{1}' has the code '{2}'",
                           layer.table.source.layer, code);
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
      const Metres length = geodesy::length(positions);
      if (!(length > Metres{0}) || length > longest_link)
        return document_.issue(node_of(*entry, "line"),
                               "{0}: the new road is {1} km long; a road of more than 0 and at most {2} km "
                               "can be tried out",
                               format_number(length.value / 1000, 0),
                               format_number(longest_link.value / 1000, 0));
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
  if (scenario.is_empty())
    return Issue{IssueCode::input_bad_mapping,
                 "{0}: the scenario changes nothing; write [[bridge]], [[road]] or [[link]]", name};
  return scenario;
}

}  // namespace xiangtu::reach
