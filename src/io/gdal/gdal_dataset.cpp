#include "io/gdal/gdal_dataset.hpp"

#include <algorithm>
#include <atomic>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string_view>

#include <unicode/ucnv.h>

#include "io/connection_text.hpp"
#include "io/file_ending.hpp"
#include "io/gdal/gdal_layer.hpp"
#include "io/text_encoding.hpp"

namespace xiangtu::io {

namespace fs = std::filesystem;

namespace {

// Options by which a driver leaves texts as they are and the folder as it was.
CPLStringList options_for(std::string_view driver) {
  CPLStringList options;
  if (driver == "GPKG" || driver == "SQLite") options.SetNameValue("IMMUTABLE", "YES");
  if (driver == "CSV") {
    options.SetNameValue("AUTODETECT_TYPE", "NO");
    options.SetNameValue("EMPTY_STRING_AS_NULL", "YES");
  }
  if (driver == "GML") options.SetNameValue("WRITE_GFS", "NO");
  return options;
}

// GPS tracks in KML: GDAL's LIBKML driver (3.6) crashes on a track without times; the plain KML
// driver passes over them.
bool has_tracks(const std::string& path) {
  std::ifstream stream(path, std::ios::binary);
  std::string before, block(1 << 16, '\0');
  while (stream.read(block.data(), static_cast<std::streamsize>(block.size())) || stream.gcount() > 0) {
    before += std::string_view{block}.substr(0, static_cast<std::size_t>(stream.gcount()));
    if (before.find("Track") != std::string::npos) return true;
    before.erase(0, before.size() - std::min<std::size_t>(before.size(), 8));
  }
  return false;
}

Issue not_a_dataset(const std::string& path) {
  return {IssueCode::input_not_spatial, "{0} is no map dataset that can be read; give {1}", path,
          readable_formats};
}

bool known_encoding(const std::string& name) {
  UErrorCode error = U_ZERO_ERROR;
  UConverter* converter = ucnv_open(name.c_str(), &error);
  if (converter) ucnv_close(converter);
  return U_SUCCESS(error);
}

// Texts in the encoding that was found or wished for: a shapefile's by an option, a text file's by a
// decoded copy in memory.
Status settle_encoding(SourceFile& source, GdalSource& opened, CPLStringList& options) {
  const bool dbase = source.driver == "ESRI Shapefile", text = source.driver == "CSV";
  if (!dbase && !text) return {};
  if (source.encoding_given && !known_encoding(source.encoding))
    return Issue{
        IssueCode::input_bad_mapping,
        "{0}: the mapping names the encoding \"{1}\", which nobody knows; write one such as \"GB18030\" "
        "or \"UTF-8\"",
        source.path, source.encoding};
  if (!source.encoding_given)
    source.encoding = dbase ? encoding_of_dbf(source.path) : encoding_of_text_file(source.path);
  if (dbase && !source.encoding.empty()) options.SetNameValue("ENCODING", source.encoding.c_str());
  if (!text || source.encoding.empty() || source.encoding == "UTF-8") return {};
  std::ifstream stream(source.path, std::ios::binary);
  const std::string bytes{std::istreambuf_iterator<char>{stream}, {}};
  char* recoded = CPLRecode(bytes.c_str(), source.encoding.c_str(), CPL_ENC_UTF8);
  const std::string utf8 = recoded ? recoded : "";
  CPLFree(recoded);
  if (utf8.empty())
    return Issue{IssueCode::input_unreadable, "{0} cannot be decoded from {1}; save it as UTF-8", source.path,
                 source.encoding};
  opened.decoded = std::make_unique<MemoryFile>(fs::path{source.path}.filename().string(), utf8);
  return {};
}

const char* const* drivers_for(const SourceFile& source) {
  static const char* const plain_kml[] = {"KML", nullptr};
  const bool tracks =
      source.driver == "LIBKML" && ending_of(source.path) == ".kml" && has_tracks(source.path);
  return tracks ? plain_kml : nullptr;
}

}  // namespace

MemoryFile::MemoryFile(const std::string& name, std::string bytes) : bytes_(std::move(bytes)) {
  static std::atomic<unsigned> count{0};  // paths in memory are shared by the whole process
  path_ = "/vsimem/xiangtu_" + std::to_string(++count) + "/" + name;
  VSILFILE* file =
      VSIFileFromMemBuffer(path_.c_str(), reinterpret_cast<GByte*>(bytes_.data()), bytes_.size(), FALSE);
  if (file) VSIFCloseL(file);
}
MemoryFile::~MemoryFile() {
  VSIUnlink(path_.c_str());
}

Result<SourceFile> open_gdal_dataset(const std::string& given, const std::string& path,
                                     const std::string& encoding) {
  start_gdal();
  GdalMessages messages;
  constexpr unsigned flags = GDAL_OF_VECTOR | GDAL_OF_READONLY;
  SourceFile source;
  source.given = given;
  source.path = without_password(path);
  GDALDriverH driver = GDALIdentifyDriverEx(path.c_str(), GDAL_OF_VECTOR, nullptr, nullptr);
  if (!driver) return not_a_dataset(source.path);
  source.driver = GDALGetDriverShortName(driver);
  if (!is_connection_text(path)) source.stem = fs::path{path}.stem().string();
  source.encoding = encoding;
  source.encoding_given = !source.encoding.empty();
  const auto gdal = std::make_shared<GdalSource>();
  CPLStringList options = options_for(source.driver);
  if (Status status = settle_encoding(source, *gdal, options); !status) return status.issue();
  const std::string& opened = gdal->decoded ? gdal->decoded->path() : path;
  gdal->dataset.reset(GDALDataset::Open(opened.c_str(), flags, drivers_for(source), options.List(), nullptr));
  if (!gdal->dataset) {
    if (messages.text().empty()) return not_a_dataset(source.path);
    if (is_connection_text(path))
      return Issue{IssueCode::input_unreadable,
                   "{0} cannot be opened ({1}); check host, database, user and password", source.path,
                   messages.text()};
    return Issue{IssueCode::input_unreadable,
                 "{0} cannot be read ({1}); it may be damaged: copy it again, or give {2}", source.path,
                 messages.text(), readable_formats};
  }
  source.driver = gdal->dataset->GetDriverName();
  if (gdal->dataset->GetLayerCount() == 0)
    return Issue{IssueCode::input_not_spatial, "{0} holds no layer; give {1} with a layer in it", source.path,
                 readable_formats};
  for (int i = 0; i < gdal->dataset->GetLayerCount(); ++i)
    if (OGRLayer* layer = gdal->dataset->GetLayer(i))
      source.layers.push_back(make_gdal_layer(gdal, source.path, source.driver, *layer));
  return source;
}

}  // namespace xiangtu::io
