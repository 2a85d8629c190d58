#include "workspace/stats_cache.hpp"

#include <algorithm>
#include <utility>

#include "base/assets.hpp"
#include "base/text.hpp"
#include "base/version.hpp"
#include "io/workspace_file.hpp"

namespace xiangtu::workspace {

namespace {

// Everything that a result depends on besides the question: the sources, what says how they are to be
// understood, and the program itself.
std::optional<io::SourceIdentity> identity_of(const OpenOptions& options, std::time_t now) {
  const Result<io::SourceList> expanded = io::expand_sources(options.sources);
  if (!expanded) return std::nullopt;
  std::vector<std::string> files = expanded->paths;
  for (const std::string& source : options.sources)
    if (source.ends_with(".toml")) files.push_back(source);
  if (options.mapping_file) files.push_back(*options.mapping_file);
  std::optional<io::SourceIdentity> sources = io::identity_of(files, now);
  std::vector<std::string> own{"/proc/self/exe"};
  for (const char* name : {"fields.toml", "indicators.toml", "bulletin.toml"})
    own.push_back((assets_folder() / name).string());
  const std::optional<io::SourceIdentity> program = io::identity_of(own, now);
  if (!sources || !program) return std::nullopt;
  sources->text += program->text;
  return sources;
}

// What an entry takes at least.
std::uint64_t figure_bytes(const StatsResult& result) {
  return result.table.units.size() * result.table.columns.size() * sizeof(indicators::Sums);
}

}  // namespace

StatsCache::StatsCache(const OpenOptions& sources, bool wanted, std::time_t now) : sources_(sources) {
  if (!wanted) return;
  folder_ = io::CacheFolder::of_user();
  if (folder_) identity_ = identity_of(sources, now);
}

std::string StatsCache::key(const StatsOptions& options) const {
  std::string key{version()};
  const auto add = [&](std::string_view name, std::string_view value) {
    key += '\n';
    key += name;
    key += '=';
    key += value;
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
  if (entry.damaged || (entry.file && !result))
    remarks_.emplace_back("a damaged entry of the cache was thrown away; the figures are computed anew");
  return result;
}

void StatsCache::store(const StatsOptions& options, const StatsResult& result) const {
  if (!folder_ || !identity_ || !identity_->settled || figure_bytes(result) > io::CacheFolder::most_bytes / 2)
    return;
  const std::optional<io::SourceIdentity> now = identity_of(sources_, std::time(nullptr));
  if (now && now->text == identity_->text) folder_->store(key(options), encode(result));
}

std::vector<std::string> StatsCache::files() const {
  return identity_ ? identity_->files : std::vector<std::string>{};
}

}  // namespace xiangtu::workspace
