// What is read for a question: no more than can change its figures, and the same figures as from all of it.
#include <algorithm>
#include <catch2/catch.hpp>

#include "io/atomic_file.hpp"
#include "support/scratch_folder.hpp"
#include "workspace/workspace.hpp"

using namespace xiangtu;
using namespace xiangtu::workspace;

namespace {

struct Opened {
  Progress progress;
  Workspace workspace = *Workspace::open({{XIANGTU_SOURCE_DIR "/geodata/yulin.gpkg"}, {}}, progress);
};

const Finding* find(const std::vector<Finding>& findings, std::string_view id) {
  const auto found = std::find_if(findings.begin(), findings.end(),
                                  [&](const Finding& finding) { return finding.id == id; });
  return found == findings.end() ? nullptr : &*found;
}

StatsOptions asking(std::vector<std::string> indicators) {
  StatsOptions options;
  options.indicators = std::move(indicators);
  options.levels = {atlas::Level::county, atlas::Level::township};
  return options;
}

}  // namespace

TEST_CASE("figures that need no positions say that none were compared", "[workspace]") {
  Opened opened;
  const auto few = compute_stats(opened.workspace, asking({"tap_household_rate"}), opened.progress);
  REQUIRE(few);
  CHECK_FALSE(few->atlas->layer(table::Role::admin_villages)->table.has_geometry());
  REQUIRE(find(few->findings, "place.unread"));
  CHECK(find(few->findings, "place.unread")->layer == "admin_villages");

  const auto near = compute_stats(opened.workspace, asking({"near_hardened_village_rate"}), opened.progress);
  REQUIRE(near);
  CHECK(near->atlas->layer(table::Role::natural_villages)->table.has_geometry());
}

TEST_CASE("figures from what a question needs are those from all that is there", "[workspace]") {
  Opened opened;
  auto all = opened.workspace.read_all(opened.progress);
  REQUIRE(all);
  const auto atlas = std::make_shared<const atlas::Atlas>(std::move(*all));
  for (const char* indicator : {"tap_household_rate", "near_hardened_village_rate", "hardened_km"}) {
    INFO(indicator);
    const StatsOptions options = asking({indicator});
    const auto few = compute_stats(opened.workspace, options, opened.progress);
    const auto whole = compute_stats(opened.workspace, atlas, options, opened.progress);
    REQUIRE((few && whole));
    REQUIRE(few->table.units.size() == whole->table.units.size());
    for (std::size_t row = 0; row < few->table.units.size(); ++row) {
      const auto a = few->table.figure(row, 0), b = whole->table.figure(row, 0);
      CHECK(a.value == b.value);
      CHECK(a.low == b.low);
      CHECK(a.high == b.high);
    }
  }
  CHECK_FALSE(find(atlas->findings, "place.unread"));
}

TEST_CASE("for a picture only its layers and what their styles ask for are read", "[workspace]") {
  Opened opened;
  const auto to_draw = [](table::Role role) -> std::optional<Workspace::ToDraw> {
    if (role == table::Role::roads) return Workspace::ToDraw{{"class", "name"}, std::nullopt};
    return std::nullopt;
  };
  const auto drawn =
      opened.workspace.read_to_draw(to_draw, Workspace::Units::none, std::nullopt, opened.progress);
  REQUIRE(drawn);
  REQUIRE(drawn->layers.size() == 1);
  const table::FeatureTable& roads = drawn->layers[0].table;
  CHECK(roads.has_geometry());
  CHECK(roads.find("class"));
  CHECK_FALSE(roads.find("surface"));
  CHECK(drawn->hierarchy.size() == 1);
  auto all = opened.workspace.read_all(opened.progress);
  REQUIRE(all);
  CHECK(roads.size() == all->layer(table::Role::roads)->table.size());
}

