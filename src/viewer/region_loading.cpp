#include "viewer/region_loading.hpp"

#include <filesystem>
#include <set>
#include <utility>

#include "base/character_set.hpp"
#include "base/parallel.hpp"
#include "io/connection_text.hpp"
#include "io/source_identity.hpp"
#include "render/scene/atlas_scene.hpp"
#include "render/scene/pyramid.hpp"

namespace xiangtu::viewer {

namespace fs = std::filesystem;
namespace scene = render::scene;
using atlas::Level;
using workspace::Workspace;

namespace {

std::vector<std::optional<std::size_t>> rows_by_unit(const workspace::StatsResult& stats) {
  std::vector<std::optional<std::size_t>> rows(stats.atlas->hierarchy.size());
  for (std::size_t row = 0; row < stats.table.units.size(); ++row) rows[stats.table.units[row].value] = row;
  return rows;
}

// The characters of all texts, each once.
std::string characters_of(const atlas::Atlas& atlas) {
  std::vector<const table::Dictionary*> dictionaries;
  for (const atlas::Layer& layer : atlas.layers)
    for (const table::Column& column : layer.table.columns)
      if (column.is_text()) dictionaries.push_back(&column.text().dictionary);
  std::vector<CharacterSet> sets(dictionaries.size());
  parallel_for(dictionaries.size(), 1, Progress{}, [&](std::size_t begin, std::size_t end) {
    for (std::size_t i = begin; i < end; ++i) sets[i].add(dictionaries[i]->bytes());
  });
  CharacterSet all;
  for (const CharacterSet& set : sets) all.add(set);
  return all.utf8();
}

// Units come first: they are few, and with them it is seen what is coming.
void outline(const Workspace& workspace, const LoadRequest& request, const OutlineTaker& take,
             Progress& progress) {
  const std::set<table::Role> all = workspace.drawn_roles();
  const std::optional<geodesy::LonLatBox> extent = workspace.extent(all);
  if (!extent || extent->empty()) return;
  scene::Camera camera = request.camera;
  camera.fit(*extent);
  const int level = scene::level_of(camera.zoom());
  std::set<table::Role> units;
  for (const table::Role role : {table::Role::counties, table::Role::townships})
    if (all.contains(role)) units.insert(role);
  for (const std::set<table::Role>& roles : {units, all}) {
    if (roles.empty()) continue;
    const auto to_draw = [&](table::Role role) -> std::optional<Workspace::ToDraw> {
      if (!roles.contains(role)) return std::nullopt;
      const scene::LayerStyle& style = request.styles->of(role, table::GeometryKind::none);
      return Workspace::ToDraw{style.fields(), scene::rows_shown_at(style, level)};
    };
    auto atlas = workspace.read_to_draw(to_draw, Workspace::Units::none, std::nullopt, progress);
    if (!atlas) return;  // reading it as a whole will say why
    take(scene::prepare(std::make_shared<const atlas::Atlas>(std::move(*atlas)), *request.styles));
  }
}

// How the map is drawn, as the last workspace file among the sources says it.
void read_map(Region& region) {
  const auto file = io::last_workspace(region.opened.sources);
  if (!file || !*file) return;  // it was read a moment ago
  Result<scene::SavedMap> map = scene::read_map((*file)->text, (*file)->path);
  if (!map) {
    region.map_issue = map.issue();
    return;
  }
  map->document.convert_paths([&](const std::string& said) { return (*file)->path_at(said); });
  region.map = std::move(*map);
}

std::string identity_of(const std::string& source) {
  if (io::is_connection_text(source)) return unknown_identity;
  std::error_code error;
  if (!fs::exists(source, error)) return "";
  const auto identity = io::identity_of({source});
  return identity ? identity->text : unknown_identity;
}

// Thresholds of a workspace file go before the window's.
Result<std::shared_ptr<const Region>> read(Workspace opened, const workspace::OpenOptions& options,
                                           const indicators::Parameters& asked, Progress& progress) {
  const indicators::Parameters parameters = opened.parameters().value_or(asked);
  std::vector<std::string> identities = identities_of(opened.sources());
  Result<atlas::Atlas> atlas = opened.read_all(progress);
  if (!atlas) return atlas.issue();
  auto stats = workspace::compute_stats(opened, std::make_shared<const atlas::Atlas>(std::move(*atlas)),
                                        every_level(parameters), progress);
  if (!stats) return stats.issue();
  auto region = std::make_shared<Region>();
  region->row_of_unit = rows_by_unit(*stats);
  region->characters = characters_of(*stats->atlas);
  region->workspace = std::make_shared<const Workspace>(std::move(opened));
  region->opened = options;
  region->parameters = parameters;
  region->stats = std::move(*stats);
  region->identities = std::move(identities);
  read_map(*region);
  return std::shared_ptr<const Region>(std::move(region));
}

}  // namespace

std::vector<std::string> identities_of(const std::vector<std::string>& sources) {
  std::vector<std::string> identities;
  for (const std::string& source : sources) identities.push_back(identity_of(source));
  return identities;
}

workspace::StatsOptions every_level(const indicators::Parameters& parameters) {
  workspace::StatsOptions options;
  options.levels = {Level::county, Level::township, Level::village};
  options.parameters = parameters;
  return options;
}

Region with_figures(const Region& region, const indicators::Parameters& parameters,
                    workspace::StatsResult stats) {
  Region result = region;
  result.parameters = parameters;
  result.row_of_unit = rows_by_unit(stats);
  result.stats = std::move(stats);
  return result;
}

Result<LoadedRegion> load(const LoadRequest& request, const OutlineTaker& outlines, Progress& progress) {
  Result<Workspace> opened = Workspace::open(request.options, progress);
  if (!opened) return opened.issue();
  outline(*opened, request, outlines, progress);
  auto region = read(std::move(*opened), request.options, request.parameters, progress);
  if (!region) return region.issue();
  std::vector<scene::PreparedLayer> layers = scene::prepare((*region)->stats.atlas, *request.styles);
  return LoadedRegion{std::move(*region), std::move(layers), request.styles};
}

Result<std::shared_ptr<const Region>> load(const workspace::OpenOptions& options,
                                           const indicators::Parameters& parameters, Progress& progress) {
  Result<Workspace> opened = Workspace::open(options, progress);
  if (!opened) return opened.issue();
  return read(std::move(*opened), options, parameters, progress);
}

}  // namespace xiangtu::viewer
