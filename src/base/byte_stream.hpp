// Values and arrays one after another in bytes, for files that only this program on this machine reads back.
// Arrays are aligned to eight bytes, so that they can be used where they lie.
#pragma once

#include <cstddef>
#include <cstdint>
#include <cstring>
#include <span>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>

namespace xiangtu {

class ByteWriter {
 public:
  template <class T>
  void put(const T& value) {
    static_assert(std::is_trivially_copyable_v<T>);
    bytes_.append(reinterpret_cast<const char*>(&value), sizeof(T));
  }
  template <class T>
  void array(std::span<const T> values) {
    static_assert(std::is_trivially_copyable_v<T>);
    put(static_cast<std::uint64_t>(values.size()));
    bytes_.resize((bytes_.size() + 7) / 8 * 8);
    bytes_.append(reinterpret_cast<const char*>(values.data()), values.size_bytes());
  }
  void text(std::string_view text) {
    put(static_cast<std::uint64_t>(text.size()));
    bytes_ += text;
  }
  const std::string& bytes() const { return bytes_; }
  std::string take() { return std::move(bytes_); }

 private:
  std::string bytes_;
};

// Never reads beyond its bytes: what is not there is zero or empty, and failed() says so.
class ByteReader {
 public:
  // The bytes begin at an address that is a multiple of eight, and outlive what is read.
  explicit ByteReader(std::span<const std::byte> bytes) : bytes_(bytes) {}

  bool failed() const { return failed_; }
  bool at_end() const { return at_ == bytes_.size(); }

  template <class T>
  T get() {
    T value{};
    if (const auto taken = take(sizeof(T)); !taken.empty()) std::memcpy(&value, taken.data(), sizeof(T));
    return value;
  }
  template <class T>
  std::span<const T> array() {
    static_assert(alignof(T) <= 8);
    const auto count = get<std::uint64_t>();
    take((8 - at_ % 8) % 8);
    if (failed_ || count > (bytes_.size() - at_) / sizeof(T)) {
      failed_ = true;
      return {};
    }
    const auto taken = take(count * sizeof(T));
    return {reinterpret_cast<const T*>(taken.data()), static_cast<std::size_t>(count)};
  }
  std::string_view text() {
    const auto taken = take(get<std::uint64_t>());
    return {reinterpret_cast<const char*>(taken.data()), taken.size()};
  }
  // How many items follow; 0 when there cannot be so many of at least a byte each.
  std::size_t count() {
    const auto items = get<std::uint64_t>();
    if (items <= bytes_.size() - at_) return static_cast<std::size_t>(items);
    failed_ = true;
    return 0;
  }

 private:
  std::span<const std::byte> take(std::uint64_t count) {
    if (failed_ || count > bytes_.size() - at_) {
      failed_ = true;
      return {};
    }
    const auto taken = bytes_.subspan(at_, static_cast<std::size_t>(count));
    at_ += static_cast<std::size_t>(count);
    return taken;
  }

  std::span<const std::byte> bytes_;
  std::size_t at_ = 0;
  bool failed_ = false;
};

}  // namespace xiangtu
