#include "render/page/draw_page.hpp"

#include <cairo-pdf.h>

#include <algorithm>
#include <atomic>
#include <span>
#include <utility>
#include <vector>

#include "base/parallel.hpp"
#include "render/page/cairo_pen.hpp"
#include "render/page/pixel_pen.hpp"
#include "render/page/sheet_painter.hpp"
#include "render/page/svg_pen.hpp"

namespace xiangtu::render::page {

namespace {

constexpr double points_per_inch = 72;
// Rows of a picture that one thread paints at a time: their pixels stay near the processor. The last ones are
// fewer, so that no thread waits long for another.
constexpr int most_rows = 160, fewest_rows = 48, parts_of_what_is_left = 5;

// A settled scene on its sheet.
struct Subject {
  const scene::Scene& scene;
  const scene::MapSheet& sheet;
  const scene::Camera& camera;
  const text::Faces& faces;

  Status paint(Pen& pen, Progress& progress) const {
    const SheetContent content = content_of(scene, sheet, camera, [this](std::string_view utf8, double size) {
      return faces.measure(utf8, size);
    });
    progress.begin("Drawing", content.drawings.size());
    return page::paint(content, {0, 0, static_cast<double>(sheet.width), static_cast<double>(sheet.height)},
                       pen, progress);
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
void swap_red_and_blue(std::span<std::uint32_t> pixels) {
  for (std::uint32_t& pixel : pixels)
    pixel = (pixel & 0xff00ff00) | (pixel >> 16 & 0xff) | (pixel & 0xff) << 16;
}

// Rows of a picture, one below the other, that are painted side by side: the same ones whatever the number of
// threads, so that the picture is the same too.
class Strips {
 public:
  Strips(const SheetContent& content, const TakeRows& take)
      : content_(content), take_(take), width_(content.sheet.width) {
    for (int top = 0, height = content.sheet.height; top < height;) {
      tops_.push_back(top);
      const int rows = std::clamp((height - top) / parts_of_what_is_left, fewest_rows, most_rows);
      top = std::min(top + rows, height);
    }
    tops_.push_back(content.sheet.height);
  }

  Status paint(const std::vector<text::FontFile>& fonts, text::Fonts opened, Progress& progress) {
    progress.begin("Drawing", content_.drawings.size() * count());
    const std::size_t painters = std::min(thread_count(), count());
    std::vector<Status> done(painters);
    parallel_for(painters, 1, progress, [&](std::size_t begin, std::size_t end) {
      for (std::size_t i = begin; i < end; ++i) {
        Result<text::Fonts> own = i == 0 ? std::move(opened) : text::Fonts::open(fonts);
        done[i] = own ? paint_what_is_left({std::move(*own)}, progress) : own.issue();
      }
    });
    if (progress.stop_requested()) return cancelled_issue();
    const auto failed = std::find_if(done.begin(), done.end(), [](const Status& status) { return !status; });
    return failed == done.end() ? Status{} : *failed;
  }

 private:
  Status paint_what_is_left(PixelTools tools, Progress& progress) {
    std::vector<std::uint32_t> pixels;
    Status status;
    for (std::size_t strip = next_++; strip < count() && status; strip = next_++)
      status = paint_strip(strip, pixels, tools, progress);
    return status;
  }

  std::size_t count() const { return tops_.size() - 1; }

  Status paint_strip(std::size_t strip, std::vector<std::uint32_t>& pixels, PixelTools& tools,
                     Progress& progress) {
    const int top = tops_[strip], bottom = tops_[strip + 1];
    pixels.assign(static_cast<std::size_t>(width_) * static_cast<std::size_t>(bottom - top), 0);
    {
      const CairoSurface surface{
          cairo_image_surface_create_for_data(reinterpret_cast<unsigned char*>(pixels.data()),
                                              CAIRO_FORMAT_ARGB32, width_, bottom - top, 4 * width_)};
      cairo_surface_set_device_offset(surface.get(), 0, -top);
      PixelPen pen{surface.get(), {0, top, width_, bottom}, tools, content_.sheet.pixel_ratio()};
      const scene::Rect part{0, static_cast<double>(top), static_cast<double>(width_),
                             static_cast<double>(bottom - top)};
      if (const Status painted = page::paint(content_, part, pen, progress); !painted) return painted;
    }
    swap_red_and_blue(pixels);
    take_(top, {reinterpret_cast<const std::uint8_t*>(pixels.data()), 4 * pixels.size()});
    return {};
  }

  const SheetContent& content_;
  const TakeRows& take_;
  const int width_;
  std::vector<int> tops_;  // and where the last one ends
  std::atomic<std::size_t> next_{0};
};

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

Status draw_picture(scene::Scene& scene, const scene::MapSheet& sheet,
                    const std::vector<text::FontFile>& fonts, const TakeRows& take, Progress& progress) {
  if (const Status size = scene::check_size(sheet); !size) return size;
  Result<text::Fonts> opened = text::Fonts::open(fonts);
  if (!opened) return opened.issue();
  const scene::Camera camera = scene::camera_of(sheet, sheet.extent.value_or(scene.box()));
  scene.settle(camera, progress);
  if (progress.stop_requested()) return cancelled_issue();
  const SheetContent content = content_of(
      scene, sheet, camera, [&](std::string_view utf8, double size) { return opened->measure(utf8, size); });
  return Strips{content, take}.paint(fonts, std::move(*opened), progress);
}

Result<scene::Image> draw_picture(scene::Scene& scene, const scene::MapSheet& sheet,
                                  const std::vector<text::FontFile>& fonts, Progress& progress) {
  scene::Image image{sheet.width, sheet.height, {}};
  const std::size_t row = 4 * static_cast<std::size_t>(sheet.width);
  const auto take = [&](int first_row, std::span<const std::uint8_t> rgba) {
    std::copy(rgba.begin(), rgba.end(),
              image.rgba.begin() + static_cast<std::ptrdiff_t>(row * static_cast<std::size_t>(first_row)));
  };
  if (const Status size = scene::check_size(sheet); !size) return size.issue();
  image.rgba.resize(row * static_cast<std::size_t>(sheet.height));
  if (const Status drawn = draw_picture(scene, sheet, fonts, take, progress); !drawn) return drawn.issue();
  return image;
}

}  // namespace xiangtu::render::page
