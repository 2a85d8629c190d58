#include "synth/demo.hpp"

#include <algorithm>
#include <cmath>
#include <set>

#include <fmt/format.h>

#include "base/assets.hpp"
#include "synth/apportion.hpp"
#include "synth/demo_ground.hpp"
#include "synth/demo_roads.hpp"
#include "synth/demo_villages.hpp"
#include "synth/description.hpp"
#include "synth/random.hpp"
#include "synth/records.hpp"

namespace xiangtu::synth {

using geodesy::LonLat;

namespace {

constexpr std::int64_t bulletin_year = 2023;

enum SeedOf : std::uint64_t {
  of_pilots = 101,
  of_towns,
  of_water,
  of_sites,
  of_housing,
  of_projects,
  of_money
};

class Demo {
 public:
  Demo(const Description& description, RegionWriter& writer, Progress& progress)
      : d_(description),
        ground_(description, progress),
        people_(progress.stop_requested() ? decltype(people_){} : make_people(description, ground_)),
        writer_(writer),
        progress_(progress) {}

  Status write() {
    using Step = Status (Demo::*)();
    if (progress_.stop_requested()) return cancelled_issue();
    progress_.begin("writing the map", 10);
    for (const Step step : {&Demo::counties, &Demo::townships, &Demo::admin_villages, &Demo::natural_villages,
                            &Demo::roads_and_bridges, &Demo::water_projects, &Demo::sanitation,
                            &Demo::housing, &Demo::projects}) {
      if (progress_.stop_requested()) return cancelled_issue();
      if (const Status done = (this->*step)(); !done) return done;
      progress_.advance();
    }
    return {};
  }

 private:
  Status counties() {
    if (const Status begun = writer_.begin_counties(); !begun) return begun;
    for (std::size_t i = 0; i < d_.counties.size(); ++i)
      if (const Status added = writer_.add(
              County{d_.counties[i].code, d_.counties[i].name, d_.counties[i].key}, ground_.county_ring(i));
          !added)
        return added;
    return {};
  }

  // Towns are codes 100–199 of a county; only they are pilots or demonstration towns.
  std::set<std::size_t> towns_chosen(std::string_view total, SeedOf seed) const {
    std::vector<std::size_t> towns;
    for (std::size_t i = 0; i < d_.townships.size(); ++i)
      if (d_.townships[i].code.size() > 6 && d_.townships[i].code[6] == '1') towns.push_back(i);
    std::set<std::size_t> found;
    for (const std::size_t i : choose(d_.count(total), towns.size(), seed_for(d_.seed, seed)))
      found.insert(towns[i]);
    return found;
  }

  Status townships() {
    if (const Status begun = writer_.begin_townships(); !begun) return begun;
    const std::set<std::size_t> pilots = towns_chosen("sorting_townships", of_pilots),
                                demonstrations = towns_chosen("demonstration_towns", of_towns);
    for (std::size_t i = 0; i < d_.townships.size(); ++i) {
      const UnitName& unit = d_.townships[i];
      const Township row{unit.code, unit.name, unit.parent_code, pilots.contains(i),
                         demonstrations.contains(i) ? "demonstration" : "none"};
      if (const Status added = writer_.add(row, ground_.township_ring(i)); !added) return added;
    }
    return {};
  }

  Status admin_villages() {
    if (const Status begun = writer_.begin_admin_villages(); !begun) return begun;
    for (std::size_t i = 0; i < people_.villages.size(); ++i)
      if (const Status added = writer_.add(people_.villages[i], ground_.villages()[i].place); !added)
        return added;
    return {};
  }

  Status natural_villages() {
    if (const Status begun = writer_.begin_natural_villages(); !begun) return begun;
    for (std::size_t v = 0; v < people_.hamlets.size(); ++v)
      for (std::size_t i = 0; i < people_.hamlets[v].size(); ++i)
        if (const Status added = writer_.add(people_.hamlets[v][i], ground_.villages()[v].hamlets[i].place);
            !added)
          return added;
    return {};
  }

  Status roads_and_bridges() {
    const std::vector<DemoRoad> roads = make_roads(d_, ground_);
    if (const Status begun = writer_.begin_roads(); !begun) return begun;
    for (const DemoRoad& made : roads)
      if (const Status added = writer_.add(made.road, made.line); !added) return added;
    if (const Status begun = writer_.begin_bridges(); !begun) return begun;
    for (const DemoBridge& made : make_bridges(d_, ground_, roads))
      if (const Status added = writer_.add(made.bridge, made.place); !added) return added;
    return {};
  }

  // A village committee at random, and a place near it.
  struct Spot {
    const AdminVillage& village;
    LonLat place;
  };
  Spot spot(Random& random) const {
    for (;;) {
      const std::size_t i = random.below(people_.villages.size());
      if (!ground_.villages()[i].committee) continue;
      const LonLat p = ground_.villages()[i].place;
      return {people_.villages[i],
              {p.lon + random.between(-0.0016, 0.0016), p.lat + random.between(-0.0013, 0.0013)}};
    }
  }

