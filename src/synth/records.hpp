// The rows of a synthetic region, in the product's canonical schema, and how they are written.
// An empty text or optional is a missing cell.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>

#include "base/result.hpp"
#include "geodesy/position.hpp"
#include "io/feature_writer.hpp"

namespace xiangtu::synth {

using Count = std::optional<std::int64_t>;
using Flag = std::optional<bool>;
using Real = std::optional<double>;
using Vertices = std::span<const geodesy::LonLat>;

struct County {
  std::string code, name;
  Flag key_county;
};

struct Township {
  std::string code, name, county_code;
  Flag waste_sorting_pilot;
  std::string demonstration;
};

struct AdminVillage {
  std::string code, name, kind, township_code, county_code;
  Count population, households, households_tap, population_tap, sanitary_toilets;
  Flag express, electricity, sewage_treated, waste_collected, road_reached, smart_community;
  Count sewage_year, greened_year, plan_year, demonstration_year;
  std::string plan_status, demonstration;
};

struct NaturalVillage {
  std::string code, name, admin_village_code, township_code, county_code;
  Count population, households;
  Flag electricity;
};

struct Road {
  std::string code, name, road_class, technical_class, surface, condition;
  Real width_m, length_km;
  Count year_built, year_upgraded, safety_works_year;
  Flag safety_works;
};

struct Bridge {
  std::string code, name, road_code;
  Count road_row;  // fid in the layer of roads
  Count condition_class;
  Real length_m;
  std::string span_class;
  Count load_limit_t, year_rebuilt;
};

struct WaterProject {
  std::string code, name, type, township_code, village_code;
  Count households, population;
  Real investment_yuan;
  Count year;
};

struct SanitationSite {
  std::string code, kind, action, status, village_code;
  Count year;
};

struct Housing {
  std::string code, kind, status, village_code;
  Count households, year;
};

struct Project {
  std::string code, name, sector, programme, stage, village_code, township_code, county_code, start, finish,
      gates;
  Real budget_yuan, allocated_yuan, allocated_city_yuan, disbursed_yuan;
  Count review_rounds;
};

// Writes a region layer by layer; each begin_* is called once, before that layer's rows.
class RegionWriter {
 public:
  explicit RegionWriter(std::unique_ptr<io::GeoPackageWriter> file) : file_(std::move(file)) {}

  Status begin_counties();
  Status begin_townships();
  Status begin_admin_villages();
  Status begin_natural_villages();
  Status begin_roads();
  Status begin_bridges();
  Status begin_water_projects();
  Status begin_sanitation();
  Status begin_housing();
  Status begin_projects();

  Status add(const County& county, Vertices ring);
  Status add(const Township& township, Vertices ring);
  Status add(const AdminVillage& village, geodesy::LonLat place);
  Status add(const NaturalVillage& village, geodesy::LonLat place);
  Status add(const Road& road, Vertices line);
  Status add(const Bridge& bridge, geodesy::LonLat place);
  Status add(const WaterProject& project, geodesy::LonLat place);
  Status add(const SanitationSite& site, geodesy::LonLat place);
  Status add(const Housing& housing, geodesy::LonLat place);
  Status add(const Project& project);

  io::GeoPackageWriter& file() { return *file_; }

 private:
  std::unique_ptr<io::GeoPackageWriter> file_;
};

}  // namespace xiangtu::synth
