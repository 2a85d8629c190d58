#include "io/gpkg_geometry.hpp"

#include <bit>
#include <cmath>
#include <cstdint>
#include <cstring>

namespace xiangtu::io {

namespace {

using geodesy::LonLat;
using table::GeometryKind;

constexpr int deepest_nesting = 16;

// A reader that remembers when it was asked for more than there is.
class Bytes {
 public:
  explicit Bytes(std::span<const std::byte> bytes) : left_(bytes) {}

  bool failed() const { return failed_; }
  void skip(std::size_t count) { take(count); }
  std::uint8_t byte() {
    const auto taken = take(1);
    return taken.empty() ? 0 : static_cast<std::uint8_t>(taken[0]);
  }
  void set_little(bool little) { swap_ = little != (std::endian::native == std::endian::little); }
  std::uint32_t whole() { return number<std::uint32_t>(); }

  // Pairs from positions of so many numbers each; nothing when they are not all there.
  void positions(std::size_t count, std::size_t numbers, std::vector<LonLat>& to) {
    const std::size_t width = numbers * sizeof(double);
    if (count > left_.size() / width) {
      failed_ = true;
      return;
    }
    const auto taken = take(count * width);
    const std::size_t first = to.size();
    to.resize(first + count);
    if (numbers == 2 && !swap_) {
      if (count > 0) std::memcpy(to.data() + first, taken.data(), taken.size());
      return;
    }
    for (std::size_t i = 0; i < count; ++i)
      to[first + i] = {real(taken.subspan(i * width)), real(taken.subspan(i * width + sizeof(double)))};
  }

 private:
  std::span<const std::byte> take(std::size_t count) {
    if (count > left_.size()) {
      failed_ = true;
      left_ = {};
      return {};
    }
    const auto taken = left_.first(count);
    left_ = left_.subspan(count);
    return taken;
  }
  template <class T>
  T number() {
    const auto taken = take(sizeof(T));
    if (taken.empty()) return 0;
    T value;
    std::memcpy(&value, taken.data(), sizeof(T));
    return swap_ ? swapped(value) : value;
  }
  double real(std::span<const std::byte> at) const {
    std::uint64_t bits;
    std::memcpy(&bits, at.data(), sizeof(bits));
    return std::bit_cast<double>(swap_ ? swapped(bits) : bits);
  }
  static std::uint32_t swapped(std::uint32_t value) { return __builtin_bswap32(value); }
  static std::uint64_t swapped(std::uint64_t value) { return __builtin_bswap64(value); }

  std::span<const std::byte> left_;
  bool swap_ = false;
  bool failed_ = false;
};

enum class Found : std::uint8_t { good, broken, not_ours };

enum WkbType : std::uint32_t {
  wkb_point = 1,
  wkb_line = 2,
  wkb_polygon = 3,
  wkb_multi_point = 4,
  wkb_multi_line = 5,
  wkb_multi_polygon = 6,
  wkb_collection = 7,
};

class Taker {
 public:
  Taker(GeometryKind kind, Shape& shape) : kind_(kind), shape_(shape) {}

  Found take(Bytes& bytes, int depth = 0) {
    if (depth > deepest_nesting) return Found::broken;
    bytes.set_little(bytes.byte() == 1);
    std::uint32_t type = bytes.whole();
    std::size_t numbers = 2 + (type >> 31 & 1) + (type >> 30 & 1);
    type &= 0x1FFFFFFF;
    if (type >= 1000 && type < 4000) {
      numbers = type / 1000 == 3 ? 4 : 3;
      type %= 1000;
    }
    if (bytes.failed()) return Found::broken;
    switch (type) {
      case wkb_point:
        return take_point(bytes, numbers);
      case wkb_line:
        return take_line(bytes, numbers);
      case wkb_polygon:
        return take_polygon(bytes, numbers);
      case wkb_multi_point:
      case wkb_multi_line:
      case wkb_multi_polygon:
      case wkb_collection:
        return take_members(bytes, depth);
      default:
        return Found::not_ours;
    }
  }
  bool saw_other() const { return saw_other_; }

 private:
  Found take_point(Bytes& bytes, std::size_t numbers) {
    const std::size_t first = shape_.vertices.size();
    bytes.positions(1, numbers, shape_.vertices);
    if (bytes.failed()) return Found::broken;
    const LonLat p = shape_.vertices.back();
    const bool is_empty = std::isnan(p.lon) && std::isnan(p.lat);
    return end_part(first, GeometryKind::point, is_empty, false);
  }

