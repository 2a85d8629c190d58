#include "io/gdal/gdal_session.hpp"

#include <algorithm>
#include <filesystem>
#include <mutex>

#include "base/text.hpp"

namespace xiangtu::io {

namespace {

std::string one_line(const char* text) {
  std::string line = scrub_utf8(text ? text : "");
  std::replace(line.begin(), line.end(), '\n', ' ');
  while (!line.empty() && (line.back() == ' ' || line.back() == '.')) line.pop_back();
  return line;
}

}  // namespace

void start_gdal() {
  static std::once_flag once;
  std::call_once(once, [] {
    CPLSetErrorHandler(CPLQuietErrorHandler);
    for (const auto& [key, value] : {std::pair{"GDAL_PAM_ENABLED", "NO"},
                                     {"SHAPE_RESTORE_SHX", "NO"},
                                     {"GML_SKIP_RESOLVE_ELEMS", "ALL"},
                                     {"OGR_ORGANIZE_POLYGONS", "DEFAULT"},
                                     {"CPL_DEBUG", "OFF"}})
      CPLSetConfigOption(key, value);
    // A map service that does not answer is given up soon; the user's own settings go before.
    for (const auto& [key, value] : {std::pair{"GDAL_HTTP_CONNECTTIMEOUT", "5"}, {"GDAL_HTTP_TIMEOUT", "10"}})
      if (!CPLGetConfigOption(key, nullptr)) CPLSetConfigOption(key, value);
    // Large OSM extracts need a scratch file: never in the folder where the program happens to run.
    std::error_code error;
    const std::string scratch = std::filesystem::temp_directory_path(error).string();
    if (!error && !CPLGetConfigOption("CPL_TMPDIR", nullptr))
      CPLSetConfigOption("CPL_TMPDIR", scratch.c_str());
    GDALAllRegister();
  });
}

GdalMessages::GdalMessages() {
  CPLPushErrorHandlerEx(&GdalMessages::receive, this);
}
GdalMessages::~GdalMessages() {
  CPLPopErrorHandler();
  CPLErrorReset();
}

void GdalMessages::clear() {
  failures_ = 0;
  first_failure_.clear();
  last_warning_.clear();
}

void CPL_STDCALL GdalMessages::receive(CPLErr severity, CPLErrorNum, const char* text) {
  auto* self = static_cast<GdalMessages*>(CPLGetErrorHandlerUserData());
  if (severity == CE_Warning) self->last_warning_ = one_line(text);
  if (severity != CE_Failure && severity != CE_Fatal) return;
  ++self->failures_;
  if (self->failures_ == 1) self->first_failure_ = one_line(text);
}

}  // namespace xiangtu::io
