#include "io/bound_layer.hpp"

#include <algorithm>

#include "base/text.hpp"

namespace xiangtu::io {

namespace {

using table::GeometryKind;

int position_of_column(const std::vector<SourceField>& fields, const std::vector<std::string>& folded_names) {
  for (const std::string& name : folded_names)
    for (std::size_t i = 0; i < fields.size(); ++i)
      if (fold(fields[i].name) == name) return static_cast<int>(i);
  return -1;
}

PositionColumns find_position_columns(const Schema& schema, const std::vector<SourceField>& fields) {
  const auto column = [&](Coordinate c) { return position_of_column(fields, schema.coordinate_columns(c)); };
  PositionColumns found{column(Coordinate::lon), column(Coordinate::lat), -1, true};
  if (found.any()) return found;
  found = {column(Coordinate::x), column(Coordinate::y), -1, false};
  if (found.any()) return found;
  return {-1, -1, column(Coordinate::wkt), false};
}

// The columns that the mapping names.
Result<PositionColumns> mapped_position_columns(const LayerMapping& mapping,
                                                const std::vector<SourceField>& fields) {
  PositionColumns found;
  for (const auto& [name, column] : {std::pair{&mapping.lon, &found.x}, std::pair{&mapping.lat, &found.y},
                                     std::pair{&mapping.wkt, &found.wkt}}) {
    if (name->empty()) continue;
    *column = position_of_column(fields, {fold(*name)});
    if (*column < 0)
      return Issue{IssueCode::input_bad_mapping, "{0}: layer {1} has no column \"{2}\" for its positions",
                   mapping.place, mapping.layer, *name};
  }
  found.geographic = found.wkt < 0;
  return found;
}

std::vector<GeometryKind> kinds_of(SourceLayer& layer, const PositionColumns& position) {
  if (position.wkt >= 0) return {GeometryKind::point, GeometryKind::line, GeometryKind::polygon};
  if (position.any()) return {GeometryKind::point};
  if (!layer.has_geometry()) return {GeometryKind::none};
  std::vector<GeometryKind> kinds = layer.kinds();
  return kinds.empty() ? std::vector{GeometryKind::none} : kinds;
}

GeometryKind chosen_kind(const Schema& schema, const BoundLayer& bound) {
  const std::vector<GeometryKind>& kinds = bound.traits.kinds;
  if (bound.position.wkt >= 0) return bound.layer->kind_in_wkt(bound.position.wkt);
  if (bound.guess.role)
    for (const GeometryKind kind : kinds)
      if (schema.layer(*bound.guess.role).allows(kind)) return kind;
  return kinds.front();
}

Status find_crs(BoundLayer& bound) {
  if (bound.info.geometry == GeometryKind::none) return {};
  LayerInfo& info = bound.info;
  if (bound.mapping && !bound.mapping->crs.empty()) {
    bound.crs = geodesy::Crs::parse(bound.mapping->crs);
    if (Status proj = geodesy::proj_status(); !proj) return proj;
    if (!bound.crs || !bound.crs->on_earth())
      return Issue{IssueCode::input_bad_mapping,
                   "{0}: \"{1}\" is no coordinate system; write one such as \"EPSG:4490\"",
                   bound.mapping->place, bound.mapping->crs};
    info.crs_evidence = "mapping";
  } else if (bound.position.any() && bound.position.geographic) {
    bound.crs = geodesy::Crs::parse("EPSG:4326");
    info.crs_evidence = "names of the columns";
  } else {
    const std::string definition = bound.layer->crs();
    if (!definition.empty()) bound.crs = geodesy::Crs::parse(definition);
    info.crs_evidence = bound.crs ? "file" : "";
  }
  if (bound.crs) info.crs = bound.crs->id();
  if (!bound.guess.role || (bound.crs && bound.crs->on_earth())) return {};
  if (Status proj = geodesy::proj_status(); !proj) return proj;
  if (!bound.crs)
    return Issue{IssueCode::input_no_crs,
                 "layer {0} of {1} has no coordinate system; name it in a mapping file: layer = [{{layer = "
                 "\"{0}\", crs = \"EPSG:4490\"}}]",
                 info.name, info.source};
  return Issue{IssueCode::input_no_crs,
               "layer {0} of {1} has the coordinate system \"{2}\", which is not tied to the earth; name the "
               "true one in a mapping file: layer = [{{layer = \"{0}\", crs = \"EPSG:4490\"}}]",
               info.name, info.source, bound.crs->name()};
}

void describe_fields(BoundLayer& bound) {
  constexpr std::array<std::string_view, 4> type_names{"text", "number", "number", "date"};
  const PositionColumns& position = bound.position;
  for (const FieldBinding& binding : bound.bindings) {
    const bool is_position =
        binding.field >= 0 && !binding.spec &&
        (binding.field == position.x || binding.field == position.y || binding.field == position.wkt);
    bound.info.fields.push_back({binding.source_name, binding.spec ? binding.spec->name : "",
                                 is_position ? "gives the position" : binding.evidence,
                                 std::string{type_names[static_cast<std::size_t>(binding.type)]}});
  }
}

}  // namespace

Result<BoundLayer> survey_layer(const Schema& schema, const SourceFile& source, SourceLayer& layer,
                                const LayerMapping* mapping) {
  BoundLayer bound;
  bound.source = &source;
  bound.layer = &layer;
  bound.mapping = mapping;
  bound.traits.source = source.path;
  bound.traits.name = layer.name();
  if (source.layers.size() == 1 && source.stem != bound.traits.name) bound.traits.stem = source.stem;
  bound.traits.fields = layer.fields();
  const bool mapped = mapping && (!mapping->lon.empty() || !mapping->lat.empty() || !mapping->wkt.empty());
  if (mapped) {
    Result<PositionColumns> columns = mapped_position_columns(*mapping, bound.traits.fields);
    if (!columns) return columns.issue();
    bound.position = *columns;
  } else if (!layer.has_geometry()) {
    bound.position = find_position_columns(schema, bound.traits.fields);
  }
  bound.traits.kinds = kinds_of(layer, bound.position);
  if (mapping && mapping->role)
    bound.guess = {mapping->role, Evidence::mapping, "mapping"};
  else
    bound.guess = recognise(schema, bound.traits);
  if (!bound.guess.role) {
    const RoleGuess by_codes =
        recognise_by_codes(schema, bound.traits, [&](std::size_t field) { return layer.first_codes(field); });
    if (by_codes.role) bound.guess = by_codes;
  }
  return bound;
}

Status complete_layer(const Schema& schema, BoundLayer& bound, Progress& progress) {
  LayerInfo& info = bound.info;
  info.source = bound.source->path;
  info.name = bound.traits.name;
  info.role = bound.guess.role;
  info.role_evidence = bound.guess.evidence;
  info.encoding = bound.source->encoding;
  if (!info.encoding.empty())
    info.encoding_evidence = bound.source->encoding_given ? "mapping" : "bytes of the file";
  info.geometry = chosen_kind(schema, bound);
  if (bound.position.any()) {
    const auto name = [&](int field) { return bound.traits.fields[static_cast<std::size_t>(field)].name; };
    info.geometry_evidence = bound.position.wkt >= 0 ? name(bound.position.wkt)
                                                     : name(bound.position.x) + ", " + name(bound.position.y);
  }
  if (Status status = find_crs(bound); !status) return status;
  Result<std::vector<FieldBinding>> bindings =
      bind_fields(schema, info.role, bound.mapping, bound.traits.fields,
                  bound.source->driver == "ESRI Shapefile", {info.source, info.name});
  if (!bindings) return bindings.issue();
  bound.bindings = std::move(*bindings);
  describe_fields(bound);
  const Result<std::uint64_t> rows = bound.layer->count_rows(bound, progress);
  if (!rows) return rows.issue();
  info.rows = *rows;
  return {};
}

}  // namespace xiangtu::io
