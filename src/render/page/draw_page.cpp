#include "render/page/draw_page.hpp"

#include <cairo-pdf.h>

#include "render/page/cairo_pen.hpp"
#include "render/page/pixel_pen.hpp"
#include "render/page/sheet_painter.hpp"
#include "render/page/svg_pen.hpp"

namespace xiangtu::render::page {

namespace {

constexpr double points_per_inch = 72;

// A settled scene on its sheet.
struct Subject {
  const scene::Scene& scene;
  const scene::MapSheet& sheet;
  const scene::Camera& camera;
  const text::Faces& faces;

  Status paint(Pen& pen, Progress& progress) const {
    const auto measure = [this](std::string_view utf8, double size) { return faces.measure(utf8, size); };
    return paint_sheet(scene, sheet, camera, measure, pen, progress);
  }
};

Result<std::string> svg(const Subject& subject, Progress& progress) {
  const scene::MapSheet& sheet = subject.sheet;
  SvgHead head{sheet.width, sheet.height, sheet.dpi, sheet.texts.title, sheet.texts.source, {}};
  for (std::size_t i = 0; i < subject.faces.count(); ++i) head.families.push_back(subject.faces.family(i));
  SvgPen pen{head};
  if (const Status painted = subject.paint(pen, progress); !painted) return painted.issue();
  return pen.finish();
}

cairo_status_t append(void* bytes, const unsigned char* data, unsigned int count) {
  static_cast<std::string*>(bytes)->append(reinterpret_cast<const char*>(data), count);
  return CAIRO_STATUS_SUCCESS;
}

Result<std::string> pdf(const Subject& subject, Progress& progress) {
  const scene::MapSheet& sheet = subject.sheet;
  const double points = points_per_inch / sheet.dpi;
  std::string bytes;
  const CairoSurface surface{
      cairo_pdf_surface_create_for_stream(append, &bytes, sheet.width * points, sheet.height * points)};
  cairo_pdf_surface_set_metadata(surface.get(), CAIRO_PDF_METADATA_TITLE, sheet.texts.title.c_str());
  cairo_pdf_surface_set_metadata(surface.get(), CAIRO_PDF_METADATA_SUBJECT, sheet.texts.source.c_str());
  cairo_pdf_surface_set_metadata(surface.get(), CAIRO_PDF_METADATA_CREATE_DATE, "");  // else the clock's
  {
    CairoPen pen{surface.get(), subject.faces, points, sheet.pixel_ratio()};
    if (const Status painted = subject.paint(pen, progress); !painted) return painted.issue();
  }
  cairo_surface_finish(surface.get());
  if (progress.stop_requested()) return cancelled_issue();
  if (const cairo_status_t status = cairo_surface_status(surface.get()); status != CAIRO_STATUS_SUCCESS)
    return Issue{IssueCode::output_unwritable,
                 "the page could not be drawn: {0}; draw a smaller part of the map",
                 cairo_status_to_string(status)};
  return bytes;
}

// cairo's pixels, which are opaque, as those of an image.
void swap_red_and_blue(scene::Image& image) {
  for (std::size_t i = 0; i < image.rgba.size(); i += 4) std::swap(image.rgba[i], image.rgba[i + 2]);
}

}  // namespace

Result<std::string> draw_page(scene::Scene& scene, const scene::MapSheet& sheet, PageFormat format,
                              const std::vector<text::FontFile>& fonts, Progress& progress) {
  if (const Status size = scene::check_size(sheet); !size) return size.issue();
  const Result<text::Faces> faces = text::Faces::open(fonts);
  if (!faces) return faces.issue();
  const scene::Camera camera = scene::camera_of(sheet, sheet.extent.value_or(scene.box()));
  scene.settle(camera, progress);
  if (progress.stop_requested()) return cancelled_issue();
  const Subject subject{scene, sheet, camera, *faces};
  return format == PageFormat::pdf ? pdf(subject, progress) : svg(subject, progress);
}

Result<scene::Image> draw_picture(scene::Scene& scene, const scene::MapSheet& sheet,
                                  const std::vector<text::FontFile>& fonts, Progress& progress) {
  if (const Status size = scene::check_size(sheet); !size) return size.issue();
  Result<text::Fonts> opened = text::Fonts::open(fonts);
  if (!opened) return opened.issue();
  const scene::Camera camera = scene::camera_of(sheet, sheet.extent.value_or(scene.box()));
  scene.settle(camera, progress);
  if (progress.stop_requested()) return cancelled_issue();
  scene::Image image{sheet.width, sheet.height, {}};
  image.rgba.resize(4 * static_cast<std::size_t>(sheet.width) * static_cast<std::size_t>(sheet.height));
  {
    const CairoSurface surface{cairo_image_surface_create_for_data(
        image.rgba.data(), CAIRO_FORMAT_ARGB32, sheet.width, sheet.height, 4 * sheet.width)};
    PixelPen pen{surface.get(), *opened, sheet.pixel_ratio()};
    const auto measure = [&](std::string_view utf8, double size) { return opened->measure(utf8, size); };
    if (const Status painted = paint_sheet(scene, sheet, camera, measure, pen, progress); !painted)
      return painted.issue();
  }
  swap_red_and_blue(image);
  return image;
}

}  // namespace xiangtu::render::page
