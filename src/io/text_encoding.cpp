#include "io/text_encoding.hpp"

#include <cstdint>
#include <filesystem>
#include <fstream>

namespace xiangtu::io {

namespace fs = std::filesystem;

namespace {

constexpr std::size_t most_bytes = std::size_t{16} << 20;

std::uint8_t byte_at(std::string_view bytes, std::size_t i) {
  return static_cast<std::uint8_t>(bytes[i]);
}

// Bytes of the UTF-8 sequence that begins at i; 0 when none does.
std::size_t utf8_sequence(std::string_view bytes, std::size_t i) {
  const std::uint8_t lead = byte_at(bytes, i);
  const std::size_t length = lead >= 0xF0 && lead <= 0xF4  ? 4
                             : lead >= 0xE0 && lead < 0xF0 ? 3
                             : lead >= 0xC2 && lead < 0xE0 ? 2
                                                           : 0;
  if (length == 0 || i + length > bytes.size()) return 0;
  for (std::size_t k = 1; k < length; ++k)
    if ((byte_at(bytes, i + k) & 0xC0) != 0x80) return 0;
  return length;
}

bool is_utf8(std::string_view bytes) {
  std::size_t good = 0, bad = 0;
  for (std::size_t i = 0; i < bytes.size();) {
    if (byte_at(bytes, i) < 0x80) {
      ++i;
      continue;
    }
    const std::size_t length = utf8_sequence(bytes, i);
    ++(length > 0 ? good : bad);
    i += length > 0 ? length : 1;
  }
  return good > 0 && bad * 20 <= good;
}

// Most pairs are the hanzi of GB2312 (lead B0–F7, trail A1–FE). In Latin texts high bytes stand
// alone among letters.
bool is_gbk(std::string_view bytes) {
  std::size_t pairs = 0, typical = 0, bad = 0;
  for (std::size_t i = 0; i < bytes.size(); ++i) {
    const std::uint8_t lead = byte_at(bytes, i);
    if (lead < 0x80) continue;
    const std::uint8_t trail = i + 1 < bytes.size() ? byte_at(bytes, i + 1) : 0;
    const bool four = trail >= 0x30 && trail <= 0x39 && i + 3 < bytes.size() && byte_at(bytes, i + 2) >= 0x81;
    if (lead == 0x80 || lead == 0xFF || (!four && (trail < 0x40 || trail == 0x7F || trail == 0xFF))) {
      ++bad;
      continue;
    }
    ++pairs;
    if ((lead >= 0xB0 && lead <= 0xF7 && trail >= 0xA1) || (lead == 0xA3 && trail >= 0xA1)) ++typical;
    i += four ? 3 : 1;
  }
  return pairs > 0 && typical * 10 >= pairs * 7 && bad * 20 <= pairs;
}

std::string first_bytes(const fs::path& path) {
  std::ifstream stream(path, std::ios::binary);
  std::string bytes(most_bytes, '\0');
  stream.read(bytes.data(), static_cast<std::streamsize>(bytes.size()));
  bytes.resize(static_cast<std::size_t>(stream.gcount()));
  return bytes;
}

fs::path existing_sibling(fs::path path, const char* lower, const char* upper) {
  std::error_code error;
  for (const char* extension : {lower, upper})
    if (fs::exists(path.replace_extension(extension), error)) return path;
  return {};
}

// Names (11 bytes at each descriptor, up to a zero) and records, without the header's numbers.
std::string dbf_texts(const std::string& dbf) {
  if (dbf.size() < 32) return {};
  const std::size_t header = byte_at(dbf, 8) + std::size_t{byte_at(dbf, 9)} * 256;
  std::string texts;
  for (std::size_t at = 32; at + 32 <= header && at + 32 <= dbf.size() && dbf[at] != '\r'; at += 32) {
    const std::string_view name = std::string_view{dbf}.substr(at, 11);
    texts += name.substr(0, name.find('\0'));
    texts += ' ';
  }
  if (header < dbf.size()) texts += std::string_view{dbf}.substr(header);
  return texts;
}

}  // namespace

std::string encoding_of_bytes(std::string_view bytes) {
  if (is_utf8(bytes)) return "UTF-8";
  return is_gbk(bytes) ? "GB18030" : "";
}

std::string encoding_of_dbf(const std::string& path) {
  const fs::path dbf = existing_sibling(path, ".dbf", ".DBF");
  if (dbf.empty() || !existing_sibling(path, ".cpg", ".CPG").empty()) return {};
  const std::string bytes = first_bytes(dbf);
  if (bytes.size() < 32) return {};
  const std::uint8_t language = byte_at(bytes, 29);
  if (language != 0x57 && language != 0x00) return {};
  return encoding_of_bytes(dbf_texts(bytes));
}

std::string encoding_of_text_file(const std::string& path) {
  return encoding_of_bytes(first_bytes(path));
}

}  // namespace xiangtu::io
