#include "base/collation.hpp"

#include <algorithm>
#include <atomic>
#include <memory>
#include <string>

#include <unicode/ucol.h>
#include <unicode/uiter.h>

#include "base/parallel.hpp"

namespace xiangtu {

namespace {

constexpr std::size_t grain = 4096;

struct CloseCollator {
  void operator()(UCollator* collator) const { ucol_close(collator); }
};
using Collator = std::unique_ptr<UCollator, CloseCollator>;

Collator open_collator() {
  UErrorCode error = U_ZERO_ERROR;
  Collator collator{ucol_open("zh@collation=pinyin", &error)};
  return U_SUCCESS(error) ? std::move(collator) : nullptr;
}

// Digits sort by bytes as they sort by any collation: codes need no sort keys.
bool only_digits(std::string_view text) {
  return std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
}

// Bytes that compare as the text collates.
std::string sort_key(const UCollator& collator, std::string_view text) {
  UCharIterator characters;
  uiter_setUTF8(&characters, text.data(), static_cast<std::int32_t>(text.size()));
  std::uint32_t state[2] = {0, 0};
  UErrorCode error = U_ZERO_ERROR;
  std::string key;
  std::uint8_t bytes[128];
  std::int32_t count = 0;
  do {
    count = ucol_nextSortKeyPart(&collator, &characters, state, bytes, sizeof bytes, &error);
    if (U_FAILURE(error)) return std::string{text};
    key.append(reinterpret_cast<const char*>(bytes), static_cast<std::size_t>(count));
  } while (count == sizeof bytes);
  return key;
}

}  // namespace

std::vector<std::uint32_t> collation_places(std::size_t count,
                                            const std::function<std::string(std::size_t)>& text_of,
                                            const Progress& progress) {
  std::vector<std::string> keys(count);
  std::atomic<bool> digits{true};
  parallel_for(count, grain, progress, [&](std::size_t begin, std::size_t end) {
    for (std::size_t i = begin; i < end; ++i) {
      keys[i] = text_of(i);
      if (!only_digits(keys[i])) digits = false;
    }
  });
  if (!digits && open_collator())
    parallel_for(count, grain, progress, [&](std::size_t begin, std::size_t end) {
      const Collator collator = open_collator();  // one for each thread that is at work
      for (std::size_t i = begin; collator && i < end; ++i) keys[i] = sort_key(*collator, keys[i]);
    });
  std::vector<std::uint32_t> order(count), places(count);
  for (std::size_t i = 0; i < count; ++i) order[i] = static_cast<std::uint32_t>(i);
  parallel_sort(order.begin(), order.end(), progress,
                [&](std::uint32_t a, std::uint32_t b) { return keys[a] < keys[b]; });
  std::uint32_t place = 0;
  for (std::size_t i = 0; i < count; ++i) {
    if (i > 0 && keys[order[i]] != keys[order[i - 1]]) ++place;
    places[order[i]] = place;
  }
  return places;
}

}  // namespace xiangtu
