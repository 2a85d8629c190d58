#include "reach/shares.hpp"

namespace xiangtu::reach {

using indicators::Figure;

namespace {

const Message nothing_to_count{"there is nothing to count"};
const Message nothing_known{"nothing is known"};
const Message no_bridges{"there are no bridges in the sources"};
const Message no_people_known{"the people of the villages are not known"};

Figure share(double reached, double unknown, double all, const Message& why_none) {
  const Message* why = !(all > 0) ? &why_none : !(all > unknown) ? &nothing_known : nullptr;
  return indicators::figure_of({reached, all - unknown, unknown}, true, why);
}

}  // namespace

Figure share_connected(const UnitReach& reach) {
  return share(static_cast<double>(reach.connected), static_cast<double>(reach.unknown),
               static_cast<double>(reach.villages), nothing_to_count);
}

Figure share_reached(const RoadReach& reach, const VariantFigure& figure, Variant variant) {
  if (variant == Variant::rural_access)
    return share(figure.population_reached, figure.population_unknown, figure.population,
                 figure.villages > 0 ? no_people_known : nothing_to_count);
  Figure reached = share(static_cast<double>(figure.reached), static_cast<double>(figure.unknown),
                         static_cast<double>(figure.villages), nothing_to_count);
  if (variant == Variant::connected_closed && !reach.has_bridges && reached.value) {
    reached.value.reset();
    reached.why = &no_bridges;
  }
  return reached;
}

bool knows_people(const UnitReach& reach) {
  return reach.villages == 0 || reach.without_population < reach.villages;
}

}  // namespace xiangtu::reach
