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

#include "base/parallel.hpp"

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

}  // namespace

struct Crs::Impl {
  ContextPtr context;
  PjPtr crs;       // as given, horizontal; may be bound to a datum shift
  PjPtr unbound;   // without the shift
  PjPtr geodetic;  // its geographic coordinate system; null for one that is not on earth
};

Crs::Crs(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
Crs::Crs(Crs&&) noexcept = default;
Crs& Crs::operator=(Crs&&) noexcept = default;
Crs::~Crs() = default;

namespace {

// Systems of the working frame that need no PROJ to be known (EPSG registry; a test compares).
struct Known {
  std::string_view id, name;
};
constexpr std::array<Known, 2> known_frames{
    {{"EPSG:4490", "China Geodetic Coordinate System 2000"}, {"EPSG:4326", "WGS 84"}}};

}  // namespace

std::optional<Crs> Crs::parse(std::string_view definition) {
  for (const Known& known : known_frames) {
    if (definition != known.id) continue;
    Crs crs{nullptr};
    crs.id_ = known.id;
    crs.name_ = known.name;
    crs.geographic_ = crs.on_earth_ = crs.on_working_datum_ = crs.degrees_ = true;
    return crs;
  }
  return parse_by_proj(definition);
}

std::optional<Crs> Crs::parse_by_proj(std::string_view definition) {
  auto impl = std::make_unique<Impl>();
  impl->context = new_context();
  PJ_CONTEXT* context = impl->context.get();
  impl->crs = horizontal(context, PjPtr{proj_create(context, std::string{definition}.c_str())});
  if (!impl->crs || !proj_is_crs(impl->crs.get())) return std::nullopt;
  const bool bound = proj_get_type(impl->crs.get()) == PJ_TYPE_BOUND_CRS;
  impl->unbound = bound ? horizontal(context, PjPtr{proj_get_source_crs(context, impl->crs.get())})
                        : PjPtr{proj_clone(context, impl->crs.get())};
  const PJ_TYPE type = proj_get_type(impl->unbound.get());
  const bool earth = is_geographic(type) || type == PJ_TYPE_PROJECTED_CRS;
  if (earth)
    impl->geodetic = horizontal(context, PjPtr{proj_crs_get_geodetic_crs(context, impl->unbound.get())});

  Crs crs{std::move(impl)};
  const Impl& parts = *crs.impl_;
  crs.name_ = text_or_empty(proj_get_name(parts.unbound.get()));
  crs.id_ = code_of(context, parts.unbound.get());
  if (crs.id_.empty()) crs.id_ = crs.name_;
  crs.geographic_ = is_geographic(type);
  crs.on_earth_ = earth && parts.geodetic && !crs.name_.starts_with("Undefined");
  if (!crs.on_earth_) return crs;
  const PjPtr datum{proj_crs_get_datum_forced(context, parts.geodetic.get())};
  crs.on_working_datum_ = !bound && datum && from_greenwich(context, parts.geodetic.get()) &&
                          near_working_datum(text_or_empty(proj_get_name(datum.get())));
  crs.degrees_ = crs.geographic_ && in_degrees(context, parts.unbound.get());
  return crs;
}

struct ToLonLat::Impl {
  // A PROJ object works for one thread at a time: each caller borrows one.
  struct Worker {
    ContextPtr context;
    PjPtr operation;
  };
  ContextPtr context;
  PjPtr operation;
  std::mutex mutex;
  std::vector<Worker> idle;  // made when first needed

  Worker borrow() {
    const std::lock_guard lock(mutex);
    if (!idle.empty()) {
      Worker worker = std::move(idle.back());
      idle.pop_back();
      return worker;
    }
    Worker worker{new_context(), nullptr};
    worker.operation.reset(proj_clone(worker.context.get(), operation.get()));
    return worker;
  }
  void give_back(Worker worker) {
    const std::lock_guard lock(mutex);
    idle.push_back(std::move(worker));
  }
};

ToLonLat::ToLonLat(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
ToLonLat::ToLonLat(ToLonLat&&) noexcept = default;
ToLonLat& ToLonLat::operator=(ToLonLat&&) noexcept = default;
ToLonLat::~ToLonLat() = default;

namespace {

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

// The extent in degrees on the source's own datum: good enough to choose an operation by.
LonLatBox area_of(PJ_CONTEXT* context, const Crs& from, const LonLatBox& extent) {
  LonLatBox area;
  if (extent.empty()) return area;
  std::array<LonLat, 5> corners{extent.min, extent.max, LonLat{extent.min.lon, extent.max.lat},
                                LonLat{extent.max.lon, extent.min.lat}, extent.centre()};
  if (!from.geographic()) {
    const PjPtr inverse =
        first_operation(context, from.impl().unbound.get(), from.impl().geodetic.get(), LonLatBox{});
    if (!inverse) return area;
    transform(inverse.get(), corners);
  }
  for (const LonLat corner : corners) area.add(corner);
  return usable_area(area) ? area : LonLatBox{};
}

}  // namespace

std::optional<ToLonLat> ToLonLat::create(const Crs& from, const LonLatBox& extent) {
  if (!from.on_earth()) return std::nullopt;
  if (!from.has_impl()) return create(*Crs::parse_by_proj(from.id()), extent);
  auto impl = std::make_unique<Impl>();
  impl->context = new_context();
  PJ_CONTEXT* context = impl->context.get();
  const LonLatBox area = area_of(context, from, extent);
  // Within decimetres of the working datum only the projection is undone.
  const PjPtr wgs84{proj_create(context, "EPSG:4326")};
  const PJ* target = from.on_working_datum() ? from.impl().geodetic.get() : wgs84.get();
  impl->operation = first_operation(context, from.impl().crs.get(), target, area);
  if (!impl->operation) return std::nullopt;

  ToLonLat way{std::move(impl)};
  PJ* operation = way.impl_->operation.get();
  way.operation_ = text_or_empty(proj_get_name(operation));
  if (from.on_working_datum()) return way;
  if (const double accuracy = proj_coordoperation_get_accuracy(context, operation); accuracy >= 0)
    way.accuracy_m_ = accuracy;
  way.unknown_shift_ = proj_coordoperation_has_ballpark_transformation(context, operation) != 0;
  LonLatBox use;
  if (proj_get_area_of_use(context, operation, &use.min.lon, &use.min.lat, &use.max.lon, &use.max.lat,
                           nullptr) &&
      usable_area(use) && !area.empty())
    way.beyond_area_ = !use.contains(area.min) || !use.contains(area.max);
  return way;
}

void ToLonLat::apply(std::span<LonLat> coordinates) const {
  parallel_for(coordinates.size(), worth_sharing, Progress{}, [&](std::size_t begin, std::size_t end) {
    Impl::Worker worker = impl_->borrow();
    transform(worker.operation.get(), coordinates.subspan(begin, end - begin));
    impl_->give_back(std::move(worker));
  });
}

}  // namespace xiangtu::geodesy
