#include "workspace/workspace.hpp"

#include <algorithm>
#include <filesystem>
#include <functional>
#include <iterator>
#include <set>
#include <utility>

#include "base/assets.hpp"
#include "base/parallel.hpp"
#include "base/text.hpp"
#include "base/version.hpp"
#include "io/atomic_file.hpp"

namespace xiangtu::workspace {

using atlas::Atlas;
using atlas::Level;
using indicators::Definition;

namespace {

// Fields that place a row or name a unit, whatever is computed.
const std::set<std::string> placing_fields{
    "code", "name", "kind", "admin_village_code", "village_code", "township_code", "county_code"};

bool is_unit_role(table::Role role) {
  using enum table::Role;
  return role == counties || role == townships || role == villages || role == admin_villages;
}

// Whether a position can tell the unit of a row.
bool has_boundaries(const std::vector<const io::LayerInfo*>& layers) {
  return std::any_of(layers.begin(), layers.end(), [](const io::LayerInfo* layer) {
    return is_unit_role(*layer->role) && layer->geometry == table::GeometryKind::polygon;
  });
}

// What a layer is read for: the request of the window, or the fields of some indicators.
using RequestOf = std::function<io::ReadRequest(table::Role)>;

struct Read {
  std::vector<atlas::Layer> layers;
  std::vector<Finding> findings;
};

Result<Read> read_tables(const io::Dataset& dataset, const std::vector<const io::LayerInfo*>& wanted,
                         const RequestOf& request_of, Progress& progress) {
  std::vector<io::ReadRequest> requests;
  for (const io::LayerInfo* layer : wanted) requests.push_back(request_of(*layer->role));
  std::vector<std::optional<Result<io::ReadLayer>>> read(wanted.size());
  const auto read_layers = [&](std::size_t begin, std::size_t end) {
    for (std::size_t i = begin; i < end; ++i) read[i] = dataset.read(*wanted[i], requests[i], progress);
  };
  // Each layer is read on all cores; of few rows, what comes before the first is most.
  const bool few = std::all_of(requests.begin(), requests.end(), [](const auto& asked) { return asked.box; });
  parallel_for(wanted.size(), few && dataset.side_by_side(wanted) ? 1 : wanted.size(), progress, read_layers);
  if (progress.stop_requested()) return cancelled_issue();
  Read all{{}, dataset.findings()};
  for (std::optional<Result<io::ReadLayer>>& layer : read) {
    if (!*layer) return layer->issue();
    std::move((*layer)->findings.begin(), (*layer)->findings.end(), std::back_inserter(all.findings));
    all.layers.push_back({(*layer)->role, std::move((*layer)->table), {}, {}});
  }
  return all;
}

Result<Atlas> read_layers(const io::Dataset& dataset, const std::vector<const io::LayerInfo*>& wanted,
                          const RequestOf& request_of, Progress& progress) {
  Result<Read> read = read_tables(dataset, wanted, request_of, progress);
  if (!read) return read.issue();
  return atlas::assemble(std::move(read->layers), std::move(read->findings), progress);
}

// Where codes alone told the units, what the positions would have said is not known.
void note_unread_positions(const std::vector<const io::LayerInfo*>& layers, Atlas& atlas) {
  using enum table::Role;
  for (const io::LayerInfo* layer : layers) {
    const bool placed = *layer->role != counties && *layer->role != townships && *layer->role != roads;
    const bool compared = atlas.zones.exist() && atlas.layer(*layer->role)->table.has_geometry();
    if (!placed || compared || layer->geometry == table::GeometryKind::none) continue;
    atlas.findings.push_back(
        {"place.unread",
         Severity::note,
         layer->source,
         layer->name,
         "",
         Message("positions were not compared with the boundaries, which these figures do not need; "
                 "'xiangtu info' compares them"),
         {}});
  }
}

// Keeps only the rows of a unit and of those below it; the unit itself, now first, stands as the total.
void restrict_to(UnitIx root, const atlas::Hierarchy& hierarchy, indicators::CoverageTable& table) {
  indicators::CoverageTable kept;
  kept.indicators = std::move(table.indicators);
  std::vector<std::size_t> rows;
  for (std::size_t row = 0; row < table.units.size(); ++row) {
    if (!hierarchy.is_within(table.units[row], root)) continue;
    kept.units.push_back(table.units[row]);
    rows.push_back(row);
  }
  for (const indicators::FigureColumn& column : table.columns) kept.columns.push_back(column.rows(rows));
  table = std::move(kept);
}

}  // namespace

std::vector<std::pair<std::string, std::string>> parameter_texts(const indicators::Parameters& p) {
  std::vector<std::pair<std::string, std::string>> texts;
  for (const auto& [name, member] : indicators::number_parameters)
    texts.emplace_back(name, format_exact(p.*member));
  for (const auto& [name, member] : indicators::yes_no_parameters)
    texts.emplace_back(name, p.*member ? "true" : "false");
  return texts;
}

report::Provenance provenance_of(const Workspace& workspace, const Atlas& atlas,
                                 std::vector<std::pair<std::string, std::string>> parameters) {
  report::Provenance provenance;
  provenance.version = version();
  provenance.definitions_version = workspace.definitions().version();
  for (const atlas::Layer& layer : atlas.layers) {
    const table::Source& source = layer.table.source;
    provenance.layers.push_back(
        {source.path, source.layer, std::string{table::role_name(layer.role)}, source.crs, source.rows});
  }
  provenance.parameters = std::move(parameters);
  return provenance;
}

namespace {

// Whether there is such a threshold, and it can have the value.
bool set(indicators::Parameters& parameters, const io::NamedValue& given) {
  for (const auto& [name, member] : indicators::number_parameters)
    if (name == given.name) {
      const auto number = parse_number(given.value);
      parameters.*member = number.value_or(0);
      return number && *number >= 0;
    }
  for (const auto& [name, member] : indicators::yes_no_parameters)
    if (name == given.name) {
      parameters.*member = given.value == "true";
      return given.value == "true" || given.value == "false";
    }
  return false;
}

}  // namespace

Result<std::optional<indicators::Parameters>> parameters_of(const io::SourceList& list) {
  if (list.parameters.empty()) return std::optional<indicators::Parameters>{};
  indicators::Parameters result;
  for (const io::NamedValue& given : list.parameters)
    if (!set(result, given))
      return Issue{IssueCode::input_bad_mapping,
                   "{0}: \"{1} = {2}\" is no threshold of the figures; write for example near_m = 2000",
                   given.place, given.name, given.value};
  return std::optional{result};
}

Result<std::optional<indicators::Parameters>> saved_parameters(const OpenOptions& options) {
  const Result<io::SourceList> list = io::expand_sources(options.sources);
  if (!list) return list.issue();
  return parameters_of(*list);
}

Status save(const Workspace& workspace, const indicators::Parameters& parameters, std::string_view map,
            const std::string& path) {
  io::SourceList list{workspace.sources(), workspace.mapping(), {}, workspace.definition_files()};
  if (parameters != indicators::Parameters{})
    for (auto& [name, value] : parameter_texts(parameters)) list.parameters.push_back({name, value, ""});
  return io::write_file(
      path, io::to_toml(list, std::filesystem::path{path}.parent_path().string()) + std::string{map});
}

Workspace::Workspace(io::Dataset dataset, std::shared_ptr<const io::Schema> schema,
                     std::shared_ptr<const indicators::Definitions> definitions, io::SourceList list,
                     std::optional<indicators::Parameters> parameters)
    : dataset_(std::move(dataset)),
      schema_(std::move(schema)),
      definitions_(std::move(definitions)),
      list_(std::move(list)),
      parameters_(parameters) {}

namespace {

struct OpenedSources {
  std::shared_ptr<const io::Schema> schema;  // the dataset refers to it
  io::SourceList list;
  std::optional<indicators::Parameters> parameters;
  io::Dataset dataset;
};

// Fields of the schema and of the sources, parameters, and what is measured.
indicators::KnownNames known_names(const io::Schema& schema, const std::vector<io::LayerInfo>& layers) {
  indicators::KnownNames known;
  for (const indicators::Base base : indicators::all_bases()) {
    auto& names = known[base];
    for (const auto& [name, member] : indicators::number_parameters) names.try_emplace(std::string{name});
    for (const auto& [name, member] : indicators::yes_no_parameters) names.try_emplace(std::string{name});
    if (base == indicators::Base::roads) names.try_emplace("geodesic_km", "km");
    for (const table::Role role : indicators::roles_of(base)) {
      for (const io::FieldSpec& field : schema.layer(role).fields) names.try_emplace(field.name, field.unit);
      for (const io::LayerInfo& layer : layers)
        if (layer.role == role)
          for (const auto& field : layer.fields)
            names.try_emplace(field.canonical.empty() ? field.source_name : field.canonical);
    }
  }
  return known;
}

Result<OpenedSources> open_sources(const OpenOptions& options, Progress& progress) {
  Result<io::Schema> loaded = io::Schema::load(assets_folder() / "fields.toml");
  if (!loaded) return loaded.issue();
  const auto schema = std::make_shared<const io::Schema>(std::move(*loaded));
  Result<io::SourceList> sources = io::expand_sources(options.sources);
  if (!sources) return sources.issue();
  const auto parameters = parameters_of(*sources);
  if (!parameters) return parameters.issue();
  if (options.mapping_file) {
    Result<io::Mapping> mapping = io::read_mapping(*options.mapping_file);
    if (!mapping) return mapping.issue();
    sources->mapping.insert(sources->mapping.begin(), mapping->begin(), mapping->end());
  }
  sources->definitions.insert(sources->definitions.end(), options.definition_files.begin(),
                              options.definition_files.end());
  Result<io::Dataset> dataset = io::Dataset::open(sources->paths, sources->mapping, *schema, progress);
  if (!dataset) return dataset.issue();
  return OpenedSources{schema, std::move(*sources), *parameters, std::move(*dataset)};
}

}  // namespace

Result<Workspace> Workspace::open(const OpenOptions& options, Progress& progress, Figures figures) {
  std::optional<Result<indicators::Definitions>> definitions{indicators::Definitions{}};
  std::optional<Result<OpenedSources>> opened;
  const auto define = [&] {
    if (figures == Figures::defined) definitions = indicators::Definitions::load(assets_folder());
  };
  parallel_both(define, [&] { opened = open_sources(options, progress); });
  if (!*definitions) return definitions->issue();
  if (!*opened) return opened->issue();
  auto& [schema, list, parameters, dataset] = **opened;
  if (figures == Figures::defined && !list.definitions.empty()) {
    definitions = indicators::Definitions::load(assets_folder(), list.definitions,
                                                known_names(*schema, dataset.layers()));
    if (!*definitions) return definitions->issue();
  }
  return Workspace(std::move(dataset), std::move(schema),
                   std::make_shared<const indicators::Definitions>(std::move(**definitions)), std::move(list),
                   parameters);
}

Result<Atlas> Workspace::read_all(Progress& progress) const {
  io::ReadRequest request;
  request.all_fields = true;
  std::vector<const io::LayerInfo*> wanted;
  for (const io::LayerInfo& layer : layers())
    if (layer.role) wanted.push_back(&layer);
  return read_layers(
      dataset_, wanted, [&](table::Role) { return request; }, progress);
}

Result<Atlas> Workspace::read_to_draw(const ToDrawOf& to_draw, Units units,
                                      const std::optional<geodesy::LonLatBox>& box,
                                      Progress& progress) const {
  const auto is_unit = [&](table::Role role) { return units == Units::placed && is_unit_role(role); };
  std::vector<const io::LayerInfo*> wanted;
  for (const io::LayerInfo& layer : layers())
    if (layer.role && layer.geometry != table::GeometryKind::none &&
        (to_draw(*layer.role) || is_unit(*layer.role)))
      wanted.push_back(&layer);
  const auto request_of = [&](table::Role role) {
    io::ReadRequest request;
    ToDraw wanted_of_layer = to_draw(role).value_or(ToDraw{});
    request.fields = std::move(wanted_of_layer.fields);
    if (is_unit(role)) {
      request.fields.insert(placing_fields.begin(), placing_fields.end());
    } else {
      request.box = box;
      request.sieve = std::move(wanted_of_layer.sieve);
    }
    return request;
  };
  Result<Read> read = read_tables(dataset_, wanted, request_of, progress);
  if (!read) return read.issue();
  const auto rest = std::stable_partition(read->layers.begin(), read->layers.end(),
                                          [&](const atlas::Layer& layer) { return is_unit(layer.role); });
  std::vector<atlas::Layer> others{std::make_move_iterator(rest),
                                   std::make_move_iterator(read->layers.end())};
  read->layers.erase(rest, read->layers.end());
  Atlas atlas;
  if (units == Units::placed) {
    Result<Atlas> placed = atlas::assemble(std::move(read->layers), std::move(read->findings), progress);
    if (!placed) return placed;
    atlas = std::move(*placed);
  } else {
    atlas.findings = std::move(read->findings);
  }
  std::move(others.begin(), others.end(), std::back_inserter(atlas.layers));
  return atlas;
}

std::set<table::Role> Workspace::drawn_roles() const {
  std::set<table::Role> roles;
  for (const io::LayerInfo& layer : layers())
    if (layer.role && layer.geometry != table::GeometryKind::none) roles.insert(*layer.role);
  return roles;
}

std::optional<geodesy::LonLatBox> Workspace::extent(const std::set<table::Role>& roles) const {
  geodesy::LonLatBox box;
  for (const io::LayerInfo& layer : layers()) {
    if (!layer.role || !roles.contains(*layer.role)) continue;
    const std::optional<geodesy::LonLatBox> of_layer = dataset_.extent(layer);
    if (!of_layer) return std::nullopt;
    box.add(*of_layer);
  }
  return box;
}

bool Workspace::has(table::Role role, std::string_view field) const {
  return std::any_of(layers().begin(), layers().end(), [&](const io::LayerInfo& layer) {
    return layer.role == role &&
           (field.empty() || std::any_of(layer.fields.begin(), layer.fields.end(),
                                         [&](const auto& known) { return known.canonical == field; }));
  });
}

Result<Atlas> Workspace::read_for(const std::vector<const Definition*>& indicators, Level finest,
                                  Progress& progress, const std::set<std::string>& further_fields) const {
  indicators::Needs needs =
      indicators::needs_of(indicators, *definitions_,
                           [this](table::Role role, std::string_view field) { return has(role, field); });
  needs.fields.insert(further_fields.begin(), further_fields.end());
  return read_needed(needs, finest, progress);
}

Result<Atlas> Workspace::read_needed(const indicators::Needs& needs, Level finest, Progress& progress) const {
  std::vector<const io::LayerInfo*> wanted;
  for (const io::LayerInfo& layer : layers())
    if (layer.role && (is_unit_role(*layer.role) || needs.roles.contains(*layer.role)))
      wanted.push_back(&layer);
  // Roads are cut at boundaries and not placed by their codes.
  const auto request_of = [&](table::Role role, bool positions) {
    io::ReadRequest request;
    request.fields = needs.fields;
    if (role != table::Role::roads) request.fields.insert(placing_fields.begin(), placing_fields.end());
    request.geometry = positions || needs.located.contains(role);
    return request;
  };
  if (!needs.boundaries && has_boundaries(wanted)) {
    Result<Atlas> by_codes = read_layers(
        dataset_, wanted, [&](table::Role role) { return request_of(role, false); }, progress);
    if (!by_codes) return by_codes;
    if (atlas::placed_by_codes(*by_codes, finest)) {
      note_unread_positions(wanted, *by_codes);
      return by_codes;
    }
  }
  return read_layers(
      dataset_, wanted, [&](table::Role role) { return request_of(role, true); }, progress);
}

Result<StatsResult> compute_stats(const Workspace& workspace, const StatsOptions& options,
                                  Progress& progress) {
  const auto selected = workspace.definitions().select(options.set, options.indicators);
  if (!selected) return selected.issue();
  // A unit that is asked for may be of any level.
  const Level finest = options.where.empty() && !options.levels.empty()
                           ? *std::max_element(options.levels.begin(), options.levels.end())
                           : Level::village;
  Result<Atlas> atlas = workspace.read_for(*selected, finest, progress);
  if (!atlas) return atlas.issue();
  return compute_stats(workspace, std::make_shared<const Atlas>(std::move(*atlas)), options, progress);
}

Result<StatsResult> compute_stats(const Workspace& workspace, std::shared_ptr<const Atlas> atlas,
                                  const StatsOptions& options, Progress& progress) {
  const auto selected = workspace.definitions().select(options.set, options.indicators);
  if (!selected) return selected.issue();
  progress.begin("computing indicators", 0);
  const Result<UnitIx> root = atlas->hierarchy.asked(options.where);
  if (!root) return root.issue();
  std::vector<Level> levels = options.levels;
  levels.push_back(atlas->hierarchy[*root].level);
  Result<indicators::Evaluation> evaluation =
      indicators::evaluate(*atlas, workspace.definitions(), *selected, levels, options.parameters, progress);
  if (!evaluation) return evaluation.issue();
  StatsResult result;
  result.table = std::move(evaluation->table);
  if (!options.where.empty()) restrict_to(*root, atlas->hierarchy, result.table);
  result.findings = atlas->findings;
  std::move(evaluation->findings.begin(), evaluation->findings.end(), std::back_inserter(result.findings));
  result.provenance = provenance_of(workspace, *atlas, parameter_texts(options.parameters));
  result.atlas = std::move(atlas);
  return result;
}

}  // namespace xiangtu::workspace
