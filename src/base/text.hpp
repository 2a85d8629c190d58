// Text as the data has it: UTF-8, half- and full-width, any case. Nothing here depends on a locale.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace xiangtu {

// Without white space at both ends (ASCII and the ideographic space).
std::string_view trim(std::string_view text);

// For comparing names and aliases: compatibility-normalised (full-width to half-width), case-folded,
// trimmed, inner runs of space, '_' and '-' as one '_'. "Ｎame  ZH" and "name_zh" fold alike. The sign of a
// number stays: -1 is not 1.
std::string fold(std::string_view text);

// A whole text as a number: optional sign, digits, '.' decimals, exponent; surrounding space,
// full-width digits and thousands separators ("1,234") are accepted. NaN, infinity and text with
// anything else are not numbers.
std::optional<double> parse_number(std::string_view text);
std::optional<long long> parse_integer(std::string_view text);

// Shortest form with at most `decimals` digits after '.', no trailing zeros, never "-0".
std::string format_number(double number, int decimals);
// Exactly `decimals` digits after '.'.
std::string format_fixed(double number, int decimals);
// The shortest text that reads back to the same double.
std::string format_exact(double number);
void append_exact(std::string& text, double number);

// The digits of a number for reading: "1234567.5" → "1,234,567.5".
std::string with_thousands(std::string digits);

bool valid_utf8(std::string_view text);
// The characters of a UTF-8 text; U+FFFD for what is none.
std::u32string characters_of(std::string_view text);
// Invalid sequences become U+FFFD.
std::string scrub_utf8(std::string_view text);
// Columns on a terminal: East Asian wide characters count two.
int display_width(std::string_view utf8);

}  // namespace xiangtu
