// Coordinate systems of sources, and the one way from a source's coordinates to LonLat.
#pragma once

#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "geodesy/position.hpp"

namespace xiangtu::geodesy {

// A coordinate system as read from a source. Cheap to move; not for several threads at once.
class Crs {
 public:
  // WKT, PROJJSON, a PROJ string or "EPSG:4545"; nothing when that is not a coordinate system.
  // EPSG:4490 and EPSG:4326 are known without asking PROJ.
  static std::optional<Crs> parse(std::string_view definition);
  // The same, always by PROJ.
  static std::optional<Crs> parse_by_proj(std::string_view definition);
  Crs(Crs&&) noexcept;
  Crs& operator=(Crs&&) noexcept;
  ~Crs();

  // "EPSG:4490"; the name where it has no code.
  const std::string& id() const { return id_; }
  const std::string& name() const { return name_; }
  bool geographic() const { return geographic_; }
  // Tied to the earth: geographic or projected, not local or undefined.
  bool on_earth() const { return on_earth_; }
  // Its datum is CGCS2000, WGS 84 or within decimetres of them: positions are taken without a shift.
  bool on_working_datum() const { return on_working_datum_; }
  // Degrees on the working datum already.
  bool is_working_frame() const { return geographic_ && on_working_datum_ && degrees_; }

  struct Impl;
  bool has_impl() const { return impl_ != nullptr; }  // false: known without PROJ
  const Impl& impl() const { return *impl_; }

 private:
  explicit Crs(std::unique_ptr<Impl> impl);
  std::unique_ptr<Impl> impl_;
  std::string id_, name_;
  bool geographic_ = false, on_earth_ = false, on_working_datum_ = false, degrees_ = false;
};

// One pinned operation for a whole layer: PROJ by itself may choose another one for each position,
// and a layer that lies across the border of two operations' areas would tear (by some 50 m in Yulin
// for Beijing 1954).
class ToLonLat {
 public:
  // `extent`: of the layer, in source coordinates (x east or longitude, y north or latitude); it
  // decides which operation is best. Nothing when PROJ knows no way.
  static std::optional<ToLonLat> create(const Crs& from, const LonLatBox& extent);
  ToLonLat(ToLonLat&&) noexcept;
  ToLonLat& operator=(ToLonLat&&) noexcept;
  ~ToLonLat();

  // In place: source coordinates become positions. One that cannot be is not finite afterwards. Many
  // at once are shared out to several threads; the result does not depend on how. From any thread.
  void apply(std::span<LonLat> coordinates) const;

  const std::string& operation() const { return operation_; }  // its name, e.g. "Beijing 1954 to WGS 84 (2)"
  std::optional<double> accuracy_m() const { return accuracy_m_; }
  // PROJ knows no datum shift and made none: positions may be a hundred metres off.
  bool unknown_shift() const { return unknown_shift_; }
  // The operation is meant for an area that does not hold the whole extent.
  bool beyond_area() const { return beyond_area_; }

  struct Impl;

 private:
  explicit ToLonLat(std::unique_ptr<Impl> impl);
  std::unique_ptr<Impl> impl_;
  std::string operation_;
  std::optional<double> accuracy_m_;
  bool unknown_shift_ = false, beyond_area_ = false;
};

}  // namespace xiangtu::geodesy
