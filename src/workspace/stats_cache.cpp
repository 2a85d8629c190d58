#include "workspace/stats_cache.hpp"

#include <algorithm>
#include <filesystem>
#include <system_error>
#include <utility>

#include <fmt/format.h>

#include "base/assets.hpp"
#include "base/text.hpp"
#include "base/version.hpp"
#include "io/workspace_file.hpp"

namespace xiangtu::workspace {

namespace fs = std::filesystem;

namespace {

// Everything that a result depends on besides the question: the sources, what says how they are to be
// understood, and the program itself.
std::optional<io::SourceIdentity> identity_of(const OpenOptions& options, std::time_t now) {
  const Result<io::SourceList> expanded = io::expand_sources(options.sources);
  if (!expanded) return std::nullopt;
  std::vector<std::string> described;
  for (const std::string& source : options.sources)
    if (source.ends_with(".toml")) described.push_back(source);
  if (options.mapping_file) described.push_back(*options.mapping_file);
  for (const std::vector<std::string>* files : {&expanded->definitions, &options.definition_files})
    described.insert(described.end(), files->begin(), files->end());
  std::vector<std::string> own{"/proc/self/exe"};
  for (const char* name : {"xiangtu_gdal.so", "xiangtu_geos.so", "xiangtu_proj.so"}) {
    const fs::path module = modules_folder() / name;
    if (std::error_code error; fs::exists(module, error)) own.push_back(module.string());
  }
  for (const char* name : {"fields.toml", "indicators.toml", "bulletin.toml"})
    own.push_back((assets_folder() / name).string());
  std::optional<io::SourceIdentity> sources = io::identity_of(expanded->paths, now);
  const std::optional<io::SourceIdentity> description = io::identity_of_files(described, now);
  const std::optional<io::SourceIdentity> program = io::identity_of_files(own, now);
  if (!sources || !description || !program) return std::nullopt;
  sources->files.insert(sources->files.end(), description->files.begin(), description->files.end());
  sources->text += "description\n" + description->text + "program\n" + program->text;
  sources->settled = sources->settled && description->settled;
  return sources;
}

// What an entry takes at least.
std::uint64_t figure_bytes(const StatsResult& result) {
  return result.table.units.size() * result.table.columns.size() * sizeof(indicators::Sums);
}

// A datum shift depends on grids that are not among the files.
bool shifted(const StatsResult& result) {
  return std::any_of(result.findings.begin(), result.findings.end(),
                     [](const Finding& finding) { return finding.id.starts_with("crs."); });
}

}  // namespace

StatsCache::StatsCache(const OpenOptions& sources, bool wanted, std::time_t now) : sources_(sources) {
  if (!wanted) return;
  folder_ = io::CacheFolder::of_user();
  if (folder_) identity_ = identity_of(sources, now);
}

std::string StatsCache::key(const StatsOptions& options) const {
  std::string key{version()};
  // With its length, so that no text can pass for several.
  const auto add = [&](std::string_view name, std::string_view value) {
    key += fmt::format("\n{} {} {}", name, value.size(), value);
  };
  add("set", options.indicators.empty() ? options.set : "");
  for (const std::string& id : options.indicators) add("indicator", id);
  for (const atlas::Level level : options.levels)
    add("level", atlas::level_names[static_cast<std::size_t>(level)]);
  add("where", options.where);
  for (const auto& [name, value] : parameter_texts(options.parameters)) add(name, value);
  return key + '\n' + identity_->text;
}

std::optional<StatsResult> StatsCache::find(const StatsOptions& options) {
  if (!folder_ || !identity_) return std::nullopt;
  const io::CacheFolder::Entry entry = folder_->find(key(options));
  std::optional<StatsResult> result = entry.file ? decode(entry.payload, entry.file) : std::nullopt;
  if (entry.file && !result) folder_->discard(key(options));
  if (entry.damaged || (entry.file && !result))
    remarks_.emplace_back("a damaged entry of the cache was thrown away; the figures are computed anew");
  return result;
}

void StatsCache::store(const StatsOptions& options, const StatsResult& result,
                       const Progress& progress) const {
  if (progress.stop_requested() || shifted(result)) return;
  if (!folder_ || !identity_ || !identity_->settled || figure_bytes(result) > io::CacheFolder::most_bytes / 2)
    return;
  const std::optional<io::SourceIdentity> now = identity_of(sources_, std::time(nullptr));
  if (!now || now->text != identity_->text) return;
  const std::string bytes = encode(result);
  if (!progress.stop_requested()) folder_->store(key(options), bytes);
}

std::vector<std::string> StatsCache::files() const {
  return identity_ ? identity_->files : std::vector<std::string>{};
}

}  // namespace xiangtu::workspace
