// The use cases that window and command line share: open sources, compute coverage.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "atlas/atlas.hpp"
#include "base/finding.hpp"
#include "base/progress.hpp"
#include "base/result.hpp"
#include "indicators/coverage.hpp"
#include "indicators/definitions.hpp"
#include "indicators/evaluation.hpp"
#include "indicators/parameters.hpp"
#include "io/dataset.hpp"
#include "io/workspace_file.hpp"
#include "report/provenance.hpp"

namespace xiangtu::workspace {

struct OpenOptions {
  std::vector<std::string> sources;  // datasets, or one .toml workspace
  std::optional<std::string> mapping_file;
  std::vector<std::string> definition_files{};  // indicators of the user's own, over the program's
  bool operator==(const OpenOptions&) const = default;
};

// Opened sources: what is in them and how it was understood. No rows are read yet.
class Workspace {
 public:
  enum class Figures : std::uint8_t { defined, none };
  // none: no figures will be asked for, and there are no definitions of any.
  static Result<Workspace> open(const OpenOptions& options, Progress& progress,
                                Figures figures = Figures::defined);

  const std::vector<io::LayerInfo>& layers() const { return dataset_.layers(); }
  const io::Schema& schema() const { return *schema_; }
  const std::vector<std::string>& sources() const { return list_.paths; }
  // Files of definitions of the user's own that were named or that workspace files name.
  const std::vector<std::string>& definition_files() const { return list_.definitions; }
  const io::Mapping& mapping() const { return list_.mapping; }
  // That a workspace file among the sources sets.
  const std::optional<indicators::Parameters>& parameters() const { return parameters_; }
  const indicators::Definitions& definitions() const { return *definitions_; }

  // Everything there is, for the window: all layers with all fields.
  Result<atlas::Atlas> read_all(Progress& progress) const;
  // What of a layer a picture needs: fields, and its geometry; of all rows or of those that a sieve lets
  // through.
  struct ToDraw {
    std::set<std::string> fields;
    std::optional<table::RowSieve> sieve;
  };
  using ToDrawOf = std::function<std::optional<ToDraw>(table::Role)>;  // none: not this layer
  enum class Units : std::uint8_t { none, placed };
  // There are no units but where they are asked for; then all rows of the layers of units are read, whatever
  // is to be drawn, and only these are placed. box: what is seen; other features outside may be left out.
  Result<atlas::Atlas> read_to_draw(const ToDrawOf& to_draw, Units units,
                                    const std::optional<geodesy::LonLatBox>& box, Progress& progress) const;
  // Of the layers that have positions.
  std::set<table::Role> drawn_roles() const;
  // Around all features of the layers of some roles, where the sources know it without reading them.
  std::optional<geodesy::LonLatBox> extent(const std::set<table::Role>& roles) const;
  // Only the layers and fields that the indicators need, placed for units down to a level. Where codes
  // tell the units of all rows and nothing is measured, geometry is not read, and a finding says that it was
  // not compared with the codes.
  // further_fields: also these, of any layer that is read.
  Result<atlas::Atlas> read_for(const std::vector<const indicators::Definition*>& indicators,
                                atlas::Level finest, Progress& progress,
                                const std::set<std::string>& further_fields = {}) const;
  // The same for layers and fields that are named.
  Result<atlas::Atlas> read_needed(const indicators::Needs& needs, atlas::Level finest,
                                   Progress& progress) const;

 private:
  // Whether there is a layer of the role with that canonical field; an empty field: the layer at all.
  bool has(table::Role role, std::string_view field) const;
  Workspace(io::Dataset dataset, std::shared_ptr<const io::Schema> schema,
            std::shared_ptr<const indicators::Definitions> definitions, io::SourceList list,
            std::optional<indicators::Parameters> parameters);

  io::Dataset dataset_;
  std::shared_ptr<const io::Schema> schema_;
  std::shared_ptr<const indicators::Definitions> definitions_;
  io::SourceList list_;
  std::optional<indicators::Parameters> parameters_;
};

struct StatsOptions {
  std::string set = "coverage";         // "coverage", "bulletin" …; ignored when ids are given
  std::vector<std::string> indicators;  // ids, or prefixes ending in ".*"
  std::vector<atlas::Level> levels{atlas::Level::county};  // the total is always there
  std::string where;                                       // only this unit and those below it; empty: all
  indicators::Parameters parameters;
};

// The thresholds as they are printed with a result: name and value.
std::vector<std::pair<std::string, std::string>> parameter_texts(const indicators::Parameters& parameters);

// Where an atlas came from and what was asked of it.
report::Provenance provenance_of(const Workspace& workspace, const atlas::Atlas& atlas,
                                 std::vector<std::pair<std::string, std::string>> parameters);

// The thresholds that workspace files set; none where they set none.
Result<std::optional<indicators::Parameters>> parameters_of(const io::SourceList& list);
Result<std::optional<indicators::Parameters>> saved_parameters(const OpenOptions& options);

// Writes a workspace file that opens the same sources in the same way; `map` is the part that says how the
// map is drawn, as TOML.
Status save(const Workspace& workspace, const indicators::Parameters& parameters, std::string_view map,
            const std::string& path);

// What `stats` shows. The table's units point into the atlas' hierarchy.
struct StatsResult {
  std::shared_ptr<const atlas::Atlas> atlas;
  indicators::CoverageTable table;
  std::vector<Finding> findings;  // of reading, placing and counting
  report::Provenance provenance;
};

Result<StatsResult> compute_stats(const Workspace& workspace, const StatsOptions& options,
                                  Progress& progress);
// On an atlas that is in memory already; the same figures to the bit.
Result<StatsResult> compute_stats(const Workspace& workspace, std::shared_ptr<const atlas::Atlas> atlas,
                                  const StatsOptions& options, Progress& progress);

}  // namespace xiangtu::workspace
