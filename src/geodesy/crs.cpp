#include "geodesy/crs.hpp"

#include <array>
#include <atomic>

#include "base/module.hpp"

namespace xiangtu::geodesy {

namespace {

std::atomic<bool> proj_asked = false;

const Result<void*>& proj_module() {
  static const Result<void*> loaded = load_module("xiangtu_proj.so");
  proj_asked = true;
  return loaded;
}

// Null when it cannot be loaded.
const CoordinateSystems* proj() {
  const Result<void*>& loaded = proj_module();
  return loaded ? static_cast<const CoordinateSystems*>(*loaded) : nullptr;
}

// Systems of the working frame that need no PROJ to be known (EPSG registry; a test compares).
struct Known {
  std::string_view id, name;
};
constexpr std::array<Known, 2> known_frames{
    {{"EPSG:4490", "China Geodetic Coordinate System 2000"}, {"EPSG:4326", "WGS 84"}}};

}  // namespace

Status proj_status() {
  if (!proj_asked || proj_module()) return {};
  return proj_module().issue();
}

std::optional<Crs> Crs::parse(std::string_view definition) {
  for (const Known& known : known_frames)
    if (definition == known.id)
      return Crs{{std::string{known.id}, std::string{known.name}, true, true, true, true}, nullptr};
  return parse_by_proj(definition);
}

std::optional<Crs> Crs::parse_by_proj(std::string_view definition) {
  const CoordinateSystems* systems = proj();
  return systems ? systems->parse(definition) : std::nullopt;
}

std::optional<ToLonLat> ToLonLat::create(const Crs& from, const LonLatBox& extent) {
  if (!from.on_earth()) return std::nullopt;
  const CoordinateSystems* systems = proj();
  return systems ? systems->way(from, extent) : std::nullopt;
}

}  // namespace xiangtu::geodesy
