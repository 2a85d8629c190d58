#include <catch2/catch.hpp>

#include "cli/program.hpp"

using namespace xiangtu::tests;

namespace {

// What bash offers for a command line whose last word is being typed.
std::string offered(const std::string& line) {
  const WorkFolder folder;
  const std::string script = "source '" + std::string(XIANGTU_SOURCE_DIR) +
                             "/assets/completion/xiangtu.bash'; COMP_WORDS=(" + line +
                             "); COMP_CWORD=$((${#COMP_WORDS[@]} - 1)); _xiangtu; echo \"${COMPREPLY[@]}\"";
  std::ofstream(folder / "script") << script;
  std::system(("bash '" + folder / "script" + "' >'" + folder / "out" + "' 2>/dev/null").c_str());
  return read_all(folder.path / "out");
}

}  // namespace

TEST_CASE("bash completes commands, options, values and indicators", "[cli]") {
  const std::string program = std::string(XIANGTU_BINARY_DIR) + "/xiangtu";
  CHECK(offered(program + " st") == "stats\n");
  CHECK(offered(program + " stats --find") == "--findings\n");
  CHECK(offered(program + " stats x.gpkg --by tow") == "township\n");
  CHECK(offered(program + " reach x.gpkg --attach n") == "node\n");
  CHECK(offered(program + " reach x.gpkg --to s") == "seat\n");
  CHECK(offered(program + " bridges x.gpkg --to b") == "both\n");
  CHECK(offered(program + " reach --close") == "--close-classes\n");
  CHECK(offered(program + " check x.gpkg --fail-on w") == "warning\n");
  CHECK(offered(program + " check --over") == "--over --overshoot-m\n");
  CHECK(offered(program + " map x.gpkg --indicator tap_") == "tap_household_rate\n");
}
