// The schema as data: every name of fields.toml stands for one thing, and people's names are found.
#include <catch2/catch.hpp>
#include <initializer_list>
#include <set>
#include <string>

#include "base/assets.hpp"
#include "io/schema.hpp"

using namespace xiangtu;
using io::Role;
using io::Schema;

namespace {

const Schema& shipped() {
  static const Result<Schema> schema =
      Schema::load(std::filesystem::path{XIANGTU_SOURCE_DIR} / "assets" / "fields.toml");
  if (!schema) FAIL(schema.issue().message.english());
  return *schema;
}

std::string field(Role role, std::string_view name) {
  const io::NameMatch match = shipped().match(role, name);
  return match.field ? match.field->name : "";
}

}  // namespace

TEST_CASE("every layer of the design has its fields") {
  CHECK(shipped().layer(Role::roads).fields.size() == 17);
  CHECK(shipped().field(Role::roads, "surface")->required);
  CHECK(shipped().field(Role::counties, "code")->type == io::FieldType::code);
  CHECK(shipped().field(Role::natural_villages, "households_tap")->type == io::FieldType::number);
  CHECK(shipped().field(Role::admin_villages, "plan_status")->type == io::FieldType::choice);
  CHECK(shipped().field(Role::roads, "households_tap") == nullptr);
}

TEST_CASE("layers are found by name, label and alias") {
  CHECK(shipped().role_of_layer("roads") == Role::roads);
  CHECK(shipped().role_of_layer("Natural Villages") == Role::natural_villages);
  CHECK(shipped().role_of_layer("自然村") == Role::natural_villages);
  CHECK(shipped().role_of_layer("toilets") == Role::sanitation);
  CHECK(!shipped().role_of_layer("buildings"));
  CHECK(shipped().role_in_layer_name("榆林市农村公路2023") == Role::roads);
  CHECK(shipped().role_in_layer_name("610800_natural_villages_v2") == Role::natural_villages);
  CHECK(!shipped().role_in_layer_name("railroads"));
}

TEST_CASE("fields are found by Chinese and short names") {
  CHECK(field(Role::admin_villages, "行政村代码") == "code");
  CHECK(field(Role::natural_villages, "行政村代码") == "admin_village_code");
  CHECK(field(Role::natural_villages, "名称") == "name");
  CHECK(field(Role::natural_villages, "入户数") == "households_tap");
  CHECK(field(Role::villages, "户数") == "households");
  CHECK(field(Role::villages, "township") == "township_code");
  CHECK(field(Role::villages, "county") == "county_code");
  CHECK(field(Role::roads, "路面类型") == "surface");
  CHECK(field(Role::roads, "ＬＭＬＸ") == "surface");
  CHECK(field(Role::roads, "技术等级") == "technical_class");
  CHECK(field(Role::roads, "cond") == "condition");
  CHECK(field(Role::bridges, "cond") == "condition_class");
  CHECK(field(Role::bridges, "road_fid") == "road_code");
  CHECK(field(Role::roads, "length") == "length_km");
  CHECK(field(Role::bridges, "length") == "length_m");
  CHECK(field(Role::roads, "colour").empty());
  CHECK(field(Role::roads, "层级") == "level");
  CHECK(field(Role::roads, "layer") == "level");
  CHECK(field(Role::roads, "one_way") == "oneway");
  CHECK(field(Role::roads, "ONEWAY") == "oneway");
  CHECK(field(Role::roads, "是否单行") == "oneway");
  CHECK(field(Role::roads, "是否桥梁") == "bridge");
  CHECK(field(Role::roads, "桥梁").empty());  // how many there are
  CHECK(field(Role::roads, "环岛").empty());  // drawn in any direction
  CHECK(field(Role::roads, "roundabout") == "roundabout");
}

TEST_CASE("a unit in a name is understood") {
  const io::NameMatch money = shipped().match(Role::projects, "总投资（万元）");
  REQUIRE(money.field);
  CHECK(money.field->name == "budget_yuan");
  CHECK(money.factor == 10000);
  const io::NameMatch metres = shipped().match(Role::roads, "长度(米)");
  REQUIRE(metres.field);
  CHECK(metres.factor == Approx(0.001));
  CHECK(shipped().match(Role::roads, "length_m").factor == Approx(0.001));
  CHECK(shipped().match(Role::roads, "surface_m").field == nullptr);
}

TEST_CASE("dBASE names cut after ten bytes are found when they can mean one field only") {
  const auto shorted = [](Role role, std::string_view name) -> std::string {
    const io::FieldSpec* found = shipped().field_of_short_name(role, name);
    return found ? found->name : "";
  };
  CHECK(shorted(Role::roads, "technical_") == "technical_class");
  CHECK(shorted(Role::villages, "admin_vill") == "admin_village_code");
  CHECK(shorted(Role::villages, "demonstrat").empty());  // demonstration or its year
}

