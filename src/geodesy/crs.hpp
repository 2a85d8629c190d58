// Coordinate systems of sources, and the one way from a source's coordinates to LonLat.
#pragma once

#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>

#include "base/result.hpp"
#include "geodesy/position.hpp"

namespace xiangtu::geodesy {

// PROJ lives in a library of its own, xiangtu_proj.so beside the program, that is loaded for the first
// coordinate system that is not known without it. Error: that library was needed and could not be loaded; no
// coordinate system was then known and no way found.
Status proj_status();

// A coordinate system as read from a source. Cheap to move; not for several threads at once.
class Crs {
 public:
  // What PROJ keeps of it.
  struct Impl {
    virtual ~Impl() = default;
  };
  struct Facts {
    std::string id, name;
    bool geographic = false, on_earth = false, on_working_datum = false, degrees = false;
  };

  // WKT, PROJJSON, a PROJ string or "EPSG:4545"; nothing when that is not a coordinate system.
  // EPSG:4490 and EPSG:4326 are known without asking PROJ.
  static std::optional<Crs> parse(std::string_view definition);
  // The same, always by PROJ.
  static std::optional<Crs> parse_by_proj(std::string_view definition);
  Crs(Facts facts, std::unique_ptr<Impl> impl) : facts_(std::move(facts)), impl_(std::move(impl)) {}

  // "EPSG:4490"; the name where it has no code.
  const std::string& id() const { return facts_.id; }
  const std::string& name() const { return facts_.name; }
  bool geographic() const { return facts_.geographic; }
  // Tied to the earth: geographic or projected, not local or undefined.
  bool on_earth() const { return facts_.on_earth; }
  // Its datum is CGCS2000, WGS 84 or within decimetres of them: positions are taken without a shift.
  bool on_working_datum() const { return facts_.on_working_datum; }
  // Degrees on the working datum already.
  bool is_working_frame() const { return facts_.geographic && facts_.on_working_datum && facts_.degrees; }

  bool has_impl() const { return impl_ != nullptr; }  // false: known without PROJ
  const Impl& impl() const { return *impl_; }

 private:
  Facts facts_;
  std::unique_ptr<Impl> impl_;
};

// One pinned operation for a whole layer: PROJ by itself may choose another one for each position,
// and a layer that lies across the border of two operations' areas would tear (by some 50 m in Yulin
// for Beijing 1954).
class ToLonLat {
 public:
  struct Impl {
    virtual ~Impl() = default;
    virtual void apply(std::span<LonLat> coordinates) const = 0;
  };
  struct Facts {
    std::string operation;
    std::optional<double> accuracy_m;
    bool unknown_shift = false, beyond_area = false;
  };

  // `extent`: of the layer, in source coordinates (x east or longitude, y north or latitude); it
  // decides which operation is best. Nothing when PROJ knows no way.
  static std::optional<ToLonLat> create(const Crs& from, const LonLatBox& extent);
  ToLonLat(Facts facts, std::unique_ptr<Impl> impl) : facts_(std::move(facts)), impl_(std::move(impl)) {}

  // In place: source coordinates become positions. One that cannot be is not finite afterwards. Many
  // at once are shared out to several threads; the result does not depend on how. From any thread.
  void apply(std::span<LonLat> coordinates) const { impl_->apply(coordinates); }

  // Its name, e.g. "Beijing 1954 to WGS 84 (2)".
  const std::string& operation() const { return facts_.operation; }
  std::optional<double> accuracy_m() const { return facts_.accuracy_m; }
  // PROJ knows no datum shift and made none: positions may be a hundred metres off.
  bool unknown_shift() const { return facts_.unknown_shift; }
  // The operation is meant for an area that does not hold the whole extent.
  bool beyond_area() const { return facts_.beyond_area; }

 private:
  Facts facts_;
  std::unique_ptr<Impl> impl_;
};

// What xiangtu_proj.so gives.
class CoordinateSystems {
 public:
  virtual ~CoordinateSystems() = default;
  virtual std::optional<Crs> parse(std::string_view definition) const = 0;
  virtual std::optional<ToLonLat> way(const Crs& from, const LonLatBox& extent) const = 0;
};

}  // namespace xiangtu::geodesy
