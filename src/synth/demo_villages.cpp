#include "synth/demo_villages.hpp"

#include <algorithm>
#include <cmath>
#include <string_view>

#include <fmt/format.h>

#include "synth/apportion.hpp"
#include "synth/random.hpp"

namespace xiangtu::synth {

namespace {

constexpr double family = 2.51;  // people a household, city census bulletin
constexpr std::int64_t bulletin_year = 2023;

enum SeedOf : std::uint64_t {
  of_weights = 81,
  of_taps,
  of_express,
  of_services,
  of_sewage,
  of_green,
  of_plans,
  of_demonstration,
  of_model,
  of_smart,
  of_hamlets
};

using Positions = std::vector<std::size_t>;

Flag with_gaps(bool value, double gap, Random& random) {
  return random.chance(gap) ? Flag{} : Flag{value};
}

class People {
 public:
  People(const Description& description, const DemoGround& ground) : d_(description), ground_(ground) {
    for (std::size_t i = 0; i < d_.villages.size(); ++i) {
      AdminVillage& village = people_.villages.emplace_back();
      const DemoTownship& township = ground_.townships()[ground_.villages()[i].township];
      village.code = d_.villages[i].code;
      village.name = d_.villages[i].name;
      village.kind = ground_.villages()[i].committee ? "administrative" : "community";
      village.township_code = d_.villages[i].parent_code;
      village.county_code = d_.counties[township.county].code;
      village.demonstration = "none";
      village.smart_community = false;
      (ground_.villages()[i].committee ? committees_ : communities_).push_back(i);
    }
  }

  DemoPeople make() {
    for (std::size_t county = 0; county < d_.counties.size(); ++county) spread_population(county);
    spread_taps();
    spread_services();
    mark_years();
    mark_demonstration();
    make_hamlets();
    return std::move(people_);
  }

 private:
  // Committees share the rural population, communities the rest: together the census figure.
  void spread_population(std::size_t county) {
    const CountyFacts& facts = d_.counties[county];
    const auto rural =
        static_cast<std::int64_t>(std::round(static_cast<double>(facts.population) * facts.rural_share));
    const Positions villages = of_county(committees_, county), towns = of_county(communities_, county);
    share_out(villages, towns.empty() ? facts.population : rural, county);
    share_out(towns, facts.population - rural, county + 1000);
  }

  Positions of_county(const Positions& from, std::size_t county) const {
    Positions found;
    for (const std::size_t i : from)
      if (people_.villages[i].county_code == d_.counties[county].code) found.push_back(i);
    return found;
  }

  void share_out(const Positions& villages, std::int64_t population, std::uint64_t seed) {
    Random random(seed_for(d_.seed, of_weights, seed));
    std::vector<double> weights;
    for (std::size_t i = 0; i < villages.size(); ++i) weights.push_back(random.between(0.45, 1.7));
    const auto people = apportion(population, weights);
    const auto households =
        apportion(static_cast<std::int64_t>(static_cast<double>(population) / family), weights);
    for (std::size_t i = 0; i < villages.size(); ++i) {
      people_.villages[villages[i]].population = people[i];
      people_.villages[villages[i]].households = households[i];
    }
  }

  // Taps of the committees' households come to the published rate as nearly as whole taps can.
  void spread_taps() {
    Random random(seed_for(d_.seed, of_taps));
    std::int64_t households = 0, taps = 0;
    for (std::size_t i = 0; i < people_.villages.size(); ++i) {
      AdminVillage& village = people_.villages[i];
      const double share = random.chance(0.4) ? 1 : 1 - 0.16 * random.unit() * random.unit();
      village.households_tap =
          static_cast<std::int64_t>(std::floor(static_cast<double>(*village.households) * share));
      if (village.kind != "administrative") continue;
      households += *village.households;
      taps += *village.households_tap;
    }
    std::int64_t missing = static_cast<std::int64_t>(
                               std::round(static_cast<double>(households) * d_.total("tap_household_rate"))) -
                           taps;
    while (missing != 0) {
      AdminVillage& village = people_.villages[committees_[random.below(committees_.size())]];
      const std::int64_t step = missing > 0 ? 1 : -1, now = *village.households_tap + step;
      if (now < 0 || now > *village.households) continue;
      village.households_tap = now;
      missing -= step;
    }
    for (AdminVillage& village : people_.villages)
      village.population_tap =
          *village.households == 0 ? 0 : *village.population * *village.households_tap / *village.households;
  }

