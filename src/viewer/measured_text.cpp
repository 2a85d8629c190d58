#include "viewer/measured_text.hpp"

#include <cmath>

#include "base/message.hpp"
#include "base/text.hpp"

namespace xiangtu::viewer {

namespace {

constexpr double square_metres_per_mu = 2000.0 / 3, square_metres_per_hectare = 1e4,
                 square_metres_per_square_km = 1e6;

int decimals(double value) {
  return value < 10 ? 3 : value < 100 ? 2 : value < 1000 ? 1 : 0;
}

std::string in_metres(const std::string& number, const Catalogue& t) {
  return Message("{0} m", number).in(t);
}

std::string in_kilometres(const std::string& number, const Catalogue& t) {
  return Message("{0} km", number).in(t);
}

// As short as it is exact.
std::string distance_text(Metres distance, const Catalogue& t) {
  return distance.value < 1000 ? in_metres(format_number(distance.value, 3), t)
                               : in_kilometres(format_number(distance.value / 1000, 6), t);
}

}  // namespace

std::string band_text(Metres from, Metres to, const Catalogue& t) {
  if (std::isinf(to.value)) return "> " + distance_text(from, t);
  if (to.value < 1000) return in_metres(format_number(from.value, 3) + "–" + format_number(to.value, 3), t);
  if (from.value >= 1000)
    return in_kilometres(format_number(from.value / 1000, 6) + "–" + format_number(to.value / 1000, 6), t);
  return distance_text(from, t) + " – " + distance_text(to, t);
}

std::string length_text(Metres length, const Catalogue& t) {
  const double metres = length.value;
  if (metres < 1000) return in_metres(format_fixed(metres, metres < 100 ? 1 : 0), t);
  return in_kilometres(format_fixed(metres / 1000, decimals(metres / 1000)), t);
}

std::string area_text(SquareMetres area, const Catalogue& t) {
  const double mu = area.value / square_metres_per_mu, hectares = area.value / square_metres_per_hectare,
               square_km = area.value / square_metres_per_square_km;
  const std::string in_mu = Message("{0} mu", format_fixed(mu, decimals(mu))).in(t);
  const std::string metric = hectares < 1 ? Message("{0} m²", format_fixed(area.value, 1)).in(t)
                             : square_km < 1
                                 ? Message("{0} ha", format_fixed(hectares, decimals(hectares))).in(t)
                                 : Message("{0} km²", format_fixed(square_km, decimals(square_km))).in(t);
  return metric + " · " + in_mu;
}

}  // namespace xiangtu::viewer
