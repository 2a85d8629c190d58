#include "reach/defects.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <tuple>
#include <utility>

#include "atlas/layer_finding.hpp"
#include "reach/line_defects.hpp"
#include "reach/place_defects.hpp"
#include "reach/river_crossings.hpp"
#include "reach/road_traits.hpp"
#include "table/cells.hpp"

namespace xiangtu::reach {

using atlas::Atlas;
using atlas::Layer;
using indicators::Definitions;
using indicators::Parameters;
using table::Role;

namespace {

CountedVillages villages_of(const Atlas& atlas, const Parameters& parameters,
                            std::vector<Finding>& findings) {
  Result<Villages> within = villages_within(atlas, parameters, "");
  if (!within) return {};
  CountedVillages villages{std::move(*within), {}};
  const table::FeatureTable& rows = villages.layer->table;
  const auto population = numbers_of(rows, "population"), households = numbers_of(rows, "households");
  for (const RowIx row : villages.rows)
    villages.counts.push_back(
        {1, table::number_or(households, row, 0), table::number_or(population, row, 0)});
  note_unknown(villages, {"households", "population"}, findings);
  return villages;
}

// Why no defect gains anything, where that is so.
void note_without_gains(const RoadNetwork& network, const CountedVillages& villages,
                        std::vector<Finding>& findings) {
  const auto has = [](const std::vector<Counts>& counts, Counts least) {
    return std::any_of(counts.begin(), counts.end(), [&](Counts each) { return each >= least; });
  };
  const auto note = [&](const char* id, const char* field, Message message) {
    findings.push_back(
        atlas::finding_of(network.roads->table, id, Severity::warning, field, std::move(message)));
  };
  if (!villages.layer)
    note("gain.no_villages", "",
         Message("there are no villages with positions in the sources: what mending gains is not known"));
  if (!has(network.trunk, Counts::maybe))
    note("gain.no_trunk", "class",
         Message("no road is of class G or S: neither islands nor what mending gains are known"));
  else if (!has(network.trunk, Counts::yes))
    note("gain.trunk_unknown", "class",
         Message(
             "of no road it is known that it is of class G or S: what mending gains is not known; name the "
             "field 'class' in a mapping file"));
  const auto edges = network.graph.edges();
  if (std::any_of(edges.begin(), edges.end(), [&](const network::Edge& edge) {
        const network::EdgeIx ix(static_cast<std::size_t>(&edge - edges.data()));
        return network.graph.direction_of(ix) != network::Direction::both;
      }))
    note("gain.one_way", "oneway",
         Message("what mending gains is counted as if one-way roads were travelled both ways"));
  if (!has(network.travelled, Counts::yes))
    note(
        "gain.surface_unknown", "surface",
        Message("of no road it is known that it is hardened: what mending gains is not known; name the field "
                "'surface' in a mapping file, or let every road be travelled"));
}

// Small gaps and overshoots are surely errors, long overlaps and islands matter most.
bool is_ranked_before(const Defect& a, const Defect& b) {
  if (a.gain.rank() != b.gain.rank()) return a.gain.rank() > b.gain.rank();
  const auto size_rank = [](const Defect& defect) {
    const double size = std::isnan(defect.size_m) ? std::numeric_limits<double>::infinity() : defect.size_m;
    const bool small_first = defect.kind == DefectKind::near_miss || defect.kind == DefectKind::overshoot;
    return small_first ? size : -size;
  };
  return std::tuple{a.kind, size_rank(a), a.row, a.other, a.at.lon, a.at.lat} <
         std::tuple{b.kind, size_rank(b), b.row, b.other, b.at.lon, b.at.lat};
}

void append(std::vector<Defect>& defects, std::vector<Defect> more) {
  defects.insert(defects.end(), more.begin(), more.end());
}

}  // namespace

Severity Defect::severity() const {
  switch (kind) {
    case DefectKind::near_miss:
    case DefectKind::island:
      return gain.is_any() ? Severity::error : Severity::warning;
    case DefectKind::overshoot:
      return Severity::note;
    default:
      return Severity::warning;
  }
}

const Layer& NetworkDefects::layer_of(const Defect& defect) const {
  return defect.kind == DefectKind::bridge_off_road    ? *bridges
         : defect.kind == DefectKind::village_off_road ? *villages
                                                       : *roads;
}

const Layer& NetworkDefects::other_layer_of(const Defect& defect) const {
  return defect.kind == DefectKind::river_crossing ? *rivers : *roads;
}

Result<NetworkDefects> network_defects(const Atlas& atlas, const Definitions& definitions,
                                       const Parameters& parameters, const DefectOptions& options,
                                       Progress& progress) {
  NetworkDefects found;
  NetworkOptions drawn = options.network;
  drawn.keep_all = true;
  drawn.needs_trunk = false;
  const Result<RoadNetwork> network =
      road_network(atlas, definitions, parameters, drawn, {}, {}, found.findings, progress);
  if (!network) return network.issue();
  CountedVillages villages = villages_of(atlas, parameters, found.findings);
  const Footing footing(*network, options.attach, progress);
  if (villages.layer) villages.footholds = footing.sure(villages.places(), villages.rows, progress);
  note_without_gains(*network, villages, found.findings);
  const Gains gains(*network, villages.footholds, villages.counts);

  const std::vector<std::int8_t> levels = road_traits(*network->roads).levels;
  found.roads = network->roads;
  found.bridges = atlas.layer(Role::bridges);
  found.rivers = atlas.layer(Role::rivers);
  found.villages = villages.layer;
  append(found.defects, defects_of_ends(*network, gains, levels, options, progress));
  append(found.defects, defects_of_stretches(*network, levels, options.network.join_within, progress));
  append(found.defects, islands(*network, gains, villages, found.findings));
  if (found.bridges) {
    append(found.defects,
           bridges_off_road(*network, *found.bridges, options.network.bridge_within, progress));
    note_bridges_on_crossings(*network, *found.bridges, found.findings, progress);
  }
  if (found.rivers)
    append(found.defects, river_crossings(*network, levels, *found.rivers, found.bridges,
                                          options.network.bridge_within, found.findings, progress));
  append(found.defects, villages_off_road(*network, gains, footing, options.attach.within, villages,
                                          found.findings, progress));
  if (progress.stop_requested()) return cancelled_issue();
  std::sort(found.defects.begin(), found.defects.end(), is_ranked_before);
  return found;
}

indicators::Needs needs_of_network_defects(const Definitions& definitions, const DefectOptions& options) {
  indicators::Needs needs = needs_of_road_network(definitions, options.network, true);
  need_villages(needs, false);
  needs.roles.insert(Role::rivers);
  needs.located.insert(Role::rivers);
  needs.fields.insert({"households", "code"});
  return needs;
}

}  // namespace xiangtu::reach
