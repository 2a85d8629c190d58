// The door of xiangtu_proj.so: see geodesy/crs.hpp.
#include "geodesy/crs.hpp"

#include <proj.h>
#include <proj_experimental.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <mutex>
#include <utility>
#include <vector>

#include "base/module.hpp"
#include "base/parallel.hpp"
#include "base/version.hpp"

namespace xiangtu::geodesy {

namespace {

constexpr std::size_t worth_sharing = 20000;  // coordinates; some milliseconds of work

struct ContextDeleter {
  void operator()(PJ_CONTEXT* context) const { proj_context_destroy(context); }
};
struct PjDeleter {
  void operator()(PJ* pj) const { proj_destroy(pj); }
};
struct ListDeleter {
  void operator()(PJ_OBJ_LIST* list) const { proj_list_destroy(list); }
};
struct FactoryDeleter {
  void operator()(PJ_OPERATION_FACTORY_CONTEXT* factory) const {
    proj_operation_factory_context_destroy(factory);
  }
};
using ContextPtr = std::unique_ptr<PJ_CONTEXT, ContextDeleter>;
using PjPtr = std::unique_ptr<PJ, PjDeleter>;

ContextPtr new_context() {
  ContextPtr context{proj_context_create()};
  proj_log_level(context.get(), PJ_LOG_NONE);
  proj_context_set_enable_network(context.get(), 0);
  return context;
}

std::string text_or_empty(const char* text) {
  return text ? text : "";
}

// Datums within decimetres of CGCS2000. The names are those of the EPSG registry and of files without
// a code.
bool near_working_datum(std::string_view name) {
  constexpr std::array<std::string_view, 10> beginnings{"World Geodetic System 1984",
                                                        "WGS_1984",
                                                        "WGS 84",
                                                        "China 2000",
                                                        "China_2000",
                                                        "D_China_2000",
                                                        "China Geodetic Coordinate System 2000",
                                                        "CGCS2000",
                                                        "International Terrestrial Reference Frame",
                                                        "European Terrestrial Reference System 1989"};
  return std::any_of(beginnings.begin(), beginnings.end(),
                     [&](std::string_view beginning) { return name.starts_with(beginning); }) ||
         name.find("based on WGS 84 ellipsoid") != std::string_view::npos ||
         name.find("based on WGS84 ellipsoid") != std::string_view::npos;
}

std::string code_of(PJ_CONTEXT* context, const PJ* crs) {
  const char* authority = proj_get_id_auth_name(crs, 0);
  const char* code = proj_get_id_code(crs, 0);
  if (authority && code) return std::string{authority} + ":" + code;
  int* confidences = nullptr;
  const std::unique_ptr<PJ_OBJ_LIST, ListDeleter> matches{
      proj_identify(context, crs, "EPSG", nullptr, &confidences)};
  const bool sure = matches && proj_list_get_count(matches.get()) > 0 && confidences && confidences[0] >= 90;
  std::string found;
  if (sure) {
    const PjPtr match{proj_list_get(context, matches.get(), 0)};
    found = "EPSG:" + text_or_empty(proj_get_id_code(match.get(), 0));
  }
  proj_int_list_destroy(confidences);
  return found;
}

bool is_geographic(PJ_TYPE type) {
  return type == PJ_TYPE_GEOGRAPHIC_2D_CRS || type == PJ_TYPE_GEOGRAPHIC_3D_CRS;
}

// The horizontal, two-dimensional part of any coordinate system.
PjPtr horizontal(PJ_CONTEXT* context, PjPtr crs) {
  if (crs && proj_get_type(crs.get()) == PJ_TYPE_COMPOUND_CRS)
    crs.reset(proj_crs_get_sub_crs(context, crs.get(), 0));
  if (!crs) return crs;
  PjPtr flat{proj_crs_demote_to_2D(context, nullptr, crs.get())};
  return flat ? std::move(flat) : std::move(crs);
}

bool in_degrees(PJ_CONTEXT* context, const PJ* crs) {
  const PjPtr system{proj_crs_get_coordinate_system(context, crs)};
  double to_radians = 0;
  if (!system || !proj_cs_get_axis_info(context, system.get(), 0, nullptr, nullptr, nullptr, &to_radians,
                                        nullptr, nullptr, nullptr))
    return false;
  return std::fabs(to_radians - 0.017453292519943295) < 1e-12;
}

bool from_greenwich(PJ_CONTEXT* context, const PJ* geodetic) {
  const PjPtr meridian{proj_get_prime_meridian(context, geodetic)};
  double longitude = 0, factor = 0;
  return !meridian ||
         !proj_prime_meridian_get_parameters(context, meridian.get(), &longitude, &factor, nullptr) ||
         longitude == 0;
}

struct ProjCrs : Crs::Impl {
  ContextPtr context;
  PjPtr crs;       // as given, horizontal; may be bound to a datum shift
  PjPtr unbound;   // without the shift
  PjPtr geodetic;  // its geographic coordinate system; null for one that is not on earth
};

std::optional<Crs> parse(std::string_view definition) {
  auto parts = std::make_unique<ProjCrs>();
  parts->context = new_context();
  PJ_CONTEXT* context = parts->context.get();
  parts->crs = horizontal(context, PjPtr{proj_create(context, std::string{definition}.c_str())});
  if (!parts->crs || !proj_is_crs(parts->crs.get())) return std::nullopt;
  const bool bound = proj_get_type(parts->crs.get()) == PJ_TYPE_BOUND_CRS;
  parts->unbound = bound ? horizontal(context, PjPtr{proj_get_source_crs(context, parts->crs.get())})
                         : PjPtr{proj_clone(context, parts->crs.get())};
  const PJ_TYPE type = proj_get_type(parts->unbound.get());
  const bool earth = is_geographic(type) || type == PJ_TYPE_PROJECTED_CRS;
  if (earth)
    parts->geodetic = horizontal(context, PjPtr{proj_crs_get_geodetic_crs(context, parts->unbound.get())});

  Crs::Facts facts;
  facts.name = text_or_empty(proj_get_name(parts->unbound.get()));
  facts.id = code_of(context, parts->unbound.get());
  if (facts.id.empty()) facts.id = facts.name;
  facts.geographic = is_geographic(type);
  facts.on_earth = earth && parts->geodetic && !facts.name.starts_with("Undefined");
  if (facts.on_earth) {
    const PjPtr datum{proj_crs_get_datum_forced(context, parts->geodetic.get())};
    facts.on_working_datum = !bound && datum && from_greenwich(context, parts->geodetic.get()) &&
                             near_working_datum(text_or_empty(proj_get_name(datum.get())));
    facts.degrees = facts.geographic && in_degrees(context, parts->unbound.get());
  }
  return Crs{std::move(facts), std::move(parts)};
}

void transform(PJ* operation, std::span<LonLat> coordinates) {
  if (coordinates.empty()) return;
  if (!operation) {  // it could not be copied for this thread
    constexpr double none = std::numeric_limits<double>::quiet_NaN();
    std::fill(coordinates.begin(), coordinates.end(), LonLat{none, none});
    return;
  }
  constexpr std::size_t stride = sizeof(LonLat);
  proj_trans_generic(operation, PJ_FWD, &coordinates[0].lon, stride, coordinates.size(), &coordinates[0].lat,
                     stride, coordinates.size(), nullptr, 0, 0, nullptr, 0, 0);
}

class ProjWay : public ToLonLat::Impl {
 public:
  ProjWay(ContextPtr context, PjPtr operation)
      : context_(std::move(context)), operation_(std::move(operation)) {}