  void spread_services() {
    Random random(seed_for(d_.seed, of_services));
    for (AdminVillage& village : people_.villages) {
      const double toilets = std::min(1.0, 0.68 + 0.3 * random.unit());
      if (!random.chance(0.012))
        village.sanitary_toilets =
            static_cast<std::int64_t>(static_cast<double>(*village.households) * toilets);
      village.electricity = true;
      village.express = true;
      village.sewage_treated = with_gaps(random.chance(0.31), 0.015, random);
      if (village.sewage_treated.value_or(false)) village.sewage_year = random.whole(2016, bulletin_year - 1);
      village.waste_collected = with_gaps(random.chance(0.93), 0.01, random);
      village.plan_status = random.chance(0.55) ? "filed" : random.chance(0.4) ? "compiled" : "";
      if (!village.plan_status.empty()) village.plan_year = random.whole(2019, bulletin_year - 1);
    }
    const std::size_t without = committees_.size() - d_.count("express_villages");
    for (const std::size_t i : choose(without, committees_.size(), seed_for(d_.seed, of_express)))
      people_.villages[committees_[i]].express = false;
  }

  void mark_years() {
    for (const std::size_t i : chosen(committees_, d_.count("sewage_villages"), of_sewage)) {
      people_.villages[i].sewage_treated = true;
      people_.villages[i].sewage_year = bulletin_year;
    }
    for (const std::size_t i : chosen(committees_, d_.count("greened_villages"), of_green))
      people_.villages[i].greened_year = bulletin_year;
    for (const std::size_t i : chosen(committees_, d_.count("plans_started"), of_plans)) {
      people_.villages[i].plan_status = "started";
      people_.villages[i].plan_year = bulletin_year;
    }
    for (const std::size_t i : chosen(communities_, d_.count("smart_communities"), of_smart))
      people_.villages[i].smart_community = true;
  }

  Positions chosen(const Positions& from, std::size_t count, SeedOf seed) const {
    Positions found;
    for (const std::size_t i : choose(count, from.size(), seed_for(d_.seed, seed))) found.push_back(from[i]);
    return found;
  }

  // The model villages that are named, then others, then the demonstration villages; no village is both.
  void mark_demonstration() {
    std::size_t models = d_.count("model_village_count"), demonstrations = d_.count("demonstration_villages");
    const auto mark = [&](AdminVillage& village, const char* grade) {
      village.demonstration = grade;
      village.demonstration_year = bulletin_year;
    };
    for (AdminVillage& village : people_.villages)
      if (std::find(d_.model_villages.begin(), d_.model_villages.end(), village.code) !=
              d_.model_villages.end() &&
          models > 0) {
        mark(village, "model");
        --models;
      }
    for (const std::size_t i : chosen(committees_, committees_.size(), of_demonstration)) {
      AdminVillage& village = people_.villages[i];
      if (village.demonstration != "none") continue;
      if (models > 0)
        mark(village, "model"), --models;
      else if (demonstrations > 0)
        mark(village, "demonstration"), --demonstrations;
      else
        break;
    }
  }

  void make_hamlets() {
    for (std::size_t v = 0; v < people_.villages.size(); ++v) {
      const AdminVillage& village = people_.villages[v];
      Random random(seed_for(d_.seed, of_hamlets, v));
      std::vector<NaturalVillage>& hamlets = people_.hamlets.emplace_back();
      std::vector<double> weights;
      for (std::size_t i = 0; i < ground_.villages()[v].hamlets.size(); ++i)
        weights.push_back(random.between(0.3, 1.5));
      const auto people = apportion(*village.population, weights),
                 households = apportion(*village.households, weights);
      for (std::size_t i = 0; i < weights.size(); ++i)
        hamlets.push_back({fmt::format("{}{:03}", village.code, i + 1), hamlet_name(village.name, i, random),
                           village.code, village.township_code, village.county_code, people[i],
                           random.chance(0.006) ? Count{} : Count{households[i]}, true});
    }
  }

  // The village's own name for its main hamlet, then with other endings.
  std::string hamlet_name(std::string_view village, std::size_t i, Random& random) const {
    const std::size_t endings = d_.hamlet_endings.size();
    const std::size_t chosen =
        i == 0 || endings == 1 ? 0 : 1 + (random.below(endings - 1) + i) % (endings - 1);
    return std::string{d_.short_name(village)} + d_.hamlet_endings[chosen];
  }

  const Description& d_;
  const DemoGround& ground_;
  DemoPeople people_;
  Positions committees_, communities_;
};

}  // namespace

DemoPeople make_people(const Description& description, const DemoGround& ground) {
  return People(description, ground).make();
}

}  // namespace xiangtu::synth