TEST_CASE("for a picture with a unit the layers of units are read whole, and of the others what is in view",
          "[workspace]") {
  Opened opened;
  const auto to_draw = [](table::Role role) -> std::optional<Workspace::ToDraw> {
    if (role == table::Role::townships) return std::nullopt;
    return Workspace::ToDraw{{"name"}, std::nullopt};
  };
  const geodesy::LonLatBox part{{109.7, 38.2}, {109.9, 38.4}};
  const auto read = [&](Workspace::Units units) {
    auto atlas = opened.workspace.read_to_draw(to_draw, units, part, opened.progress);
    REQUIRE(atlas);
    return std::move(*atlas);
  };
  const atlas::Atlas placed = read(Workspace::Units::placed), none = read(Workspace::Units::none);
  const UnitIx county = placed.hierarchy.find("610802"), township = placed.hierarchy.find("610802001");
  REQUIRE((county.exists() && township.exists()));
  CHECK(placed.hierarchy[township].parent == county);
  CHECK(placed.rows_that_are(county).rows.size() == 1);
  CHECK(placed.rows_that_are(township).rows.size() == 1);
  for (const table::Role role : {table::Role::roads, table::Role::bridges, table::Role::natural_villages})
    CHECK(placed.layer(role)->table.row_ids == none.layer(role)->table.row_ids);
  CHECK(placed.layer(table::Role::counties)->table.size() == 12);
}

TEST_CASE("for a picture of a small part what lies outside is left out, and nothing that is in it",
          "[workspace]") {
  Opened opened;
  const auto to_draw = [](table::Role role) -> std::optional<Workspace::ToDraw> {
    if (role == table::Role::roads || role == table::Role::bridges)
      return Workspace::ToDraw{{"name"}, std::nullopt};
    return std::nullopt;
  };
  const geodesy::LonLatBox part{{109.7, 38.2}, {109.9, 38.4}};
  const auto read = [&](const std::optional<geodesy::LonLatBox>& box) {
    auto atlas = opened.workspace.read_to_draw(to_draw, Workspace::Units::none, box, opened.progress);
    REQUIRE(atlas);
    return std::move(*atlas);
  };
  const atlas::Atlas all = read(std::nullopt), some = read(part), nothing = read({{{0, 0}, {1, 1}}});
  for (const table::Role role : {table::Role::roads, table::Role::bridges}) {
    const table::FeatureTable &whole = all.layer(role)->table, &near = some.layer(role)->table;
    std::vector<std::int64_t> inside;
    for (std::size_t row = 0; row < whole.size(); ++row)
      if (whole.geometry.box_of(row).intersects(part)) inside.push_back(whole.row_ids[row]);
    REQUIRE_FALSE(inside.empty());
    CHECK(std::includes(near.row_ids.begin(), near.row_ids.end(), inside.begin(), inside.end()));
    CHECK(near.size() < inside.size() + 20);  // the index has boxes of lower precision
    CHECK(nothing.layer(role)->table.size() == 0);
  }
  const auto said = [](const Finding& finding) { return finding.id == "rows.count"; };
  CHECK(std::none_of(some.findings.begin(), some.findings.end(), said));
}

TEST_CASE("a saved workspace lists the same sources, mappings and thresholds", "[workspace]") {
  const test::ScratchFolder folder;
  std::filesystem::create_directory(folder.file("data"));
  std::filesystem::copy_file(XIANGTU_SOURCE_DIR "/geodata/yulin.gpkg", folder.file("data/yulin.gpkg"));
  const std::string mapping = R"(
[[layer]]
layer = "roads"
role = "roads"
filter = "class = \"G\" OR class = 'S'"
[layer.fields]
width_m = "width_m"
[layer.constants]
surface = "cement_concrete"
[layer.values.class]
"a b" = "G"
[[layer]]
source = "yulin.gpkg"
layer = "bridges"
role = "ignore"
)";
  REQUIRE(io::write_file(folder.file("mapping.toml"), mapping));
  Progress progress;
  const auto opened =
      Workspace::open({{folder.file("data/yulin.gpkg")}, folder.file("mapping.toml")}, progress);
  if (!opened) FAIL(opened.issue().message.english());
  indicators::Parameters parameters;
  parameters.reach_m = 250.5;
  parameters.include_communities = true;
  const std::string path = folder.file("saved.toml");
  REQUIRE(save(*opened, parameters, "\n[map]\ncoloured = false\n", path));
  // Moved with its data it still finds them.
  CHECK_THAT(*io::read_file(path), Catch::Contains("sources = [\"data/yulin.gpkg\"]"));
  const auto again = Workspace::open({{path}, {}}, progress);
  if (!again) FAIL(again.issue().message.english());
  CHECK(again->parameters() == parameters);
  REQUIRE(again->sources().size() == 1);
  CHECK(std::filesystem::equivalent(again->sources()[0], folder.file("data/yulin.gpkg")));
  REQUIRE(again->mapping().size() == 2);
  const io::LayerMapping &ours = opened->mapping()[0], &theirs = again->mapping()[0];
  CHECK(theirs.layer == ours.layer);
  CHECK(theirs.role == ours.role);
  CHECK(theirs.filter == ours.filter);
  CHECK(theirs.fields == ours.fields);
  CHECK(theirs.constants == ours.constants);
  CHECK(theirs.values == ours.values);
  CHECK(again->mapping()[1].ignore);
  CHECK(again->mapping()[1].source == "yulin.gpkg");
  CHECK(*saved_parameters({{path}, {}}) == parameters);
}

