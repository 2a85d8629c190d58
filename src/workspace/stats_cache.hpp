// Coverage tables that were computed before, kept in the user's cache folder: the same question of the same
// files, put to the same program with the same definitions, is answered without reading the sources.
#pragma once

#include <cstddef>
#include <ctime>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "base/message.hpp"
#include "io/cache_folder.hpp"
#include "io/source_identity.hpp"
#include "workspace/workspace.hpp"

namespace xiangtu::workspace {

class StatsCache {
 public:
  // Does nothing where the sources cannot be told from others, such as those in a database, and where it is
  // not wanted. Sources that were changed just before `now` are not trusted yet.
  StatsCache(const OpenOptions& sources, bool wanted, std::time_t now = std::time(nullptr));

  // The result has an atlas without layers: its hierarchy, table, findings and provenance are as computed.
  std::optional<StatsResult> find(const StatsOptions& options);
  // Kept only where the sources are still what they were when the cache was made.
  // Not after a requested stop; large answers, of some hundred MB, are not kept.
  void store(const StatsOptions& options, const StatsResult& result,
             const Progress& progress = Progress{}) const;

  // All files that belong to the sources, where that is known.
  std::vector<std::string> files() const;
  // What the user should know: that a damaged entry was thrown away.
  const std::vector<Message>& remarks() const { return remarks_; }

 private:
  std::string key(const StatsOptions& options) const;

  OpenOptions sources_;
  std::optional<io::CacheFolder> folder_;
  std::optional<io::SourceIdentity> identity_;  // of the sources, the program and its data files
  std::vector<Message> remarks_;
};

// A result as bytes, and back; nothing where the bytes are no result. `owner` keeps the bytes, which begin at
// a multiple of eight and are used where they lie.
std::string encode(const StatsResult& result);
std::optional<StatsResult> decode(std::span<const std::byte> bytes, std::shared_ptr<const void> owner);

}  // namespace xiangtu::workspace