  Status water_projects() {
    if (const Status begun = writer_.begin_water_projects(); !begun) return begun;
    Random random(seed_for(d_.seed, of_water));
    const std::size_t published = d_.count("water_works"), all = published * 5 / 2;
    std::vector<double> weights;
    for (std::size_t i = 0; i < published; ++i) weights.push_back(random.between(0.3, 2));
    const auto yuan = apportion(static_cast<std::int64_t>(d_.total("water_yuan")), weights);
    for (std::size_t i = 0; i < all; ++i) {
      const Spot at = spot(random);
      const std::int64_t households = *at.village.households * random.whole(1, 3),
                         population = households * 5 / 2;
      const char* type = random.chance(0.1)    ? "network_extension"
                         : population >= 10000 ? "over_10k"
                         : population >= 1000  ? "1k_10k"
                         : population >= 20    ? "small_central"
                                               : "dispersed";
      const bool this_year = i < published;
      const WaterProject row{fmt::format("W{:04}", i + 1),
                             Message{d_.names.water_project, d_.short_name(at.village.name)}.english(),
                             type,
                             at.village.township_code,
                             at.village.code,
                             households,
                             population,
                             static_cast<double>(this_year ? yuan[i] : random.whole(8, 220) * 10000),
                             this_year ? bulletin_year : random.whole(2016, bulletin_year - 1)};
      if (const Status added = writer_.add(row, at.place); !added) return added;
    }
    return {};
  }

  Status sanitation() {
    if (const Status begun = writer_.begin_sanitation(); !begun) return begun;
    Random random(seed_for(d_.seed, of_sites));
    std::size_t serial = 0;
    const auto add = [&](const char* kind, const char* action, std::size_t count, bool this_year) {
      for (std::size_t i = 0; i < count; ++i) {
        const Spot at = spot(random);
        const SanitationSite row{fmt::format("S{:05}", ++serial),
                                 kind,
                                 action,
                                 "completed",
                                 at.village.code,
                                 this_year ? bulletin_year : random.whole(2015, bulletin_year - 1)};
        if (const Status added = writer_.add(row, at.place); !added) return added;
      }
      return Status{};
    };
    if (const Status added = add("household_toilet", "new", d_.count("new_toilets"), true); !added)
      return added;
    if (const Status added = add("household_toilet", "converted", d_.count("converted_toilets"), true);
        !added)
      return added;
    if (const Status added = add("public_toilet", "", 240, false); !added) return added;
    if (const Status added = add("sewage_plant", "", 86, false); !added) return added;
    return add("waste_station", "", 168, false);
  }

  Status housing() {
    if (const Status begun = writer_.begin_housing(); !begun) return begun;
    Random random(seed_for(d_.seed, of_housing));
    std::size_t serial = 0;
    const auto add = [&](const char* kind, const char* status, std::size_t count) {
      for (std::size_t i = 0; i < count; ++i) {
        const Spot at = spot(random);
        if (const Status added = writer_.add(
                Housing{fmt::format("H{:05}", ++serial), kind, status, at.village.code, 1, bulletin_year},
                at.place);
            !added)
          return added;
      }
      return Status{};
    };
    // Completed or accepted count as done; some tasks are still under way.
    const std::size_t done = d_.count("housing_households"), seismic = d_.count("seismic_households");
    if (const Status added = add("dilapidated", "accepted", done * 9 / 10); !added) return added;
    if (const Status added = add("dilapidated", "completed", done - done * 9 / 10); !added) return added;
    if (const Status added = add("seismic", "accepted", seismic); !added) return added;
    if (const Status added = add("dilapidated", "started", 64); !added) return added;
    return add("seismic", "planned", 9);
  }

  // Projects by programme, with the money each programme was given; the rest are the common reserve.
  struct Programme {
    const char* name;
    std::size_t projects;
    std::int64_t budget_yuan, allocated_yuan;
  };

