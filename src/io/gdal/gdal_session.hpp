// The border to GDAL: registration, ownership, and its messages turned into values. Nothing of this
// leaves src/io.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include <ogrsf_frmts.h>

namespace xiangtu::io {

struct GdalClose {
  void operator()(GDALDataset* dataset) const { GDALClose(dataset); }
};
using GdalDataset = std::unique_ptr<GDALDataset, GdalClose>;
using GdalFeature = OGRFeatureUniquePtr;

// Registers the drivers once for the process and keeps GDAL from writing beside the user's files
// and to standard error. Cheap afterwards, from any thread.
void start_gdal();

// Collects what GDAL says on this thread while it lives; nothing reaches standard error.
class GdalMessages {
 public:
  GdalMessages();
  ~GdalMessages();
  GdalMessages(const GdalMessages&) = delete;
  GdalMessages& operator=(const GdalMessages&) = delete;

  // Failures since the start or the last clear().
  std::size_t failures() const { return failures_; }
  // The first failure (the cause of those after it), else the last warning; empty when GDAL said
  // nothing. One line, UTF-8.
  const std::string& text() const { return failures_ ? first_failure_ : last_warning_; }
  void clear();

 private:
  static void CPL_STDCALL receive(CPLErr severity, CPLErrorNum number, const char* text);

  std::size_t failures_ = 0;
  std::string first_failure_, last_warning_;
};

}  // namespace xiangtu::io
