#include "cli/console.hpp"

#include <fcntl.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include <atomic>
#include <chrono>
#include <condition_variable>
#include <csignal>
#include <map>
#include <mutex>
#include <thread>

#include <fmt/format.h>

#include "base/text.hpp"

namespace xiangtu::cli {

namespace {

constexpr auto redraw_every = std::chrono::milliseconds(100);
constexpr int bar_cells = 24;
// The bar waits this long, so that quick work stays silent.
constexpr auto show_after = std::chrono::milliseconds(400);
// In a log only what takes long says where it is.
constexpr auto log_after = std::chrono::seconds(10);

// Set by the signal handler, polled by the display's thread: request_stop is not async-signal-safe.
volatile std::sig_atomic_t interrupted = 0;
void on_interrupt(int) {
  interrupted = 1;
}

void to_stderr(const std::string& text) {
  [[maybe_unused]] const auto written = ::write(STDERR_FILENO, text.data(), text.size());
}

}  // namespace

// Watches a Progress from its own thread.
struct Console::Display {
  Display(const Catalogue& texts, bool silent)
      : catalogue(texts),
        quiet(silent),
        is_terminal(::isatty(STDERR_FILENO) != 0),
        progress(source.get_token()) {
    std::signal(SIGINT, on_interrupt);
    std::signal(SIGTERM, on_interrupt);
    std::signal(SIGPIPE, SIG_IGN);
    thread = std::thread([this] { watch(); });
  }

  ~Display() {
    {
      const std::lock_guard lock(mutex);
      done = true;
    }
    wake.notify_all();
    thread.join();
  }

  void watch() {
    std::unique_lock lock(mutex);
    const auto start = std::chrono::steady_clock::now();
    while (!done) {
      wake.wait_for(lock, redraw_every, [this] { return done; });
      if (interrupted) source.request_stop();
      const auto silent_for = is_terminal ? std::chrono::milliseconds(show_after) : log_after;
      if (!done && !quiet && !hidden && std::chrono::steady_clock::now() - start > silent_for) draw();
    }
    clear();
  }

  void draw() {
    const std::string stage{catalogue(progress.stage())};
    if (stage.empty()) return;
    if (!is_terminal) {
      if (stage != last_stage) to_stderr(stage + "\n");
      last_stage = stage;
      return;
    }
    std::string line = "\r\x1b[K" + stage;
    if (const std::uint64_t total = progress.total(); total > 0) {
      const double share = std::min(1.0, static_cast<double>(progress.done()) / static_cast<double>(total));
      const int filled = static_cast<int>(share * bar_cells);
      line += " ";
      for (int i = 0; i < bar_cells; ++i) line += i < filled ? "█" : "░";
      line += fmt::format(" {:3.0f}%", share * 100);
    }
    to_stderr(line);
    drawn = true;
  }

  void clear() {
    if (drawn) to_stderr("\r\x1b[K");
    drawn = false;
  }

  const Catalogue& catalogue;
  bool quiet;
  bool is_terminal;
  std::stop_source source;
  Progress progress;
  std::mutex mutex;
  std::condition_variable wake;
  bool done = false, hidden = false, drawn = false;
  std::string last_stage;
  std::thread thread;
};

Console::Console(Catalogue catalogue, bool quiet)
    : catalogue_(std::move(catalogue)),
      quiet_(quiet),
      display_(std::make_unique<Display>(catalogue_, quiet)) {}

Console::~Console() = default;

int Console::width() const {
  winsize size{};
  if (::ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) == 0 && size.ws_col > 0) return size.ws_col;
  return 100;
}

Progress& Console::progress() {
  return display_->progress;
}

void Console::finish_progress() {
  const std::lock_guard lock(display_->mutex);
  display_->hidden = true;
  display_->clear();
}

int Console::fail(const Issue& issue) {
  finish_progress();
  to_stderr("xiangtu: " + issue.message.in(catalogue_) + "\n");
  return exit_status(issue.code);
}

void Console::note(const Message& message) {
  if (quiet_) return;
  finish_progress();
  to_stderr(message.in(catalogue_) + "\n");
}

void Console::leave(std::shared_ptr<const void> what) {
  static auto& left = *new std::vector<std::shared_ptr<const void>>;  // never destroyed
  left.push_back(std::move(what));
}

void Console::summarise(std::span<const Finding> findings) {
  if (quiet_ || findings.empty()) return;
  finish_progress();
  note(Message("Findings in the data (--findings FILE.csv lists every row):"));
  for (const Finding& finding : findings) {
    const std::string rows = finding.rows.empty() ? "" : std::to_string(finding.rows.size());
    std::string line = fmt::format("  {:>7}  {}: ", rows, finding.layer);
    if (!finding.field.empty()) line += finding.field + ": ";
    to_stderr(line + finding.message.in(catalogue_) + "\n");
  }
}

void reserve_standard_streams() {
  for (const int stream : {STDIN_FILENO, STDOUT_FILENO, STDERR_FILENO})
    if (::fcntl(stream, F_GETFD) < 0) ::open("/dev/null", O_RDONLY);  // takes the lowest free number
}

}  // namespace xiangtu::cli