  void apply(std::span<LonLat> coordinates) const override {
    parallel_for(coordinates.size(), worth_sharing, Progress{}, [&](std::size_t begin, std::size_t end) {
      Worker worker = borrow();
      transform(worker.operation.get(), coordinates.subspan(begin, end - begin));
      give_back(std::move(worker));
    });
  }

 private:
  // A PROJ object works for one thread at a time: each caller borrows one.
  struct Worker {
    ContextPtr context;
    PjPtr operation;
  };

  Worker borrow() const {
    const std::lock_guard lock(mutex_);
    if (!idle_.empty()) {
      Worker worker = std::move(idle_.back());
      idle_.pop_back();
      return worker;
    }
    Worker worker{new_context(), nullptr};
    worker.operation.reset(proj_clone(worker.context.get(), operation_.get()));
    return worker;
  }
  void give_back(Worker worker) const {
    const std::lock_guard lock(mutex_);
    idle_.push_back(std::move(worker));
  }

  ContextPtr context_;
  PjPtr operation_;
  mutable std::mutex mutex_;
  mutable std::vector<Worker> idle_;  // made when first needed
};

// The operations from one coordinate system to another, best first.
std::unique_ptr<PJ_OBJ_LIST, ListDeleter> operations(PJ_CONTEXT* context, const PJ* from, const PJ* to,
                                                     const LonLatBox& area) {
  const std::unique_ptr<PJ_OPERATION_FACTORY_CONTEXT, FactoryDeleter> factory{
      proj_create_operation_factory_context(context, nullptr)};
  proj_operation_factory_context_set_spatial_criterion(context, factory.get(),
                                                       PROJ_SPATIAL_CRITERION_PARTIAL_INTERSECTION);
  proj_operation_factory_context_set_grid_availability_use(
      context, factory.get(), PROJ_GRID_AVAILABILITY_DISCARD_OPERATION_IF_MISSING_GRID);
  if (!area.empty())
    proj_operation_factory_context_set_area_of_interest(context, factory.get(), area.min.lon, area.min.lat,
                                                        area.max.lon, area.max.lat);
  return std::unique_ptr<PJ_OBJ_LIST, ListDeleter>{proj_create_operations(context, from, to, factory.get())};
}

// The operation, ready for x/lon, y/lat order on both sides.
PjPtr first_operation(PJ_CONTEXT* context, const PJ* from, const PJ* to, const LonLatBox& area) {
  const auto found = operations(context, from, to, area);
  if (!found || proj_list_get_count(found.get()) == 0) return nullptr;
  const PjPtr best{proj_list_get(context, found.get(), 0)};
  return best ? PjPtr{proj_normalize_for_visualization(context, best.get())} : nullptr;
}

bool usable_area(const LonLatBox& box) {
  return !box.empty() && std::isfinite(box.min.lon) && std::isfinite(box.max.lon) && box.min.lon >= -180 &&
         box.max.lon <= 180 && box.min.lat >= -90 && box.max.lat <= 90;
}

// The extent in degrees on the source's own datum: good enough to choose an operation by.
LonLatBox area_of(PJ_CONTEXT* context, const ProjCrs& from, bool geographic, const LonLatBox& extent) {
  LonLatBox area;
  if (extent.empty()) return area;
  std::array<LonLat, 5> corners{extent.min, extent.max, LonLat{extent.min.lon, extent.max.lat},
                                LonLat{extent.max.lon, extent.min.lat}, extent.centre()};
  if (!geographic) {
    const PjPtr inverse = first_operation(context, from.unbound.get(), from.geodetic.get(), LonLatBox{});
    if (!inverse) return area;
    transform(inverse.get(), corners);
  }
  for (const LonLat corner : corners) area.add(corner);
  return usable_area(area) ? area : LonLatBox{};
}

std::optional<ToLonLat> way_from(const Crs& from, const LonLatBox& extent) {
  const auto& parts = static_cast<const ProjCrs&>(from.impl());
  ContextPtr own_context = new_context();
  PJ_CONTEXT* context = own_context.get();
  const LonLatBox area = area_of(context, parts, from.geographic(), extent);
  // Within decimetres of the working datum only the projection is undone.
  const PjPtr wgs84{proj_create(context, "EPSG:4326")};
  const PJ* target = from.on_working_datum() ? parts.geodetic.get() : wgs84.get();
  PjPtr found = first_operation(context, parts.crs.get(), target, area);
  if (!found) return std::nullopt;

  PJ* operation = found.get();
  ToLonLat::Facts facts;
  facts.operation = text_or_empty(proj_get_name(operation));
  if (!from.on_working_datum()) {
    if (const double accuracy = proj_coordoperation_get_accuracy(context, operation); accuracy >= 0)
      facts.accuracy_m = accuracy;
    facts.unknown_shift = proj_coordoperation_has_ballpark_transformation(context, operation) != 0;
    LonLatBox use;
    if (proj_get_area_of_use(context, operation, &use.min.lon, &use.min.lat, &use.max.lon, &use.max.lat,
                             nullptr) &&
        usable_area(use) && !area.empty())
      facts.beyond_area = !use.contains(area.min) || !use.contains(area.max);
  }
  return ToLonLat{std::move(facts), std::make_unique<ProjWay>(std::move(own_context), std::move(found))};
}

class ProjSystems : public CoordinateSystems {
 public:
  std::optional<Crs> parse(std::string_view definition) const override { return geodesy::parse(definition); }
  std::optional<ToLonLat> way(const Crs& from, const LonLatBox& extent) const override {
    if (from.has_impl()) return way_from(from, extent);
    const std::optional<Crs> asked = geodesy::parse(from.id());
    return asked ? way_from(*asked, extent) : std::nullopt;
  }
};

}  // namespace

}  // namespace xiangtu::geodesy

extern "C" xiangtu::Module xiangtu_module() {
  static xiangtu::geodesy::ProjSystems systems;
  return {xiangtu::version().data(), static_cast<xiangtu::geodesy::CoordinateSystems*>(&systems)};
}
