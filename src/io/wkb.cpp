#include "io/wkb.hpp"

#include <bit>
#include <cmath>
#include <cstring>

namespace xiangtu::io {

namespace {

using table::GeometryKind;

constexpr int deepest_nesting = 32;  // of collections in collections

enum BasicType : std::uint32_t {
  point = 1,
  line = 2,
  polygon = 3,
  multi_point = 4,
  multi_line = 5,
  multi_polygon = 6,
  collection = 7,
};

class Decoder {
 public:
  Decoder(std::span<const std::byte> bytes, GeometryKind kind, Shape& shape)
      : bytes_(bytes), kind_(kind), shape_(shape) {}

  ShapeOutcome run() {
    if (!geometry(0)) return curved_ ? ShapeOutcome::curved : ShapeOutcome::broken;
    if (!shape_.parts.empty()) return ShapeOutcome::taken;
    return saw_other_ ? ShapeOutcome::other_kind : ShapeOutcome::empty;
  }

 private:
  std::size_t left() const { return bytes_.size() - at_; }

  bool read_u32(std::uint32_t& value) {
    if (left() < 4) return false;
    std::memcpy(&value, bytes_.data() + at_, 4);
    at_ += 4;
    if (swap_) value = __builtin_bswap32(value);
    return true;
  }

  double read_double() {
    std::uint64_t bits;
    std::memcpy(&bits, bytes_.data() + at_, 8);
    at_ += 8;
    return std::bit_cast<double>(swap_ ? __builtin_bswap64(bits) : bits);
  }

  // Byte order, type and, in EWKB, the reference system's number.
  bool read_head(std::uint32_t& type, std::size_t& dimensions) {
    if (left() < 5) return false;
    const auto order = std::to_integer<std::uint8_t>(bytes_[at_++]);
    if (order > 1) return false;
    swap_ = (order == 1) != (std::endian::native == std::endian::little);
    std::uint32_t code = 0;
    if (!read_u32(code)) return false;
    const bool z = (code & 0x80000000u) != 0, m = (code & 0x40000000u) != 0;
    if ((code & 0x20000000u) != 0) {
      std::uint32_t ignored_srid = 0;
      if (!read_u32(ignored_srid)) return false;
    }
    code &= 0x1FFFFFFFu;
    if (code >= 4000) return false;
    type = code % 1000;
    constexpr std::size_t iso_dimensions[] = {2, 3, 3, 4};
    dimensions = iso_dimensions[code / 1000];
    if (code < 1000) dimensions += (z ? 1 : 0) + (m ? 1 : 0);
    return true;
  }

  bool wanted(GeometryKind kind) {
    if (kind == kind_) return true;
    saw_other_ = true;
    return false;
  }

  bool geometry(int depth) {
    if (depth > deepest_nesting) return false;
    std::uint32_t type = 0;
    std::size_t dimensions = 2;
    if (!read_head(type, dimensions)) return false;
    switch (type) {
      case point:
        return read_point(dimensions);
      case line:
        return read_line(dimensions);
      case polygon:
        return read_polygon(dimensions);
      case multi_point:
      case multi_line:
      case multi_polygon:
      case collection:
        return read_members(depth);
      default:
        curved_ = true;  // circular strings, surfaces … come after 7
        return false;
    }
  }

  bool read_members(int depth) {
    std::uint32_t count = 0;
    if (!read_u32(count) || count > left() / 5) return false;
    for (std::uint32_t i = 0; i < count; ++i) {
      const bool order = swap_;
      if (!geometry(depth + 1)) return false;
      swap_ = order;
    }
    return true;
  }

  bool read_vertices(std::uint32_t count, std::size_t dimensions, bool keep) {
    if (count > left() / (dimensions * 8)) return false;
    if (!keep) {
      at_ += std::size_t{count} * dimensions * 8;
      return true;
    }
    const std::size_t first = shape_.vertices.size();
    shape_.vertices.resize(first + count);
    if (dimensions == 2 && !swap_) {
      std::memcpy(static_cast<void*>(shape_.vertices.data() + first), bytes_.data() + at_,
                  std::size_t{count} * 16);
      at_ += std::size_t{count} * 16;
      return true;
    }
    const std::size_t skipped = (dimensions - 2) * 8;
    for (std::uint32_t i = 0; i < count; ++i) {
      shape_.vertices[first + i].lon = read_double();
      shape_.vertices[first + i].lat = read_double();
      at_ += skipped;
    }
    return true;
  }

  bool read_point(std::size_t dimensions) {
    const bool keep = wanted(GeometryKind::point);
    if (!read_vertices(1, dimensions, keep)) return false;
    if (!keep) return true;
    const geodesy::LonLat vertex = shape_.vertices.back();
    if (std::isnan(vertex.lon) && std::isnan(vertex.lat))
      shape_.vertices.pop_back();  // ISO's empty point
    else
      shape_.end_part();
    return true;
  }

  bool read_line(std::size_t dimensions) {
    std::uint32_t count = 0;
    const bool keep = wanted(GeometryKind::line);
    if (!read_u32(count) || !read_vertices(count, dimensions, keep)) return false;
    if (keep && count > 0) shape_.end_part();
    return true;
  }

  bool read_polygon(std::size_t dimensions) {
    std::uint32_t rings = 0;
    const bool keep = wanted(GeometryKind::polygon);
    if (!read_u32(rings) || rings > left() / 4) return false;
    for (std::uint32_t ring = 0; ring < rings; ++ring) {
      std::uint32_t count = 0;
      if (!read_u32(count) || !read_vertices(count, dimensions, keep)) return false;
      if (keep && count > 0) shape_.end_part(ring > 0);
    }
    return true;
  }

  std::span<const std::byte> bytes_;
  GeometryKind kind_;
  Shape& shape_;
  std::size_t at_ = 0;
  bool swap_ = false;
  bool curved_ = false;
  bool saw_other_ = false;
};

}  // namespace

ShapeOutcome decode_wkb(std::span<const std::byte> bytes, GeometryKind kind, Shape& shape) {
  shape.clear();
  return Decoder(bytes, kind, shape).run();
}

std::size_t geopackage_header_size(std::span<const std::byte> blob, bool& empty) {
  empty = false;
  if (blob.size() < 8 || blob[0] != std::byte{'G'} || blob[1] != std::byte{'P'}) return 0;
  const auto flags = std::to_integer<unsigned>(blob[3]);
  constexpr std::size_t envelope_bytes[] = {0, 32, 48, 48, 64};
  const unsigned envelope = (flags >> 1) & 7;
  if (envelope > 4) return 0;
  empty = (flags & 0x10) != 0;
  const std::size_t size = 8 + envelope_bytes[envelope];
  return size <= blob.size() ? size : 0;
}

}  // namespace xiangtu::io
