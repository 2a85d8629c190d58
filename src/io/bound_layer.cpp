#include "io/bound_layer.hpp"

#include <algorithm>

#include "base/text.hpp"
#include "io/cell.hpp"
#include "io/ogr_shape.hpp"

namespace xiangtu::io {

namespace {

using table::GeometryKind;

constexpr int sampled_rows = 50;
constexpr int peeked_rows = 500;  // for layers that do not say what geometry they have

std::vector<SourceField> fields_of(const OGRFeatureDefn& definition) {
  std::vector<SourceField> fields;
  for (int i = 0; i < definition.GetFieldCount(); ++i) {
    const OGRFieldDefn& field = *definition.GetFieldDefn(i);
    SourceField::Type type = SourceField::Type::text;
    if (field.GetType() == OFTInteger || field.GetType() == OFTInteger64) type = SourceField::Type::integer;
    if (field.GetType() == OFTReal) type = SourceField::Type::real;
    if (field.GetType() == OFTDate || field.GetType() == OFTDateTime) type = SourceField::Type::date;
    fields.push_back({scrub_utf8(field.GetNameRef()), type});
  }
  return fields;
}

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

// Kinds of the first rows, in the order in which they come.
std::vector<GeometryKind> peeked_kinds(OGRLayer& layer) {
  std::vector<GeometryKind> kinds;
  layer.ResetReading();
  for (int row = 0; row < peeked_rows; ++row) {
    const GdalFeature feature{layer.GetNextFeature()};
    if (!feature) break;
    const OGRGeometry* geometry = feature->GetGeometryRef();
    const GeometryKind kind = geometry ? kind_of(*geometry) : GeometryKind::none;
    if (kind != GeometryKind::none && std::find(kinds.begin(), kinds.end(), kind) == kinds.end())
      kinds.push_back(kind);
  }
  layer.ResetReading();
  return kinds;
}

std::vector<std::string> sampled_codes(OGRLayer& layer, int field, SourceField::Type type) {
  std::vector<std::string> codes;
  layer.ResetReading();
  for (int row = 0; row < sampled_rows; ++row) {
    const GdalFeature feature{layer.GetNextFeature()};
    if (!feature) break;
    if (!feature->IsFieldSetAndNotNull(field)) continue;
    const Code code = type == SourceField::Type::real
                          ? code_of(feature->GetFieldAsDouble(field))
                          : code_of(std::string_view{feature->GetFieldAsString(field)});
    codes.push_back(code.text);
  }
  layer.ResetReading();
  return codes;
}

std::vector<GeometryKind> kinds_of(const SourceFile& source, OGRLayer& layer,
                                   const PositionColumns& position) {
  if (position.wkt >= 0) return {GeometryKind::point, GeometryKind::line, GeometryKind::polygon};
  if (position.any()) return {GeometryKind::point};
  if (layer.GetGeomType() == wkbNone) return {GeometryKind::none};
  if (const GeometryKind kind = kind_of(layer.GetGeomType()); kind != GeometryKind::none) return {kind};
  if (source.streams_osm()) return {GeometryKind::none};
  std::vector<GeometryKind> kinds = peeked_kinds(layer);
  return kinds.empty() ? std::vector{GeometryKind::none} : kinds;
}

// What the rows of a WKT column are is seen in the first one that has a geometry.
GeometryKind kind_in_wkt(OGRLayer& layer, int column) {
  GeometryKind kind = GeometryKind::none;
  layer.ResetReading();
  for (int row = 0; row < peeked_rows && kind == GeometryKind::none; ++row) {
    const GdalFeature feature{layer.GetNextFeature()};
    if (!feature) break;
    OGRGeometry* geometry = nullptr;
    if (OGRGeometryFactory::createFromWkt(feature->GetFieldAsString(column), nullptr, &geometry) ==
        OGRERR_NONE)
      kind = kind_of(*geometry);
    OGRGeometryFactory::destroyGeometry(geometry);
  }
  layer.ResetReading();
  return kind;
}

GeometryKind chosen_kind(const Schema& schema, const BoundLayer& bound) {
  const std::vector<GeometryKind>& kinds = bound.traits.kinds;
  if (bound.position.wkt >= 0) return kind_in_wkt(*bound.layer, bound.position.wkt);
  if (bound.guess.role)
    for (const GeometryKind kind : kinds)
      if (schema.layer(*bound.guess.role).allows(kind)) return kind;
  return kinds.front();
}

std::optional<geodesy::Crs> crs_of(const OGRLayer& layer) {
  const OGRSpatialReference* reference = const_cast<OGRLayer&>(layer).GetSpatialRef();
  if (!reference) return std::nullopt;
  char* wkt = nullptr;
  const char* const options[] = {"FORMAT=WKT2_2019", nullptr};
  std::optional<geodesy::Crs> crs;
  if (reference->exportToWkt(&wkt, options) == OGRERR_NONE && wkt) crs = geodesy::Crs::parse(wkt);
  CPLFree(wkt);
  return crs;
}

Status find_crs(BoundLayer& bound) {
  if (bound.info.geometry == GeometryKind::none) return {};
  LayerInfo& info = bound.info;
  if (bound.mapping && !bound.mapping->crs.empty()) {
    bound.crs = geodesy::Crs::parse(bound.mapping->crs);
    if (!bound.crs || !bound.crs->on_earth())
      return Issue{IssueCode::input_bad_mapping,
                   "{0}: \"{1}\" is no coordinate system; write one such as \"EPSG:4490\"",
                   bound.mapping->place, bound.mapping->crs};
    info.crs_evidence = "mapping";
  } else if (bound.position.any() && bound.position.geographic) {
    bound.crs = geodesy::Crs::parse("EPSG:4326");
    info.crs_evidence = "names of the columns";
  } else {
    bound.crs = crs_of(*bound.layer);
    info.crs_evidence = bound.crs ? "file" : "";
  }
  if (bound.crs) info.crs = bound.crs->id();
  if (!bound.guess.role || (bound.crs && bound.crs->on_earth())) return {};
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

// Some drivers find out what is wrong with a filter only when rows are asked for.
Issue bad_filter(const BoundLayer& bound, const std::string& cause) {
  return {IssueCode::input_bad_mapping, "{0}: the filter of layer {1} cannot be used ({2})",
          bound.mapping->place, bound.info.name, cause};
}

// Formats without a count of their own are read once; of those only layers with a role.
Status count_rows(BoundLayer& bound, Progress& progress) {
  if (bound.source->streams_osm() && !bound.guess.role) return {};
  Result<OpenLayer> open = start_reading(bound, std::vector<bool>(bound.traits.fields.size(), false), false);
  if (!open) return open.issue();
  GdalMessages messages;
  GIntBig rows = open->streamed ? -1 : open->layer->GetFeatureCount(TRUE);
  if (rows < 0 && messages.failures() == 0)
    for (rows = 0; open->next(progress);) ++rows;
  if (progress.stop_requested()) return cancelled_issue();
  if (rows >= 0) bound.info.rows = static_cast<std::uint64_t>(rows);
  if (rows >= 0 && messages.failures() == 0) return {};
  const std::string cause = messages.text();
  if (bound.mapping && !bound.mapping->filter.empty() && !open->streamed) {  // the filter's fault?
    messages.clear();
    open->layer->SetAttributeFilter(nullptr);
    if (open->layer->GetFeatureCount(TRUE) >= 0 && messages.failures() == 0) return bad_filter(bound, cause);
  }
  return Issue{IssueCode::input_unreadable,
               "layer {0} of {1} cannot be read ({2}); the file may be damaged: copy it again",
               bound.info.name, bound.info.source, cause};
}

}  // namespace

Result<BoundLayer> survey_layer(const Schema& schema, SourceFile& source, OGRLayer& layer,
                                const LayerMapping* mapping) {
  GdalMessages messages;
  BoundLayer bound;
  bound.source = &source;
  bound.layer = &layer;
  bound.mapping = mapping;
  bound.traits.source = source.path;
  bound.traits.name = scrub_utf8(layer.GetName());
  if (source.dataset->GetLayerCount() == 1 && source.stem != bound.traits.name)
    bound.traits.stem = source.stem;
  bound.traits.fields = fields_of(*layer.GetLayerDefn());
  const bool mapped = mapping && (!mapping->lon.empty() || !mapping->lat.empty() || !mapping->wkt.empty());
  if (mapped) {
    Result<PositionColumns> columns = mapped_position_columns(*mapping, bound.traits.fields);
    if (!columns) return columns.issue();
    bound.position = *columns;
  } else if (layer.GetGeomType() == wkbNone) {
    bound.position = find_position_columns(schema, bound.traits.fields);
  }
  bound.traits.kinds = kinds_of(source, layer, bound.position);
  if (mapping && mapping->role)
    bound.guess = {mapping->role, Evidence::mapping, "mapping"};
  else
    bound.guess = recognise(schema, bound.traits);
  if (!bound.guess.role && !source.streams_osm()) {
    const RoleGuess by_codes = recognise_by_codes(schema, bound.traits, [&](std::size_t field) {
      return sampled_codes(layer, static_cast<int>(field), bound.traits.fields[field].type);
    });
    if (by_codes.role) bound.guess = by_codes;
  }
  return bound;
}

Status complete_layer(const Schema& schema, BoundLayer& bound, Progress& progress) {
  GdalMessages messages;
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
  return count_rows(bound, progress);
}

namespace {

// An OSM file is one stream of all its layers; the driver remembers what was asked of it before, so
// each reading has a dataset of its own and says which layer it is about.
Status open_stream(const BoundLayer& bound, OpenLayer& open) {
  open.own.reset(GDALDataset::Open(bound.source->path.c_str(), GDAL_OF_VECTOR | GDAL_OF_READONLY));
  open.dataset = open.own.get();
  open.layer = open.own ? open.own->GetLayerByName(bound.layer->GetName()) : nullptr;
  if (!open.layer)
    return Issue{IssueCode::input_unreadable, "{0} cannot be read a second time; was it changed or removed?",
                 bound.source->path};
  const std::string interest = std::string{"SET interest_layers = "} + open.layer->GetName();
  open.own->ReleaseResultSet(open.own->ExecuteSQL(interest.c_str(), nullptr, nullptr));
  open.streamed = true;
  return {};
}

int CPL_STDCALL keep_going(double, const char*, void* progress) {
  return static_cast<const Progress*>(progress)->stop_requested() ? FALSE : TRUE;
}

void ignore_fields(OGRLayer& layer, const std::vector<bool>& wanted_fields, bool wants_geometry) {
  CPLStringList ignored;
  for (std::size_t i = 0; i < wanted_fields.size(); ++i)
    if (!wanted_fields[i])
      ignored.AddString(layer.GetLayerDefn()->GetFieldDefn(static_cast<int>(i))->GetNameRef());
  if (!wants_geometry) ignored.AddString("OGR_GEOMETRY");
  ignored.AddString("OGR_STYLE");
  layer.SetIgnoredFields(const_cast<const char**>(ignored.List()));
}

}  // namespace

GdalFeature OpenLayer::next(Progress& progress) const {
  if (!streamed) return GdalFeature{layer->GetNextFeature()};
  for (;;) {
    OGRLayer* of = nullptr;
    GdalFeature feature{dataset->GetNextFeature(&of, nullptr, keep_going, &progress)};
    if (!feature || of == layer) return feature;
  }
}

Result<OpenLayer> start_reading(const BoundLayer& bound, const std::vector<bool>& wanted_fields,
                                bool wants_geometry) {
  GdalMessages messages;
  OpenLayer open;
  open.dataset = bound.source->dataset.get();
  open.layer = bound.layer;
  if (bound.source->streams_osm())
    if (Status status = open_stream(bound, open); !status) return status.issue();
  const std::string filter = bound.mapping ? bound.mapping->filter : "";
  open.layer->SetIgnoredFields(nullptr);
  if (open.layer->SetAttributeFilter(filter.empty() ? nullptr : filter.c_str()) != OGRERR_NONE)
    return bad_filter(bound, messages.text());
  // A filter needs fields of its own, so with one nothing is left out.
  if (filter.empty() && open.layer->TestCapability(OLCIgnoreFields))
    ignore_fields(*open.layer, wanted_fields, wants_geometry);
  open.layer->ResetReading();
  return open;
}

}  // namespace xiangtu::io
