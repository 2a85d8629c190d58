#include "render/text/system_fonts.hpp"

#include <cstdlib>
#include <filesystem>
#include <fstream>

#include <catch2/catch.hpp>

#include "render/test_fonts.hpp"
#include "support/scratch_folder.hpp"

using namespace xiangtu;
using namespace xiangtu::render;

namespace {

// As if the system had the fonts of one folder and no other.
class SystemWith {
 public:
  explicit SystemWith(const std::string& folder) {
    std::ofstream(scratch_.file("fonts.conf"))
        << "<?xml version=\"1.0\"?><!DOCTYPE fontconfig SYSTEM \"fonts.dtd\"><fontconfig><dir>" << folder
        << "</dir><cachedir>" << scratch_.file("cache") << "</cachedir></fontconfig>";
    setenv("FONTCONFIG_FILE", scratch_.file("fonts.conf").c_str(), 1);
  }
  ~SystemWith() { unsetenv("FONTCONFIG_FILE"); }

 private:
  test::ScratchFolder scratch_;
};

}  // namespace

TEST_CASE("what no font of the system has is known, and said with what to install") {
  const std::string chinese = std::filesystem::path{test::test_fonts().front().path}.parent_path().string();
  const SystemWith system{chinese};
  const text::FontCatalogue catalogue;
  const text::FontChoice known = catalogue.choose("榆林 G65 ①");
  REQUIRE_FALSE(known.files.empty());
  CHECK(known.missing.empty());
  CHECK_FALSE(text::remark_on(known));

  // A character of the plane for private use, which no font may have; spaces and broken bytes are none.
  const text::FontChoice rare = catalogue.choose("榆\U0010FFF0 \u3000\u200B\xFF");
  CHECK(rare.missing == "\U0010FFF0");
  const auto remark = text::remark_on(rare);
  REQUIRE(remark);
  CHECK_THAT(remark->english(), Catch::Contains("has 1 of the characters") && Catch::Contains("\U0010FFF0") &&
                                    Catch::Contains("fonts-wqy-microhei"));
}

TEST_CASE("a system without fonts is said") {
  const test::ScratchFolder empty;
  const SystemWith system{empty.path()};
  const text::FontChoice choice = text::FontCatalogue{}.choose("Yulin");
  CHECK(choice.files.empty());
  const auto remark = text::remark_on(choice);
  REQUIRE(remark);
  CHECK_THAT(remark->english(), Catch::Contains("no font on this system"));
}
