// Mapping files: what they say, and what is said of their slips.
#include "datasets.hpp"

using namespace xiangtu;
using namespace xiangtu::test;
using table::Role;

namespace {

std::string slip(std::string_view toml) {
  const Result<io::Mapping> read = io::parse_mapping(toml, "mapping.toml");
  REQUIRE(!read.ok());
  CHECK(read.issue().code == IssueCode::input_bad_mapping);
  return read.issue().message.english();
}

bool has(const std::string& text, const std::string& part) {
  return text.find(part) != std::string::npos;
}

Layer places() {
  return {"Places",
          wkbPoint,
          4326,
          {{"ID", OFTInteger64}, {"LABEL", OFTString}, {"state", OFTString}},
          {{"POINT (109 38)", {"610802001001", "甲村", "BT"}},
           {"POINT (109.1 38)", {"610802001002", "乙村", "?"}}}};
}

}  // namespace

TEST_CASE("a mapping names role, fields, constants and values") {
  Folder folder;
  write_dataset(folder.file("a.gpkg"), "GPKG", {places()});
  const io::Mapping map = mapping(R"(
[[layer]]
source = "a.gpkg"
layer = "Places"
role = "villages"
[layer.fields]
code = "ID"
name = "LABEL"
express = "state"
[layer.constants]
kind = "administrative"
county_code = 610802
[layer.values.express]
"BT" = "yes"
)");
  const io::Dataset dataset = opened({folder.file("a.gpkg")}, map);
  const io::ReadLayer layer = read(dataset, Role::villages);
  CHECK(shown(layer, "code", 0) == "610802001001");
  CHECK(shown(layer, "name", 1) == "乙村");
  CHECK(shown(layer, "kind", 1) == "administrative");
  CHECK(shown(layer, "county_code", 0) == "610802");
  CHECK(shown(layer, "express", 0) == "1");
  CHECK(layer.table.find("express")->missing(1));
  CHECK(dataset.layers()[0].role_evidence == "mapping");
}

TEST_CASE("a slip in a mapping is told with file, line and the nearest word") {
  CHECK(has(slip("[[layer]]\nlayer = \"a\"\nrole = \"raods\"\n"), "mapping.toml, line 3"));
  CHECK(has(slip("[[layer]]\nlayer = \"a\"\nrole = \"raods\"\n"), "did you mean \"roads\"?"));
  CHECK(has(slip("[[layer]]\nlayer = \"a\"\nrol = \"roads\"\n"), "did you mean \"role\"?"));
  CHECK(has(slip("[layer]\nlayer = \"a\"\n"), "two brackets"));
  CHECK(has(slip("[[layer]]\nrole = \"roads\"\n"), "which layer"));
  CHECK(has(slip("[[layer]]\nlayer = \"a\"\nlon = \"x\"\n"), "together"));
  CHECK(has(slip("[[layer]]\nlayer = 3\n"), "text in quotes"));
  CHECK(has(slip("[[layer]\n"), "line 1"));
  CHECK(io::read_mapping("/nowhere/mapping.toml").issue().code == IssueCode::input_missing);
}

TEST_CASE("a mapping that does not fit the source is refused") {
  Folder folder;
  write_dataset(folder.file("a.gpkg"), "GPKG", {places()});
  const auto sentence = [&](std::string_view toml) {
    const Issue issue = refused({folder.file("a.gpkg")}, mapping(toml));
    CHECK(issue.code == IssueCode::input_bad_mapping);
    return issue.message.english();
  };
  CHECK(has(sentence("[[layer]]\nlayer=\"Place\"\nrole=\"villages\"\n"), "there are Places"));
  CHECK(has(sentence("[[layer]]\nlayer=\"Places\"\nrole=\"villages\"\n[layer.fields]\ncode=\"IDD\"\n"),
            "did you mean \"ID\"?"));
  CHECK(has(sentence("[[layer]]\nlayer=\"Places\"\nrole=\"villages\"\n[layer.fields]\npopulace=\"ID\"\n"),
            "did you mean \"population\"?"));
  CHECK(has(sentence("[[layer]]\nlayer=\"Places\"\nrole=\"villages\"\ncrs=\"EPSG:1\"\n"),
            "no coordinate system"));
  CHECK(
      has(sentence("[[layer]]\nlayer=\"Places\"\nrole=\"villages\"\nfilter=\"nonsense = = 1\"\n"), "filter"));
  CHECK(has(sentence("[[layer]]\nlayer=\"Places\"\nrole=\"villages\"\nlon=\"e\"\nlat=\"n\"\n"),
            "no column \"e\""));
}

TEST_CASE("a filter leaves rows out before they are counted") {
  Folder folder;
  write_dataset(folder.file("a.gpkg"), "GPKG", {places()});
  const io::Dataset dataset =
      opened({folder.file("a.gpkg")},
             mapping("[[layer]]\nlayer=\"Places\"\nrole=\"villages\"\nfilter=\"state='BT'\"\n"
                     "[layer.fields]\ncode=\"ID\"\n"));
  CHECK(dataset.layers()[0].rows == 1);
  CHECK(read(dataset, Role::villages).table.size() == 1);
}
