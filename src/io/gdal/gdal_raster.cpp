#include "io/gdal/gdal_raster.hpp"

#include <condition_variable>
#include <functional>
#include <mutex>
#include <optional>
#include <thread>
#include <utility>
#include <vector>

#include "io/gdal/raster_reader.hpp"

namespace xiangtu::io {

namespace {

// GDAL cannot be interrupted while it waits for an answer from the network. Such work runs on a thread of its
// own, and a stop leaves it to end by itself: within the time limits of start_gdal, or with the process.
// `work` owns all it needs.
template <class T>
Result<T> interruptible(std::function<Result<T>()> work, const std::stop_token& stop) {
  struct Shared {
    std::mutex mutex;
    std::condition_variable_any done;
    std::optional<Result<T>> result;
  };
  const auto shared = std::make_shared<Shared>();
  std::thread([shared, work = std::move(work)]() mutable {
    Result<T> result = work();
    work = nullptr;  // what it owns goes before anyone hears of the end
    const std::lock_guard lock{shared->mutex};
    shared->result = std::move(result);
    shared->done.notify_all();
  }).detach();
  std::unique_lock lock{shared->mutex};
  if (!shared->done.wait(lock, stop, [&] { return shared->result.has_value(); })) return cancelled_issue();
  return std::move(*shared->result);
}

using Reader = std::shared_ptr<RasterReader>;

Result<Reader> open_reader(const std::string& path) {
  Result<std::unique_ptr<RasterReader>> reader = RasterReader::open(path);
  if (!reader) return reader.issue();
  return Reader{std::move(*reader)};
}

// A description of a service may ask it for its abilities as soon as it is opened.
bool may_wait(const std::string& path) {
  return path.ends_with(".xml") || path.ends_with(".XML");
}

class GdalRaster : public raster::Source {
 public:
  GdalRaster(std::string path, Reader first)
      : path_(std::move(path)),
        facts_(first->facts()),
        service_(first->is_service()),
        idle_{std::move(first)} {}

  const raster::SourceFacts& facts() const override { return facts_; }

  Result<raster::Image> picture(const raster::WebTile& tile, std::stop_token stop) override {
    return with_reader<raster::Image>(
        [tile](RasterReader& reader, const std::stop_token& asked) { return reader.picture(tile, asked); },
        stop);
  }
  Result<raster::Heights> heights(const raster::WebTile& tile, std::stop_token stop) override {
    return with_reader<raster::Heights>(
        [tile](RasterReader& reader, const std::stop_token& asked) { return reader.heights(tile, asked); },
        stop);
  }
  Result<raster::Reading> reading(geodesy::LonLat place, std::stop_token stop) override {
    return with_reader<raster::Reading>(
        [place](RasterReader& reader, const std::stop_token&) { return reader.reading(place); }, stop);
  }

 private:
  template <class T>
  using Task = std::function<Result<T>(RasterReader&, const std::stop_token&)>;

  template <class T>
  Result<T> with_reader(const Task<T>& task, const std::stop_token& stop) {
    Result<Reader> reader = borrow(stop);
    if (!reader) return reader.issue();
    Result<T> result = !service_
                           ? task(**reader, stop)
                           : interruptible<T>([reader = *reader, task] { return task(*reader, {}); }, stop);
    give_back(std::move(*reader));
    return result;
  }

  // One that nobody uses; a new one, up to as many as are worth while, else the next that is given back.
  Result<Reader> borrow(const std::stop_token& stop) {
    {
      std::unique_lock lock{mutex_};
      const auto may_go_on = [this] { return !idle_.empty() || readers_ < facts_.at_once; };
      if (!given_back_.wait(lock, stop, may_go_on)) return cancelled_issue();
      if (!idle_.empty()) {
        Reader reader = std::move(idle_.back());
        idle_.pop_back();
        return reader;
      }
      ++readers_;
    }
    Result<Reader> opened = interruptible<Reader>([path = path_] { return open_reader(path); }, stop);
    if (!opened) forget_one();
    return opened;
  }

  void give_back(Reader reader) {
    // Someone else still has it: it waits for the network for a caller who has gone.
    if (reader.use_count() > 1) return forget_one();
    const std::lock_guard lock{mutex_};
    idle_.push_back(std::move(reader));
    given_back_.notify_one();
  }

  void forget_one() {
    const std::lock_guard lock{mutex_};
    --readers_;
    given_back_.notify_one();
  }

  std::string path_;
  raster::SourceFacts facts_;
  bool service_;
  std::mutex mutex_;  // guards what follows
  std::condition_variable_any given_back_;
  std::vector<Reader> idle_;
  int readers_ = 1;
};

}  // namespace

Result<std::shared_ptr<raster::Source>> open_gdal_raster(const std::string& path, std::stop_token stop) {
  Result<Reader> reader =
      may_wait(path) ? interruptible<Reader>([path] { return open_reader(path); }, stop) : open_reader(path);
  if (!reader) return reader.issue();
  return std::shared_ptr<raster::Source>{std::make_shared<GdalRaster>(path, std::move(*reader))};
}

}  // namespace xiangtu::io