TEST_CASE("values are found by alias") {
  CHECK(shipped().choice_of(Role::roads, "surface", "沥青") == "asphalt_concrete");
  CHECK(shipped().choice_of(Role::roads, "surface", "硬化") == "hardened");
  CHECK(shipped().choice_of(Role::roads, "surface", "Paving Stones") == "block");
  CHECK(shipped().choice_of(Role::roads, "surface", "marshmallow").empty());
  CHECK(shipped().choice_of(Role::roads, "condition", "优") == "excellent");
  CHECK(shipped().choice_of(Role::roads, "class", "g") == "G");
  CHECK(shipped().choice_of(Role::sanitation, "kind", "公厕") == "public_toilet");
  CHECK(shipped().choice_of(Role::housing, "kind", "抗震") == "seismic");
  CHECK(shipped().choice_of(Role::bridges, "condition_class", "四类") == "4");
  CHECK(shipped().boolean_of("√") == true);
  CHECK(shipped().boolean_of("×") == false);
  CHECK(shipped().boolean_of("Ｙ") == true);
  CHECK(!shipped().boolean_of("perhaps"));
  CHECK(shipped().means_missing(" — "));
  CHECK(!shipped().means_missing("0"));
}

TEST_CASE("levels and directions have the words of OpenStreetMap, of its shapefiles and of people") {
  const auto values = [](std::string_view name, std::initializer_list<const char*> words) {
    std::set<std::string> found;
    for (const char* word : words) found.emplace(shipped().choice_of(Role::roads, name, word));
    return found;
  };
  using Values = std::set<std::string>;
  CHECK(values("oneway", {"yes", "1", "true", "True", "F", "单向", "单行线", "是"}) == Values{"forward"});
  CHECK(values("oneway", {"-1", "－1", "reverse", "T", "逆向"}) == Values{"backward"});
  CHECK(values("oneway", {"no", "0", "false", "B", "双向", "reversible"}) == Values{"both"});
  CHECK(values("oneway", {"perhaps", "2", "-2"}) == Values{""});
  CHECK(values("bridge", {"yes", "viaduct", "T", "1", "是", "高架桥", "low_water_crossing"}) ==
        Values{"yes"});
  CHECK(values("bridge", {"no", "F", "0", "否"}) == Values{"no"});
  CHECK(values("bridge", {"3"}) == Values{""});
  CHECK(values("tunnel", {"yes", "T", "隧道"}) == Values{"yes"});
  CHECK(values("tunnel", {"building_passage", "avalanche_protector", "明洞"}) == Values{"roofed"});
  CHECK(shipped().field(Role::roads, "level")->type == io::FieldType::integer);
}

TEST_CASE("words for missing and for totals are found however they are written") {
  CHECK(shipped().means_missing(""));
  CHECK(shipped().means_missing("\t　"));
  CHECK(shipped().means_missing(
      "　　　　　　　　　　　　　　　　　　Ｎ／Ａ　　　　　　　　　　　　　　　　　"));
  CHECK(!shipped().means_missing("none of them"));
  CHECK(shipped().means_total("合计"));
  CHECK(shipped().means_total(" Ｇｒａｎｄ－Ｔｏｔａｌ "));
  CHECK(!shipped().means_total("合计 2"));
  CHECK(!shipped().means_total(""));
}

TEST_CASE("a list with a number among its words finds it") {
  io::FoldedWords words;
  words.add("-9999");
  words.add("unknown");
  CHECK(words.contains("-9999"));
  CHECK(words.contains("－９９９９"));
  CHECK(words.contains("Unknown"));
  CHECK(!words.contains("9998"));
}

TEST_CASE("labels have their unit in the reader's language") {
  CHECK(shipped().field_label(Role::roads, "width_m", Language::english) == "Width (m)");
  CHECK(shipped().field_label(Role::roads, "width_m", Language::chinese) == "路面宽度 (米)");
  CHECK(shipped().field_label(Role::roads, "colour", Language::english) == "colour");
  CHECK(shipped().choice_label(Role::roads, "surface", "gravel", Language::chinese) == "砂石");
  CHECK(shipped().layer_label(Role::counties, Language::chinese) == "县区");
}

TEST_CASE("a slip in the schema is told with its place") {
  const auto sentence = [](std::string_view toml) {
    const Result<Schema> schema = Schema::parse(toml, "fields.toml");
    REQUIRE(!schema);
    CHECK(schema.issue().code == IssueCode::input_bad_definition);
    return schema.issue().message.english();
  };
  CHECK(sentence("[words]\nyes = [\n\"a\"").find("fields.toml, line 3") == 0);
  CHECK(sentence("[wards]\n").find("did you mean \"words\"?") != std::string::npos);
  CHECK(sentence("[words]\nyes=[\"1\"]\nno=[\"1\"]\n").find("both yes and no") != std::string::npos);
  CHECK(sentence("[words]\n[layers.raods]\n").find("did you mean \"roads\"?") != std::string::npos);
}
