#include "synth/records.hpp"

#include <array>

namespace xiangtu::synth {

using io::FieldDefinition;
using io::LayerDefinition;
using table::GeometryKind;

namespace {

constexpr auto text = FieldDefinition::Type::text;
constexpr auto integer = FieldDefinition::Type::integer;
constexpr auto real = FieldDefinition::Type::real;

// Fills the cells of one row from left to right.
class Cells {
 public:
  explicit Cells(io::GeoPackageWriter& file) : file_(file) {}
  Cells& operator<<(const std::string& cell) {
    if (!cell.empty()) file_.set(field_, std::string_view{cell});
    ++field_;
    return *this;
  }
  Cells& operator<<(Count cell) {
    if (cell) file_.set(field_, *cell);
    ++field_;
    return *this;
  }
  Cells& operator<<(Flag cell) { return *this << (cell ? Count{*cell ? 1 : 0} : Count{}); }
  Cells& operator<<(Real cell) {
    if (cell) file_.set(field_, *cell);
    ++field_;
    return *this;
  }

 private:
  io::GeoPackageWriter& file_;
  std::size_t field_ = 0;
};

}  // namespace

Status RegionWriter::begin_counties() {
  return file_->begin_layer({"counties",
                             "Counties; boundaries are synthetic",
                             GeometryKind::polygon,
                             false,
                             {{"code", text}, {"name", text}, {"key_county", integer}}});
}

Status RegionWriter::add(const County& county, Vertices ring) {
  Cells(*file_) << county.code << county.name << county.key_county;
  return file_->add_row(ring);
}

Status RegionWriter::begin_townships() {
  return file_->begin_layer({"townships",
                             "Townships and street offices; boundaries are synthetic",
                             GeometryKind::polygon,
                             false,
                             {{"code", text},
                              {"name", text},
                              {"county_code", text},
                              {"waste_sorting_pilot", integer},
                              {"demonstration", text}}});
}

Status RegionWriter::add(const Township& township, Vertices ring) {
  Cells(*file_) << township.code << township.name << township.county_code << township.waste_sorting_pilot
                << township.demonstration;
  return file_->add_row(ring);
}

Status RegionWriter::begin_admin_villages() {
  return file_->begin_layer(
      {"admin_villages",
       "Administrative villages and communities; positions and attributes are synthetic",
       GeometryKind::point,
       false,
       {{"code", text},
        {"name", text},
        {"kind", text},
        {"township_code", text},
        {"county_code", text},
        {"population", integer},
        {"households", integer},
        {"households_tap", integer},
        {"population_tap", integer},
        {"sanitary_toilets", integer},
        {"express", integer},
        {"electricity", integer},
        {"sewage_treated", integer},
        {"waste_collected", integer},
        {"road_reached", integer},
        {"smart_community", integer},
        {"sewage_year", integer},
        {"greened_year", integer},
        {"plan_year", integer},
        {"demonstration_year", integer},
        {"plan_status", text},
        {"demonstration", text}}});
}

Status RegionWriter::add(const AdminVillage& village, geodesy::LonLat place) {
  Cells(*file_) << village.code << village.name << village.kind << village.township_code
                << village.county_code << village.population << village.households << village.households_tap
                << village.population_tap << village.sanitary_toilets << village.express
                << village.electricity << village.sewage_treated << village.waste_collected
                << village.road_reached << village.smart_community << village.sewage_year
                << village.greened_year << village.plan_year << village.demonstration_year
                << village.plan_status << village.demonstration;
  return file_->add_row({&place, 1});
}

Status RegionWriter::begin_natural_villages() {
  return file_->begin_layer({"natural_villages",
                             "Natural villages; names, positions and attributes are synthetic",
                             GeometryKind::point,
                             false,
                             {{"code", text},
                              {"name", text},
                              {"admin_village_code", text},
                              {"township_code", text},
                              {"county_code", text},
                              {"population", integer},
                              {"households", integer},
                              {"electricity", integer}}});
}

Status RegionWriter::add(const NaturalVillage& village, geodesy::LonLat place) {
  Cells(*file_) << village.code << village.name << village.admin_village_code << village.township_code
                << village.county_code << village.population << village.households << village.electricity;
  return file_->add_row({&place, 1});
}

Status RegionWriter::begin_roads() {
  return file_->begin_layer({"roads",
                             "Road sections with shared ends; synthetic",
                             GeometryKind::line,
                             false,
                             {{"code", text},
                              {"name", text},
                              {"class", text},
                              {"technical_class", text},
                              {"surface", text},
                              {"condition", text},
                              {"width_m", real},
                              {"length_km", real},
                              {"year_built", integer},
                              {"year_upgraded", integer},
                              {"safety_works_year", integer},
                              {"safety_works", integer}}});
}

Status RegionWriter::add(const Road& road, Vertices line) {
  Cells(*file_) << road.code << road.name << road.road_class << road.technical_class << road.surface
                << road.condition << road.width_m << road.length_km << road.year_built << road.year_upgraded
                << road.safety_works_year << road.safety_works;
  return file_->add_row(line);
}

Status RegionWriter::begin_bridges() {
  return file_->begin_layer({"bridges",
                             "Bridges; synthetic",
                             GeometryKind::point,
                             false,
                             {{"code", text},
                              {"name", text},
                              {"road_code", text},
                              {"road_row", integer},
                              {"condition_class", integer},
                              {"length_m", real},
                              {"span_class", text},
                              {"load_limit_t", integer},
                              {"year_rebuilt", integer}}});
}

Status RegionWriter::add(const Bridge& bridge, geodesy::LonLat place) {
  Cells(*file_) << bridge.code << bridge.name << bridge.road_code << bridge.road_row << bridge.condition_class
                << bridge.length_m << bridge.span_class << bridge.load_limit_t << bridge.year_rebuilt;
  return file_->add_row({&place, 1});
}

Status RegionWriter::begin_water_projects() {
  return file_->begin_layer({"water_projects",
                             "Water-supply works; synthetic",
                             GeometryKind::point,
                             false,
                             {{"code", text},
                              {"name", text},
                              {"type", text},
                              {"township_code", text},
                              {"village_code", text},
                              {"households", integer},
                              {"population", integer},
                              {"investment_yuan", real},
                              {"year", integer}}});
}

Status RegionWriter::add(const WaterProject& project, geodesy::LonLat place) {
  Cells(*file_) << project.code << project.name << project.type << project.township_code
                << project.village_code << project.households << project.population << project.investment_yuan
                << project.year;
  return file_->add_row({&place, 1});
}

Status RegionWriter::begin_sanitation() {
  return file_->begin_layer({"sanitation",
                             "Sanitation sites; synthetic",
                             GeometryKind::point,
                             false,
                             {{"code", text},
                              {"kind", text},
                              {"action", text},
                              {"status", text},
                              {"village_code", text},
                              {"year", integer}}});
}

Status RegionWriter::add(const SanitationSite& site, geodesy::LonLat place) {
  Cells(*file_) << site.code << site.kind << site.action << site.status << site.village_code << site.year;
  return file_->add_row({&place, 1});
}

Status RegionWriter::begin_housing() {
  return file_->begin_layer({"housing",
                             "Housing works; synthetic",
                             GeometryKind::point,
                             false,
                             {{"code", text},
                              {"kind", text},
                              {"status", text},
                              {"village_code", text},
                              {"households", integer},
                              {"year", integer}}});
}

Status RegionWriter::add(const Housing& housing, geodesy::LonLat place) {
  Cells(*file_) << housing.code << housing.kind << housing.status << housing.village_code
                << housing.households << housing.year;
  return file_->add_row({&place, 1});
}

Status RegionWriter::begin_projects() {
  return file_->begin_layer({"projects",
                             "Project library; synthetic",
                             GeometryKind::none,
                             false,
                             {{"code", text},
                              {"name", text},
                              {"sector", text},
                              {"programme", text},
                              {"stage", text},
                              {"village_code", text},
                              {"township_code", text},
                              {"county_code", text},
                              {"start", text},
                              {"finish", text},
                              {"gates", text},
                              {"budget_yuan", real},
                              {"allocated_yuan", real},
                              {"allocated_city_yuan", real},
                              {"disbursed_yuan", real},
                              {"review_rounds", integer}}});
}

Status RegionWriter::add(const Project& project) {
  Cells(*file_) << project.code << project.name << project.sector << project.programme << project.stage
                << project.village_code << project.township_code << project.county_code << project.start
                << project.finish << project.gates << project.budget_yuan << project.allocated_yuan
                << project.allocated_city_yuan << project.disbursed_yuan << project.review_rounds;
  return file_->add_row();
}

}  // namespace xiangtu::synth