TEST_CASE("a threshold that is none is refused with its place", "[workspace]") {
  const test::ScratchFolder folder;
  const std::string path = folder.file("bad.toml");
  const auto message = [&](const std::string& parameters) {
    REQUIRE(io::write_file(path, "sources = [\"x.gpkg\"]\n[parameters]\n" + parameters + "\n"));
    const auto saved = saved_parameters({{path}, {}});
    REQUIRE_FALSE(saved.ok());
    return saved.issue().message.english();
  };
  CHECK_THAT(message("reach = 300"), Catch::Contains("bad.toml, line 3") && Catch::Contains("reach"));
  CHECK_THAT(message("reach_m = -1"), Catch::Contains("line 3"));
  CHECK_THAT(message("reach_m = \"far\""), Catch::Contains("line 3"));
  CHECK_THAT(message("hardened_blocks = 1"), Catch::Contains("line 3"));
}

TEST_CASE("the program's own definitions name what there is, in one unit", "[workspace]") {
  // As if they were a user's: these are checked.
  Progress progress;
  const std::string assets = std::string(XIANGTU_SOURCE_DIR) + "/assets/";
  const auto opened = Workspace::open({{XIANGTU_SOURCE_DIR "/geodata/yulin.gpkg"},
                                       {},
                                       {assets + "indicators.toml", assets + "bulletin.toml"}},
                                      progress);
  if (!opened) FAIL(opened.issue().message.english());
}

TEST_CASE("a workspace file names definitions, which are saved with it", "[workspace]") {
  const test::ScratchFolder folder;
  REQUIRE(io::write_file(folder.file("own.toml"),
                         "[[indicator]]\nid='large'\nzh='大'\nen='large'\nunit='fraction'\n"
                         "base='admin_villages'\nwhen='households >= 200'\n"));
  const std::string path = folder.file("region.toml");
  REQUIRE(io::write_file(
      path, "sources = ['" XIANGTU_SOURCE_DIR "/geodata/yulin.gpkg']\ndefinitions = ['own.toml']\n"));
  Progress progress;
  const auto opened = Workspace::open({{path}, {}}, progress);
  REQUIRE(opened);
  const auto stats = compute_stats(*opened, asking({"large"}), progress);
  REQUIRE(stats);
  CHECK(stats->table.figure(0, 0).value);
  const std::string copy = folder.file("copy.toml");
  REQUIRE(save(*opened, {}, "", copy));
  CHECK(io::read_file(copy)->find("definitions = [\"own.toml\"]") != std::string::npos);
  for (const char* wrong : {"definitions = 'own.toml'", "definitions = [1]"}) {
    REQUIRE(io::write_file(path, std::string{"sources = ['a.gpkg']\n"} + wrong + "\n"));
    const auto refused = Workspace::open({{path}, {}}, progress);
    REQUIRE_FALSE(refused);
    CHECK(refused.issue().message.english().find("line 2") != std::string::npos);
  }
}
