#include "render/scene/flight.hpp"

#include <algorithm>
#include <cmath>

namespace xiangtu::render::scene {

namespace {

constexpr double rho = 1.42;             // how far out a flight goes: what people liked best in the study
constexpr double in_place_share = 1e-6;  // of the view's width: a smaller way is none
constexpr double shortest_s = 0.3, longest_s = 0.5, seconds_per_length = 0.06;

double width_of(const Camera& camera) {
  return camera.width() / camera.pixels_per_world();
}

double rise(double b) {
  return -std::asinh(b);  // ln(√(b² + 1) − b)
}

}  // namespace

Flight::Flight(const Camera& from, const Camera& to)
    : from_(from),
      to_(to),
      width_from_(width_of(from)),
      width_to_(width_of(to)),
      across_(std::hypot(to.centre().x - from.centre().x, to.centre().y - from.centre().y)) {
  if (across_ > in_place_share * std::min(width_from_, width_to_)) {
    const double squares = width_to_ * width_to_ - width_from_ * width_from_;
    const double bulge = std::pow(rho, 4) * across_ * across_, twice = 2 * rho * rho * across_;
    r0_ = rise((squares + bulge) / (twice * width_from_));
    length_ = (rise((squares - bulge) / (twice * width_to_)) - r0_) / rho;
  } else {
    across_ = 0;
    length_ = std::abs(std::log(width_to_ / width_from_)) / rho;
  }
  duration_s_ = std::clamp(shortest_s + seconds_per_length * (length_ - 1), shortest_s, longest_s);
}

void Flight::place(double seconds, Camera& camera) const {
  const double t = std::clamp(seconds / duration_s_, 0.0, 1.0);
  const double eased = t * t * (3 - 2 * t);
  double width = 0, share = 1;  // of the way across
  if (across_ > 0) {
    const double s = eased * length_, turned = rho * s + r0_;
    width = width_from_ * std::cosh(r0_) / std::cosh(turned);
    share = width_from_ / (rho * rho) * (std::cosh(r0_) * std::tanh(turned) - std::sinh(r0_)) / across_;
  } else {
    width = width_from_ * std::pow(width_to_ / width_from_, eased);
    share = eased;
  }
  if (t >= 1) share = 1;
  const WorldPoint a = from_.centre(), b = to_.centre();
  camera.move_to(lonlat_of({a.x + share * (b.x - a.x), a.y + share * (b.y - a.y)}));
  // The end's own zoom, whatever rounding would make of it.
  camera.set_zoom(t >= 1 ? to_.zoom() : from_.zoom() + std::log2(width_from_ / width));
}

}  // namespace xiangtu::render::scene
