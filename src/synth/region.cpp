#include "synth/region.hpp"

#include <algorithm>
#include <array>
#include <functional>

#include <fmt/format.h>

#include "synth/random.hpp"
#include "synth/township_model.hpp"

namespace xiangtu::synth {

namespace {

constexpr std::uint64_t naturals_per_township = 81;
constexpr const char* file_date = "2023-08-18T00:00:00Z";

enum SeedOf : std::uint64_t { of_works = 31, of_sites, of_housing, of_projects };

class Region {
 public:
  Region(const RegionOptions& options, RegionWriter& writer, Progress& progress)
      : options_(options),
        grid_((options.villages + naturals_per_township - 1) / naturals_per_township, options.seed),
        writer_(writer),
        progress_(progress) {}

  Status write() {
    using Step = Status (Region::*)();
    for (const Step step : {&Region::counties, &Region::townships, &Region::admin_villages,
                            &Region::natural_villages, &Region::roads, &Region::bridges, &Region::sites,
                            &Region::sanitation, &Region::housing, &Region::projects})
      if (const Status done = (this->*step)(); !done) return done;
    return {};
  }

 private:
  // Spreads the villages evenly over the townships that there are.
  std::uint64_t natural_in(std::uint64_t township) const {
    const std::uint64_t count = grid_.townships();
    return options_.villages * (township + 1) / count - options_.villages * township / count;
  }

  Status each_township(const char* stage, const std::function<Status(std::uint64_t)>& visit) {
    progress_.begin(stage, grid_.townships());
    for (std::uint64_t township = 0; township < grid_.townships(); ++township) {
      if (progress_.stop_requested()) return cancelled_issue();
      if (const Status done = visit(township); !done) return done;
      progress_.advance();
    }
    return {};
  }

  TownshipModel model(std::uint64_t township) const {
    return {grid_, township, natural_in(township), options_.seed};
  }

  Status counties() {
    if (const Status begun = writer_.begin_counties(); !begun) return begun;
    for (std::uint64_t county = 0; county < grid_.counties(); ++county)
      if (const Status added =
              writer_.add(County{grid_.county_code(county), fmt::format("County {}", county + 1), false},
                          grid_.county_ring(county));
          !added)
        return added;
    return {};
  }

  Status townships() {
    if (const Status begun = writer_.begin_townships(); !begun) return begun;
    return each_township("making townships", [&](std::uint64_t t) {
      const std::string code = grid_.township_code(t);
      return writer_.add(
          Township{code, "Town " + code, grid_.county_code(grid_.county_of(t)), t % 5 == 0, ""},
          grid_.township_ring(t));
    });
  }

  Status admin_villages() {
    if (const Status begun = writer_.begin_admin_villages(); !begun) return begun;
    return each_township("making villages", [&](std::uint64_t t) {
      const TownshipModel township = model(t);
      for (const PlacedAdmin& admin : township.villages())
        if (const Status added = writer_.add(admin.village, admin.place); !added) return added;
      return Status{};
    });
  }

  Status natural_villages() {
    if (const Status begun = writer_.begin_natural_villages(); !begun) return begun;
    return each_township("making villages", [&](std::uint64_t t) {
      const TownshipModel township = model(t);
      for (const PlacedAdmin& admin : township.villages())
        for (const PlacedNatural& natural : admin.naturals)
          if (const Status added = writer_.add(natural.village, natural.place); !added) return added;
      return Status{};
    });
  }

  Status roads() {
    if (const Status begun = writer_.begin_roads(); !begun) return begun;
    return each_township("making roads", [&](std::uint64_t t) {
      for (const PlacedRoad& road : model(t).roads())
        if (const Status added = writer_.add(road.road, road.line); !added) return added;
      return Status{};
    });
  }

  Status bridges() {
    if (const Status begun = writer_.begin_bridges(); !begun) return begun;
    return each_township("making bridges", [&](std::uint64_t t) {
      const TownshipModel township = model(t);
      for (const PlacedBridge& bridge : township.bridges(township.roads()))
        if (const Status added = writer_.add(bridge.bridge, bridge.place); !added) return added;
      return Status{};
    });
  }

