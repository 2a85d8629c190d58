// One cell as the source has it, before anybody knows what it means; and the readings of a text that
// need no schema.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace xiangtu::io {

struct Cell {
  enum class Kind : std::uint8_t { missing, text, integer, real, date };
  Kind kind = Kind::missing;
  std::string_view text;     // text; a date as ISO 8601
  std::int64_t integer = 0;  // a date's year
  double real = 0;

  static Cell of(std::string_view text) { return {Kind::text, text, 0, 0}; }
  static Cell of(std::int64_t integer) { return {Kind::integer, {}, integer, 0}; }
  static Cell of(double real) { return {Kind::real, {}, 0, real}; }
};

// A code, always text. Numbers become their digits exactly: 610802001001, 610802001001.0 and
// 6.10802001001E+11 alike.
struct Code {
  std::string text;
  bool lost_digits = false;  // it was a number too large, or written with too few digits
};
Code code_of(double number);
Code code_of(std::string_view text);

// "2023-08-18", "2023/8/18", "2023.8", "20230818", "2023年8月18日" → ISO 8601, as long as is known:
// "2023-08". Nothing when it is no date of the Gregorian calendar. Years 1000–9999.
std::optional<std::string> iso_date(std::string_view text);

// The year of a date, also of those where nobody can tell the day from the month ("6/8/2017").
std::optional<int> year_of(std::string_view text);

// One value of a field of tags as GDAL's OSM driver writes it: "key"=>"value","key2"=>"value2".
std::optional<std::string> tag_value(std::string_view tags, std::string_view key);

}  // namespace xiangtu::io
