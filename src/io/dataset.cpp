#include "io/dataset.hpp"

#include <algorithm>
#include <deque>
#include <filesystem>
#include <iterator>

#include "io/bound_layer.hpp"
#include "io/connection_text.hpp"
#include "io/layer_reader.hpp"
#include "io/source_file.hpp"

namespace xiangtu::io {

struct Dataset::Impl {
  explicit Impl(const Schema& given_schema, Mapping given_mapping)
      : schema(given_schema), mapping(std::move(given_mapping)), used(mapping.size(), false) {}

  Status open(const std::vector<std::string>& given, Progress& progress);
  Status take(SourceFile opened, const OpenWish& wish);
  Result<std::vector<BoundLayer>> survey(const SourceFile& source);
  Status settle();
  Status check_sources(const std::vector<std::string>& given) const;
  Status check_mapping() const;
  std::string layer_names(const std::string& given) const;
  // Null when there is no such layer.
  const BoundLayer* find(const LayerInfo& layer) const;

  const Schema& schema;
  const Mapping mapping;  // bindings point into it
  std::vector<bool> used;
  std::deque<SourceFile> sources;  // bound layers point into it
  std::vector<BoundLayer> bound;
  std::vector<std::string> ignored_in;  // sources that have a layer left out by the mapping
  std::vector<LayerInfo> infos;
  std::vector<Finding> findings;
};

namespace {

// Whether the entry is about this layer: a named source is an end of the path, after a '/'.
bool applies(const LayerMapping& entry, const std::string& path, const std::string& layer) {
  if (!entry.layer.empty() && entry.layer != layer) return false;
  if (entry.source.empty()) return !entry.layer.empty();
  if (!path.ends_with(entry.source)) return false;
  const std::size_t before = path.size() - entry.source.size();
  return before == 0 || path[before - 1] == '/' || entry.source.front() == '/';
}

// A coordinate system of the user's may need a datum shift that is chosen by the layer's extent.
bool needs_gdal(const LayerMapping& entry) {
  return !entry.crs.empty() || !entry.encoding.empty() || !entry.filter.empty() || !entry.lon.empty() ||
         !entry.lat.empty() || !entry.wkt.empty();
}

// The encoding that the mapping gives to a file, whose one layer is called as the file is.
std::string wished_encoding(const Mapping& mapping, const std::string& path) {
  for (const LayerMapping& entry : mapping)
    if (!entry.encoding.empty() && applies(entry, path, std::filesystem::path{path}.stem().string()))
      return entry.encoding;
  return {};
}

}  // namespace

Result<std::vector<BoundLayer>> Dataset::Impl::survey(const SourceFile& source) {
  std::vector<BoundLayer> found;
  for (const std::unique_ptr<SourceLayer>& layer : source.layers) {
    std::vector<const LayerMapping*> entries;
    for (std::size_t k = 0; k < mapping.size(); ++k) {
      if (!applies(mapping[k], source.path, layer->name())) continue;
      used[k] = true;
      entries.push_back(&mapping[k]);
    }
    if (std::any_of(entries.begin(), entries.end(), [](const LayerMapping* e) { return e->ignore; })) {
      ignored_in.push_back(source.given);
      continue;
    }
    if (entries.empty()) entries.push_back(nullptr);
    for (const LayerMapping* entry : entries) {
      Result<BoundLayer> one = survey_layer(schema, source, *layer, entry);
      if (!one) return one.issue();
      found.push_back(std::move(*one));
    }
  }
  return found;
}

// Positions in columns are GDAL's to read.
Status Dataset::Impl::take(SourceFile opened, const OpenWish& wish) {
  SourceFile& source = sources.emplace_back(std::move(opened));
  Result<std::vector<BoundLayer>> found = survey(source);
  const auto in_columns = [](const BoundLayer& layer) { return layer.position.any(); };
  if (found && source.direct && std::any_of(found->begin(), found->end(), in_columns)) {
    found->clear();
    Result<SourceFile> again = reopen_by_gdal(source, wish);
    if (!again) return again.issue();
    source = std::move(*again);
    found = survey(source);
  }
  if (!found) return found.issue();
  std::move(found->begin(), found->end(), std::back_inserter(bound));
  return {};
}

Status Dataset::Impl::settle() {
  std::vector<const LayerTraits*> traits;
  std::vector<RoleGuess> guesses;
  for (const BoundLayer& layer : bound) {
    traits.push_back(&layer.traits);
    guesses.push_back(layer.guess);
  }
  if (Status status = settle_roles(traits, guesses); !status) return status;
  for (std::size_t i = 0; i < bound.size(); ++i) bound[i].guess = guesses[i];
  return {};
}

std::string Dataset::Impl::layer_names(const std::string& given) const {
  std::string names;
  for (const BoundLayer& layer : bound)
    if (layer.source->given == given) names += (names.empty() ? "" : ", ") + layer.traits.name;
  return names;
}

// Every source gives at least one layer that is understood, or one that the mapping leaves out.
Status Dataset::Impl::check_sources(const std::vector<std::string>& given) const {
  for (const std::string& path : given) {
    bool known = std::find(ignored_in.begin(), ignored_in.end(), path) != ignored_in.end();
    bool located = false;
    const BoundLayer* first = nullptr;
    for (const BoundLayer& layer : bound) {
      if (layer.source->given != path) continue;
      if (!first) first = &layer;
      known |= layer.guess.role.has_value();
      located |= layer.traits.kinds.front() != table::GeometryKind::none;
    }
    if (known || !first) continue;
    if (located && first->traits.kinds.size() == 1 && first->position.any() && !first->guess.evidence.empty())
      return Issue{IssueCode::input_no_role,
                   "{0}: layer {1} has no known role ({2}); its geometry comes from columns of coordinates, "
                   "so it can only be points; say what it is in a mapping file: layer = [{{layer = \"{1}\", "
                   "role = \"bridges\"}}]",
                   without_password(path), first->traits.name, first->guess.evidence};
    if (!located)
      return Issue{IssueCode::input_not_spatial,
                   "{0} holds only tables without geometry or known names (layers: {1}); say what they are "
                   "in a mapping file: layer = [{{layer = \"{2}\", role = \"projects\"}}]",
                   without_password(path), layer_names(path), first->traits.name};
    return Issue{IssueCode::input_no_role,
                 "{0} has no layer of a known role (layers: {1}); say what a layer is in a mapping file: "
                 "layer = [{{layer = \"{2}\", role = \"roads\"}}]",
                 without_password(path), layer_names(path), first->traits.name};
  }
  return {};
}

Status Dataset::Impl::check_mapping() const {
  for (std::size_t k = 0; k < mapping.size(); ++k) {
    if (used[k] || !mapping[k].source.empty()) continue;  // a mapping may be about more than is opened
    std::string names;
    for (const BoundLayer& layer : bound) names += (names.empty() ? "" : ", ") + layer.traits.name;
    return Issue{IssueCode::input_bad_mapping, "{0}: no source has a layer \"{1}\"; there are {2}",
                 mapping[k].place, mapping[k].layer, names};
  }
  return {};
}

Status Dataset::Impl::open(const std::vector<std::string>& given, Progress& progress) {
  progress.begin("opening", given.size());
  const OpenWish wish{[this](const std::string& file) { return wished_encoding(mapping, file); },
                      std::any_of(mapping.begin(), mapping.end(), needs_gdal)};
  for (const std::string& path : given) {
    if (progress.stop_requested()) return cancelled_issue();
    Result<OpenedSource> opened = open_source(path, wish);
    if (!opened) return opened.issue();
    std::move(opened->passed_over.begin(), opened->passed_over.end(), std::back_inserter(findings));
    for (SourceFile& source : opened->files)
      if (Status status = take(std::move(source), wish); !status) return status;
    progress.advance();
  }
  if (Status status = settle(); !status) return status;
  if (Status status = check_mapping(); !status) return status;
  if (Status status = check_sources(given); !status) return status;
  for (BoundLayer& layer : bound) {
    if (progress.stop_requested()) return cancelled_issue();
    if (Status status = complete_layer(schema, layer, progress); !status) return status;
    infos.push_back(layer.info);
  }
  return {};
}

const BoundLayer* Dataset::Impl::find(const LayerInfo& layer) const {
  const auto found = std::find_if(bound.begin(), bound.end(), [&](const BoundLayer& each) {
    return each.info.source == layer.source && each.info.name == layer.name && each.info.role == layer.role;
  });
  return found == bound.end() ? nullptr : &*found;
}

Dataset::Dataset(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
Dataset::Dataset(Dataset&&) noexcept = default;
Dataset& Dataset::operator=(Dataset&&) noexcept = default;
Dataset::~Dataset() = default;

Result<Dataset> Dataset::open(const std::vector<std::string>& sources, const Mapping& mapping,
                              const Schema& schema, Progress& progress) {
  auto impl = std::make_unique<Impl>(schema, mapping);
  if (Status status = impl->open(sources, progress); !status) return status.issue();
  return Dataset{std::move(impl)};
}

const std::vector<LayerInfo>& Dataset::layers() const {
  return impl_->infos;
}

const std::vector<Finding>& Dataset::findings() const {
  return impl_->findings;
}

const LayerInfo* Dataset::layer_of(Role role) const {
  const auto found = std::find_if(impl_->infos.begin(), impl_->infos.end(),
                                  [&](const LayerInfo& i) { return i.role == role; });
  return found == impl_->infos.end() ? nullptr : &*found;
}

std::optional<geodesy::LonLatBox> Dataset::extent(const LayerInfo& layer) const {
  const BoundLayer* bound = impl_->find(layer);
  const bool as_it_is = bound && bound->crs && bound->crs->is_working_frame() && bound->filter().empty();
  if (as_it_is && bound->info.rows == 0) return geodesy::LonLatBox{};
  return as_it_is ? bound->layer->known_extent() : std::nullopt;
}

bool Dataset::side_by_side(const std::vector<const LayerInfo*>& layers) const {
  return std::all_of(layers.begin(), layers.end(), [&](const LayerInfo* layer) {
    const BoundLayer* bound = impl_->find(*layer);
    return bound && bound->layer->reads_beside_others();
  });
}

Result<ReadLayer> Dataset::read(const LayerInfo& layer, const ReadRequest& request,
                                Progress& progress) const {
  const BoundLayer* bound = impl_->find(layer);
  if (bound && bound->info.role) return LayerReader(impl_->schema, *bound, request, progress).run();
  return Issue{IssueCode::input_no_role, "layer {0} of {1} has no role; say what it is in a mapping file",
               layer.name, layer.source};
}

}  // namespace xiangtu::io