  Status projects() {
    if (const Status begun = writer_.begin_projects(); !begun) return begun;
    const auto yuan = [&](std::string_view key) { return static_cast<std::int64_t>(d_.total(key)); };
    std::vector<Programme> programmes{
        {"demonstration", d_.count("demonstration_villages"), yuan("demonstration_yuan"),
         yuan("demonstration_yuan") * 2 / 5},
        {"model_village", d_.count("model_village_count"), yuan("model_yuan"), yuan("model_yuan")},
        {"key_county", 3, 3 * yuan("key_county_yuan"), 3 * yuan("key_county_yuan")},
        {"key_township", 19, yuan("key_township_yuan"), yuan("key_township_yuan")},
        {"relocation", d_.count("relocation_projects"), yuan("relocation_yuan"), yuan("relocation_yuan")},
        {"courtyard", d_.count("courtyard_projects"), yuan("courtyard_yuan"), yuan("courtyard_yuan")}};
    Programme reserve{"reserve", d_.count("projects"), yuan("budget_yuan"), yuan("allocated_yuan")};
    for (const Programme& programme : programmes) {
      reserve.projects -= programme.projects;
      reserve.budget_yuan -= programme.budget_yuan;
      reserve.allocated_yuan -= programme.allocated_yuan;
    }
    programmes.push_back(reserve);

    std::vector<Project> rows;
    for (std::size_t p = 0; p < programmes.size(); ++p) make_projects(programmes[p], p, rows);
    std::vector<double> allocated;
    for (const Project& row : rows) allocated.push_back(row.allocated_yuan.value_or(0));
    const auto city = apportion(yuan("allocated_city_yuan"), allocated);
    for (std::size_t i = 0; i < rows.size(); ++i) {
      rows[i].code = fmt::format("P{:05}", i + 1);
      rows[i].allocated_city_yuan = static_cast<double>(city[i]);
      if (const Status added = writer_.add(rows[i]); !added) return added;
    }
    return {};
  }

  void make_projects(const Programme& programme, std::size_t number, std::vector<Project>& rows) {
    Random random(seed_for(d_.seed, of_projects, number));
    static constexpr const char* stages[] = {"funded",   "contracted", "building",
                                             "building", "completed",  "accepted"};
    std::vector<double> weights, funded;
    for (std::size_t i = 0; i < programme.projects; ++i) {
      weights.push_back(programme.projects == 3 ? 1 : random.between(0.3, 1.9));
      funded.push_back(programme.name == std::string_view{"reserve"} && random.chance(0.45) ? 0
                                                                                            : weights.back());
    }
    const auto budgets = apportion(programme.budget_yuan, weights),
               allocations = apportion(programme.allocated_yuan, funded);
    for (std::size_t i = 0; i < programme.projects; ++i) {
      Project row;
      const Spot at = spot(random);
      const AdminVillage& village =
          programme.name == std::string_view{"key_county"} ? in_key_county(i) : at.village;
      const Sector& sector = d_.sectors[random.below(d_.sectors.size())];
      row.sector = sector.id;
      row.name = Message{d_.names.project, d_.short_name(village.name), sector.work}.english();
      row.programme = programme.name;
      row.village_code = village.code;
      row.township_code = village.township_code;
      row.county_code = village.county_code;
      row.budget_yuan = static_cast<double>(budgets[i]);
      row.review_rounds = static_cast<std::int64_t>(d_.total("review_rounds")) - (random.chance(0.2) ? 1 : 0);
      row.stage = "reserved";
      if (allocations[i] > 0) {
        row.allocated_yuan = static_cast<double>(allocations[i]);
        row.stage = stages[random.below(std::size(stages))];
        if (!random.chance(0.01))
          row.disbursed_yuan = std::floor(static_cast<double>(allocations[i]) * random.between(0.3, 1));
        row.start = fmt::format("2023-{:02}-{:02}", random.whole(1, 6), random.whole(1, 28));
      }
      rows.push_back(std::move(row));
    }
  }

  const AdminVillage& in_key_county(std::size_t number) const {
    std::size_t seen = 0;
    for (const CountyFacts& county : d_.counties)
      if (county.key && seen++ == number)
        for (std::size_t i = 0; i < people_.villages.size(); ++i)
          if (ground_.villages()[i].committee && people_.villages[i].county_code == county.code)
            return people_.villages[i];
    return people_.villages.front();
  }

  const Description& d_;
  DemoGround ground_;
  DemoPeople people_;
  RegionWriter& writer_;
  Progress& progress_;
};

}  // namespace

std::filesystem::path demo_description(std::string_view name) {
  std::filesystem::path file{name};
  if (file.has_extension()) return file;
  return assets_folder().parent_path() / "geodata" / (std::string{name} + ".toml");
}

Status make_demo(const std::filesystem::path& file, const std::string& path, Progress& progress) {
  std::error_code error;
  if (!std::filesystem::exists(file, error))
    return Issue{
        IssueCode::input_missing,
        "there is no description of a demonstration map {0}; give the name of one in geodata, such as "
        "yulin, or the path of a description file",
        file.string()};
  const Result<Description> description = read_description(file);
  if (!description) return description.issue();
  auto created = io::GeoPackageWriter::create(path, "EPSG:4490", description->date, progress.stop_token());
  if (!created) return created.issue();
  RegionWriter writer(std::move(*created));
  if (const Status written = Demo(*description, writer, progress).write(); !written) return written;
  for (const auto& [key, text] :
       {std::pair{"title", description->title}, {"abstract", description->description}})
    if (const Status noted = writer.file().set_metadata(key, text); !noted) return noted;
  return writer.file().commit();
}

}  // namespace xiangtu::synth
