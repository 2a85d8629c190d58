#include "tasks.hpp"

namespace xiangtu::bench {

namespace {

// Boundaries are only where lines are cut at them: codes place the rows. Names are where units are shown by
// them.
const std::string counties = "counties:geom,code,name";
const std::string counties_by_code = "counties:code,name";
const std::string townships_by_code = "townships:code,county_code";
const std::string named_townships = "townships:geom,code,name,county_code";

const std::vector<std::string> everything{
    counties,
    named_townships,
    "admin_villages:geom,code,name,kind,township_code,county_code,population,households,households_tap,"
    "sanitary_toilets,express,electricity,sewage_treated,waste_collected,road_reached",
    "natural_villages:geom,code,admin_village_code,township_code,county_code,population,households,"
    "electricity",
    "roads:geom,class,technical_class,surface,condition",
    "bridges:geom,code,condition_class",
    "water_projects:geom,code,township_code,village_code",
    "sanitation:geom,code,kind,village_code",
    "housing:geom,code,status,village_code,households",
    "projects:code,stage,village_code,township_code,county_code,allocated_yuan,disbursed_yuan",
};

}  // namespace

const std::vector<Task>& all_tasks() {
  // T4 is kept for another task on the road network.
  static const std::vector<Task> tasks{
      {"T1",
       "reach: villages and people near a hardened road, by county",
       {"--indicator", "near_hardened_village_rate", "--indicator", "near_hardened_population_rate", "--by",
        "county"},
       {counties_by_code, townships_by_code,
        "natural_villages:geom,code,admin_village_code,township_code,county_code,population",
        "roads:geom,surface"}},
      {"T2",
       "length: hardened and total length, by township",
       {"--indicator", "road_km", "--indicator", "hardened_km", "--by", "township"},
       {counties, named_townships, "roads:geom,surface"}},
      {"T3",
       "network: villages that the trunk roads are reached from over hardened roads, by county",
       {"--by", "county", "--attach", "node"},
       {counties_by_code, townships_by_code,
        "admin_villages:geom,code,kind,township_code,county_code,population",
        "natural_villages:geom,code,admin_village_code,township_code,county_code,population",
        "roads:geom,class,surface"},
       false,
       "reach"},
      {"T5",
       "cold open: start to tap-in-home rate, by county",
       {"--indicator", "tap_household_rate", "--by", "county"},
       {counties_by_code, townships_by_code,
        "admin_villages:code,kind,township_code,county_code,households,households_tap"}},
      {"T6", "all indicators, all levels", {"--by", "all"}, everything},
      {"T7", "second open: T6 again, cache warm", {"--by", "all"}, everything, true},
  };
  return tasks;
}

}  // namespace xiangtu::bench
