#include "io/png_file.hpp"

#include <isa-l/igzip_lib.h>
#include <png.h>
#include <zlib.h>

#include <algorithm>
#include <cmath>
#include <csetjmp>
#include <cstring>
#include <memory>
#include <mutex>
#include <numeric>
#include <utility>
#include <vector>

#include "base/parallel.hpp"
#include "io/atomic_file.hpp"

namespace xiangtu::io {

namespace {

// Of ISA-L's levels the one for maps: a seventh larger than by zlib's usual 6, in a twelfth of the time.
constexpr std::uint32_t compression = 2;
constexpr std::size_t band_bytes = 1 << 20;  // of a picture that is there already
constexpr double metres_per_inch = 0.0254;

// PNG's filters (its specification, section 9) that are used here: what a map has is best left as it is,
// photographs and shaded heights are smaller as differences.
enum Filter : std::uint8_t { none = 0, to_the_left = 1 };

struct Format {
  std::size_t width, height, channels;
  std::uint32_t pixels_per_metre;

  std::size_t row_bytes() const { return 1 + width * channels; }
};

bool is_opaque(std::span<const std::uint8_t> rgba) {
  std::uint32_t all = ~0u;  // bits that every pixel has
  for (std::size_t i = 0; i < rgba.size(); i += 4) {
    std::uint32_t pixel = 0;
    std::memcpy(&pixel, &rgba[i], sizeof(pixel));
    all &= pixel;
  }
  std::uint8_t channels[4];
  std::memcpy(channels, &all, sizeof(all));
  return channels[3] == 255;
}

// Whether most pixels are like their neighbours, by a sample.
bool is_flat(std::span<const std::uint8_t> rgba) {
  constexpr std::size_t step = 4 * 61;
  std::size_t alike = 0, asked = 0;
  for (std::size_t i = 4; i + 4 <= rgba.size(); i += step, ++asked)
    alike += std::memcmp(&rgba[i], &rgba[i - 4], 4) == 0 ? 1 : 0;
  return 2 * alike >= asked;
}

// Some rows of the picture in the file: deflated by themselves, ending at a whole byte, so that what the
// bands have is one stream (RFC 1951) when it is written one after the other.
struct Band {
  std::size_t first_row = 0;
  std::string deflated;
  std::size_t size = 0;  // before
  unsigned long check = 0;
  bool done = false;
};

// A row behind the number of its filter. Writes a byte beyond it.
template <std::size_t channels>
void filter_row(std::span<const std::uint8_t> rgba, Filter filter, std::uint8_t* out) {
  const std::uint8_t* pixel = rgba.data();
  const std::uint8_t* const end = pixel + rgba.size();
  *out++ = filter;
  if (filter == Filter::none) {
    for (; pixel < end; pixel += 4, out += channels) std::memcpy(out, pixel, 4);
    return;
  }
  std::copy_n(pixel, channels, out);
  for (pixel += 4, out += channels; pixel < end; pixel += 4, out += channels)
    for (std::size_t channel = 0; channel < channels; ++channel)
      out[channel] = static_cast<std::uint8_t>(pixel[channel] - pixel[channel - 4]);
}

void deflate_rows(std::span<std::uint8_t> rows, bool last, Band& band) {
  const auto tables = std::make_unique_for_overwrite<std::uint8_t[]>(ISAL_DEF_LVL2_DEFAULT);
  const std::size_t room = rows.size() + rows.size() / 8 + 1024;  // noise grows by less
  const auto deflated = std::make_unique_for_overwrite<std::uint8_t[]>(room);
  const auto stream = std::make_unique<isal_zstream>();  // 100 KB and more
  isal_deflate_init(stream.get());
  stream->level = compression;
  stream->level_buf = tables.get();
  stream->level_buf_size = ISAL_DEF_LVL2_DEFAULT;
  stream->flush = last ? NO_FLUSH : SYNC_FLUSH;
  stream->end_of_stream = last ? 1 : 0;
  stream->next_in = rows.data();
  stream->avail_in = static_cast<std::uint32_t>(rows.size());
  stream->next_out = deflated.get();
  stream->avail_out = static_cast<std::uint32_t>(room);
  band.done = isal_deflate(stream.get()) == COMP_OK && stream->avail_in == 0 && stream->avail_out > 0;
  band.deflated.assign(reinterpret_cast<const char*>(deflated.get()), room - stream->avail_out);
}

Band band_of(const Format& format, std::size_t first_row, std::span<const std::uint8_t> rgba) {
  const std::size_t row_pixels = 4 * format.width, rows = rgba.size() / row_pixels;
  const auto filter_one = format.channels == 3 ? filter_row<3> : filter_row<4>;
  const Filter filter = is_flat(rgba) ? Filter::none : Filter::to_the_left;
  Band band;
  band.first_row = first_row;
  band.size = rows * format.row_bytes();
  const auto filtered = std::make_unique_for_overwrite<std::uint8_t[]>(band.size + 1);
  for (std::size_t row = 0; row < rows; ++row)
    filter_one(rgba.subspan(row * row_pixels, row_pixels), filter, filtered.get() + row * format.row_bytes());
  band.check = isal_adler32(1, filtered.get(), band.size);
  deflate_rows({filtered.get(), band.size}, first_row + rows == format.height, band);
  return band;
}

// The bands within zlib's head and check (RFC 1950).
void join(std::vector<Band>& bands) {
  constexpr std::string_view head("\x78\x5e", 2);
  unsigned long check = bands.front().check;
  for (std::size_t i = 1; i < bands.size(); ++i)
    check = adler32_combine(check, bands[i].check, static_cast<z_off_t>(bands[i].size));
  bands.front().deflated.insert(0, head);
  for (const int shift : {24, 16, 8, 0}) bands.back().deflated += static_cast<char>(check >> shift & 255);
}

void append(png_structp png, png_bytep bytes, std::size_t count) {
  static_cast<std::string*>(png_get_io_ptr(png))->append(reinterpret_cast<const char*>(bytes), count);
}

[[noreturn]] void fail(png_structp png, png_const_charp) {
  png_longjmp(png, 1);
}

// libpng leaves by longjmp when something fails: nothing here has a destructor.
bool encode(const Format& picture, const std::vector<Band>& bands, std::string& encoded) {
  png_structp png = png_create_write_struct(PNG_LIBPNG_VER_STRING, nullptr, fail, nullptr);
  png_infop info = png ? png_create_info_struct(png) : nullptr;
  if (!info || setjmp(png_jmpbuf(png))) {
    png_destroy_write_struct(&png, &info);
    return false;
  }
  const auto chunk = [&](const char* name, const std::string& bytes) {
    png_write_chunk(png, reinterpret_cast<png_const_bytep>(name),
                    reinterpret_cast<png_const_bytep>(bytes.data()), bytes.size());
  };
  encoded.reserve(
      std::accumulate(bands.begin(), bands.end(), std::size_t{1024},
                      [](std::size_t sum, const Band& band) { return sum + band.deflated.size(); }));
  png_set_write_fn(png, &encoded, append, nullptr);
  png_set_IHDR(png, info, static_cast<png_uint_32>(picture.width), static_cast<png_uint_32>(picture.height),
               8, picture.channels == 4 ? PNG_COLOR_TYPE_RGBA : PNG_COLOR_TYPE_RGB, PNG_INTERLACE_NONE,
               PNG_COMPRESSION_TYPE_DEFAULT, PNG_FILTER_TYPE_DEFAULT);
  png_set_pHYs(png, info, picture.pixels_per_metre, picture.pixels_per_metre, PNG_RESOLUTION_METER);
  png_write_info(png, info);
  for (const Band& band : bands) chunk("IDAT", band.deflated);
  png_write_chunk(png, reinterpret_cast<png_const_bytep>("IEND"), nullptr, 0);
  png_destroy_write_struct(&png, &info);
  return true;
}

}  // namespace

struct PngPicture::Impl {
  Format format;
  std::mutex mutex;
  std::vector<Band> bands;  // as they came
};

PngPicture::PngPicture(int width, int height, double dpi, bool opaque)
    : impl_(new Impl{{static_cast<std::size_t>(width), static_cast<std::size_t>(height),
                      opaque ? std::size_t{3} : std::size_t{4},
                      static_cast<std::uint32_t>(std::lround(dpi / metres_per_inch))},
                     {},
                     {}}) {}

PngPicture::~PngPicture() = default;
PngPicture::PngPicture(PngPicture&&) noexcept = default;
PngPicture& PngPicture::operator=(PngPicture&&) noexcept = default;

void PngPicture::add(int first_row, std::span<const std::uint8_t> rgba) {
  Band band = band_of(impl_->format, static_cast<std::size_t>(first_row), rgba);
  const std::lock_guard lock{impl_->mutex};
  impl_->bands.push_back(std::move(band));
}

Status PngPicture::write(const std::string& path, const Progress& progress) const {
  std::vector<Band> bands = impl_->bands;
  std::sort(bands.begin(), bands.end(),
            [](const Band& a, const Band& b) { return a.first_row < b.first_row; });
  const bool whole = std::all_of(bands.begin(), bands.end(), [](const Band& band) { return band.done; });
  std::string encoded;
  if (whole) join(bands);
  if (!whole || !encode(impl_->format, bands, encoded))
    return Issue{IssueCode::output_unwritable,
                 "{0} cannot be written: {1}; choose another place or make room", path,
                 "the picture could not be encoded"};
  return write_file(path, encoded, progress.stop_token());
}

Status write_png(const std::string& path, std::span<const std::uint8_t> rgba, int width, int height,
                 double dpi, const Progress& progress) {
  PngPicture picture{width, height, dpi, is_opaque(rgba)};
  const std::size_t row = 4 * static_cast<std::size_t>(width), rows = static_cast<std::size_t>(height);
  const std::size_t rows_per_band = std::max<std::size_t>(band_bytes / row, 1);
  const std::size_t bands = (rows + rows_per_band - 1) / rows_per_band;
  parallel_for(bands, 1, progress, [&](std::size_t begin, std::size_t end) {
    for (std::size_t i = begin; i < end; ++i) {
      const std::size_t first = i * rows_per_band, count = std::min(rows_per_band, rows - first);
      picture.add(static_cast<int>(first), rgba.subspan(first * row, count * row));
    }
  });
  if (progress.stop_requested()) return cancelled_issue();
  return picture.write(path, progress);
}

}  // namespace xiangtu::io
