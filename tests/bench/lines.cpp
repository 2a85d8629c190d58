#include "lines.hpp"

#include <fmt/format.h>

#include "growth.hpp"

namespace xiangtu::bench {

namespace {

std::string doubling(const Measurement* smaller, const Measurement& larger) {
  if (!smaller) return "";
  const double ratio = doubling_ratio({static_cast<double>(smaller->villages), smaller->cost.wall_s},
                                      {static_cast<double>(larger.villages), larger.cost.wall_s});
  return fmt::format("{:.2f}{}", ratio, ratio > most_doubling ? "!" : " ");
}

// Of small tasks the program itself is the most.
std::string memory(const Measurement& measured) {
  constexpr double most = 2.5, program_mb = 100;
  const bool too_much = measured.memory_ratio() > most && measured.cost.peak_mb > program_mb;
  return fmt::format("{:.1f}{}", measured.memory_ratio(), too_much ? "!" : " ");
}

std::string from_to(double before, double after, int decimals) {
  return fmt::format("{:.{}f} → {:.{}f}", before, decimals, after, decimals);
}

}  // namespace

std::string measured_heading() {
  return fmt::format("{:>9}  {:<4} {:>8} {:>8} {:>8} {:>8} {:>11} {:>8} {:>8} {:>9}  {}\n", "villages",
                     "task", "wall s", "CPU s", "peak MB", "x cells", "rows/s", "MB/s", "x floor", "doubling",
                     "what");
}

std::string measured_line(const Measurement& measured, const Measurement* smaller, std::string_view what) {
  const Cost& cost = measured.cost;
  return fmt::format("{:>9}  {:<4} {:>8.3f} {:>8.3f} {:>8.0f} {:>8} {:>11.0f} {:>8.1f} {:>8.1f} {:>9}  {}\n",
                     measured.villages, measured.task, cost.wall_s, cost.cpu_s, cost.peak_mb,
                     memory(measured), static_cast<double>(measured.rows) / cost.wall_s,
                     static_cast<double>(measured.bytes) / 1e6 / cost.wall_s, measured.floor_ratio(),
                     doubling(smaller, measured), what);
}

std::string change_heading() {
  return fmt::format("{:>9}  {:<4} {:>19} {:>7} {:>19} {:>15}\n", "villages", "task", "wall s", "ratio",
                     "CPU s", "peak MB");
}

std::string change_line(const Change& change) {
  const std::string start = fmt::format("{:>9}  {:<4} ", change.villages, change.task);
  if (!change.before) return start + "is not in the file that is compared with\n";
  if (!change.after) return start + "was not run this time\n";
  return start + fmt::format("{:>19} {:>7.2f} {:>19} {:>15}\n",
                             from_to(change.before->wall_s, change.after->wall_s, 3),
                             change.after->wall_s / change.before->wall_s,
                             from_to(change.before->cpu_s, change.after->cpu_s, 3),
                             from_to(change.before->peak_mb, change.after->peak_mb, 0));
}

}  // namespace xiangtu::bench
