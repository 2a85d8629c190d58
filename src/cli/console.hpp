// The terminal: language, messages, progress, cancelling by Ctrl-C, results to standard output.
#pragma once

#include <functional>
#include <memory>
#include <span>
#include <stop_token>
#include <string>
#include <string_view>

#include "base/catalogue.hpp"
#include "base/finding.hpp"
#include "base/progress.hpp"
#include "base/result.hpp"

namespace xiangtu::cli {

class Console {
 public:
  Console(Catalogue catalogue, bool quiet);
  ~Console();
  Console(const Console&) = delete;

  const Catalogue& catalogue() const { return catalogue_; }
  bool quiet() const { return quiet_; }
  bool language_asked = false;  // by --lang
  // Columns of the terminal behind standard output; 100 where there is none.
  int width() const;

  // Work's progress: shown on standard error as a bar on a terminal, as one line a stage elsewhere,
  // not at all when quiet. Ctrl-C requests its stop.
  Progress& progress();
  // Takes the bar away, so that something else can be printed.
  void finish_progress();

  // One line on standard error, "xiangtu: …"; returns the exit status of the issue.
  int fail(const Issue& issue);
  void note(const Message& message);
  // What would take long to free piece by piece is left to the system, which takes it back when the program
  // ends.
  static void leave(std::shared_ptr<const void> what);
  // How many findings of which kind there are.
  void summarise(std::span<const Finding> findings);

 private:
  struct Display;
  Catalogue catalogue_;
  bool quiet_;
  std::unique_ptr<Display> display_;
};

// A standard stream that the caller closed would lend its number to the next file opened, and results
// would go into that file. Such a number is taken here, by something that refuses to be written.
void reserve_standard_streams();

}  // namespace xiangtu::cli