  Found take_line(Bytes& bytes, std::size_t numbers) {
    const std::size_t first = shape_.vertices.size();
    bytes.positions(bytes.whole(), numbers, shape_.vertices);
    if (bytes.failed()) return Found::broken;
    return end_part(first, GeometryKind::line, shape_.vertices.size() == first, false);
  }

  Found take_polygon(Bytes& bytes, std::size_t numbers) {
    const std::uint32_t rings = bytes.whole();
    for (std::uint32_t ring = 0; ring < rings && !bytes.failed(); ++ring) {
      const std::size_t first = shape_.vertices.size();
      bytes.positions(bytes.whole(), numbers, shape_.vertices);
      if (!bytes.failed()) end_part(first, GeometryKind::polygon, shape_.vertices.size() == first, ring > 0);
    }
    return bytes.failed() ? Found::broken : Found::good;
  }

  Found take_members(Bytes& bytes, int depth) {
    const std::uint32_t members = bytes.whole();
    for (std::uint32_t i = 0; i < members; ++i)
      if (const Found found = take(bytes, depth + 1); found != Found::good) return found;
    return bytes.failed() ? Found::broken : Found::good;
  }

  // The vertices from `first` on are a part, unless they are of another kind or none.
  Found end_part(std::size_t first, GeometryKind kind, bool is_empty, bool hole) {
    saw_other_ = saw_other_ || (kind != kind_ && !is_empty);
    if (kind == kind_ && !is_empty)
      shape_.end_part(hole);
    else
      shape_.vertices.resize(first);
    return Found::good;
  }

  GeometryKind kind_;
  Shape& shape_;
  bool saw_other_ = false;
};

constexpr std::uint8_t extended = 0x20;  // among the flags

std::uint8_t flags_of(std::span<const std::byte> blob) {
  return static_cast<std::uint8_t>(blob[3]);
}

}  // namespace

std::span<const std::byte> wkb_of(std::span<const std::byte> blob) {
  constexpr std::size_t header_bytes = 8, envelope_bytes[] = {0, 32, 48, 48, 64};
  if (blob.size() < header_bytes || blob[0] != std::byte{'G'} || blob[1] != std::byte{'P'}) return {};
  const unsigned envelope = flags_of(blob) >> 1 & 7;
  if (envelope > 4 || blob.size() < header_bytes + envelope_bytes[envelope]) return {};
  return blob.subspan(header_bytes + envelope_bytes[envelope]);
}

std::optional<ShapeOutcome> decode_gpkg_geometry(std::span<const std::byte> blob, GeometryKind kind,
                                                 Shape& shape) {
  shape.clear();
  const std::span<const std::byte> wkb = wkb_of(blob);
  if (wkb.empty()) return ShapeOutcome::broken;
  if (flags_of(blob) & extended) return std::nullopt;
  Bytes bytes(wkb);
  Taker taker(kind, shape);
  const Found found = taker.take(bytes);
  if (found == Found::not_ours) return std::nullopt;
  if (found == Found::broken) return ShapeOutcome::broken;
  if (!shape.parts.empty()) return ShapeOutcome::taken;
  return taker.saw_other() ? ShapeOutcome::other_kind : ShapeOutcome::empty;
}

std::span<const std::byte> plain_positions(std::span<const std::byte> blob, GeometryKind kind) {
  constexpr std::size_t order_and_type = 5, count_bytes = 4, pair = 2 * sizeof(double);
  if constexpr (std::endian::native != std::endian::little) return {};
  const std::span<const std::byte> wkb = wkb_of(blob);
  if (wkb.size() < order_and_type + count_bytes || wkb[0] != std::byte{1} || flags_of(blob) & extended)
    return {};
  std::uint32_t type = 0, count = 1;
  std::memcpy(&type, wkb.data() + 1, sizeof(type));
  std::span<const std::byte> positions = wkb.subspan(order_and_type);
  if (type == wkb_line) {
    std::memcpy(&count, positions.data(), sizeof(count));
    positions = positions.subspan(count_bytes);
  }
  const bool wanted =
      (type == wkb_line && kind == GeometryKind::line) || (type == wkb_point && kind == GeometryKind::point);
  return wanted && positions.size() == count * pair ? positions : std::span<const std::byte>{};
}

}  // namespace xiangtu::io
