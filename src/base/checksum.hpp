// A checksum that finds damage, not malice; quick enough to run over everything that is read back.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>

namespace xiangtu {

// 64 bits over the bytes, the same on every machine of one byte order.
std::uint64_t checksum(std::span<const std::byte> bytes, std::uint64_t seed = 0);

}  // namespace xiangtu
