// Measured lengths and areas as people write them.
#pragma once

#include <string>

#include "base/catalogue.hpp"
#include "base/quantities.hpp"

namespace xiangtu::viewer {

// "512.3 m", "12.35 km".
std::string length_text(Metres length, const Catalogue& t);
// From a distance up to another: "100–250 m", "500 m – 1 km", "> 10 km" where there is no end.
std::string band_text(Metres from, Metres to, const Catalogue& t);
// In m², ha or km², and in mu: 1 mu is 2000/3 m².
std::string area_text(SquareMetres area, const Catalogue& t);

}  // namespace xiangtu::viewer