  // One of so many villages has a feature; visit gets a generator of its own.
  Status each_chosen(const char* stage, SeedOf kind, double share,
                     const std::function<Status(const PlacedAdmin&, Random&, std::uint64_t)>& visit) {
    std::uint64_t serial = 0;
    return each_township(stage, [&](std::uint64_t t) {
      Random random(seed_for(options_.seed, kind, t));
      const TownshipModel township = model(t);
      for (const PlacedAdmin& admin : township.villages())
        if (random.chance(share))
          if (const Status added = visit(admin, random, ++serial); !added) return added;
      return Status{};
    });
  }

  Status sites() {
    if (const Status begun = writer_.begin_water_projects(); !begun) return begun;
    static constexpr std::array<const char*, 5> types{"network_extension", "over_10k", "1k_10k",
                                                      "small_central", "dispersed"};
    return each_chosen(
        "making sites", of_works, 0.3, [&](const PlacedAdmin& admin, Random& random, std::uint64_t serial) {
          return writer_.add(
              WaterProject{fmt::format("W{:08}", serial), "", types[random.below(types.size())],
                           admin.village.township_code, admin.village.code, admin.village.households,
                           admin.village.population, static_cast<double>(random.whole(10, 300)) * 10000,
                           random.whole(2015, 2023)},
              admin.place);
        });
  }

  Status sanitation() {
    if (const Status begun = writer_.begin_sanitation(); !begun) return begun;
    static constexpr std::array<const char*, 4> kinds{"public_toilet", "household_toilet", "sewage_plant",
                                                      "waste_station"};
    return each_chosen(
        "making sites", of_sites, 0.7, [&](const PlacedAdmin& admin, Random& random, std::uint64_t serial) {
          return writer_.add(SanitationSite{fmt::format("S{:08}", serial), kinds[random.below(kinds.size())],
                                            random.chance(0.3) ? "new" : "converted", "completed",
                                            admin.village.code, random.whole(2015, 2023)},
                             admin.place);
        });
  }

  Status housing() {
    if (const Status begun = writer_.begin_housing(); !begun) return begun;
    static constexpr std::array<const char*, 4> states{"started", "completed", "accepted", "accepted"};
    return each_chosen("making housing works", of_housing, 0.4,
                       [&](const PlacedAdmin& admin, Random& random, std::uint64_t serial) {
                         return writer_.add(Housing{fmt::format("H{:08}", serial),
                                                    random.chance(0.9) ? "dilapidated" : "seismic",
                                                    states[random.below(states.size())], admin.village.code,
                                                    random.whole(1, 4), random.whole(2019, 2023)},
                                            admin.place);
                       });
  }

  Status projects() {
    if (const Status begun = writer_.begin_projects(); !begun) return begun;
    static constexpr std::array<const char*, 6> stages{"reserved", "funded",    "contracted",
                                                       "building", "completed", "accepted"};
    return each_chosen("making projects", of_projects, 0.8,
                       [&](const PlacedAdmin& admin, Random& random, std::uint64_t serial) {
                         const std::uint64_t stage = random.below(stages.size());
                         Project project;
                         project.code = fmt::format("P{:08}", serial);
                         project.sector = random.chance(0.5) ? "roads" : "water";
                         project.programme = "reserve";
                         project.stage = stages[stage];
                         project.village_code = admin.village.code;
                         project.township_code = admin.village.township_code;
                         project.county_code = admin.village.county_code;
                         project.budget_yuan = static_cast<double>(random.whole(20, 200)) * 10000;
                         if (stage > 0) project.allocated_yuan = *project.budget_yuan * 0.4;
                         if (stage > 0 && random.chance(0.95))
                           project.disbursed_yuan = *project.budget_yuan * 0.4 * random.unit();
                         return writer_.add(project);
                       });
  }

  const RegionOptions& options_;
  Grid grid_;
  RegionWriter& writer_;
  Progress& progress_;
};

}  // namespace

Status make_region(const RegionOptions& options, const std::string& path, Progress& progress) {
  auto file = io::GeoPackageWriter::create(path, "EPSG:4490", file_date, progress.stop_token());
  if (!file) return file.issue();
  RegionWriter writer(std::move(*file));
  if (const Status written = Region(options, writer, progress).write(); !written) return written;
  if (const Status noted = writer.file().set_metadata(
          "description", fmt::format("Synthetic region: {} villages, seed {}. Nothing in it is real.",
                                     options.villages, options.seed));
      !noted)
    return noted;
  progress.begin("finishing the file", 0);
  return writer.file().commit();
}

}  // namespace xiangtu::synth
