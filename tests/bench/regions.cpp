#include "regions.hpp"

#include <cstdio>
#include <string>
#include <system_error>

#include "process.hpp"

namespace xiangtu::bench {

namespace fs = std::filesystem;

Result<fs::path> region_of(std::uint64_t villages, const fs::path& program, const fs::path& folder) {
  const std::string number = std::to_string(villages);
  const fs::path region = folder / ("region-" + number + ".gpkg");
  if (fs::exists(region)) return region;
  const fs::path unfinished = folder / ("unfinished-" + number + ".gpkg");
  std::error_code error;
  fs::create_directories(folder, error);
  fs::remove(unfinished, error);
  std::fprintf(stderr, "making the region of %s villages once\n", number.c_str());
  const Result<Run> made =
      run({{program.string(), "synth", "--villages", number, "--seed", "1", "-q", "-o", unfinished.string()},
           {}});
  if (!made) return made.issue();
  fs::rename(unfinished, region, error);
  if (error)
    return Issue{IssueCode::output_unwritable,
                 "{0} cannot be renamed to {1} ({2}); look at the folder's rights", unfinished.string(),
                 region.string(), error.message()};
  std::fprintf(stderr, "made in %.1f s: %s, %.0f MB\n", made->cost.wall_s, region.c_str(),
               static_cast<double>(fs::file_size(region, error)) / 1e6);
  return region;
}

}  // namespace xiangtu::bench
