// Chinese tables in the encodings that offices write, told or not.
#include "datasets.hpp"

#include "io/text_encoding.hpp"

using namespace xiangtu;
using namespace xiangtu::test;
using table::Role;

namespace {

std::string recoded(const std::string& utf8, const char* encoding) {
  char* text = CPLRecode(utf8.c_str(), CPL_ENC_UTF8, encoding);
  const std::string out = text;
  CPLFree(text);
  return out;
}

Layer villages() {
  return {"villages",
          wkbPoint,
          4490,
          {{"代码", OFTString}, {"名称", OFTString}},
          {{"POINT (109.1 38.1)", {"610802001201", "榆林市红山村"}},
           {"POINT (109.2 38.1)", {"610802001202", "高西坬村"}}}};
}

void check_names(const io::ReadLayer& layer) {
  CHECK(shown(layer, "name", 0) == "榆林市红山村");
  CHECK(shown(layer, "name", 1) == "高西坬村");
  CHECK(shown(layer, "code", 0) == "610802001201");
}

// Sets the byte of a dBASE header that names the language.
void set_language(const std::string& dbf, char language) {
  std::fstream file(dbf, std::ios::in | std::ios::out | std::ios::binary);
  file.seekp(29);
  file.put(language);
}

}  // namespace

TEST_CASE("an encoding is told from the bytes") {
  const std::string chinese = "村名,人口\n榆林市榆阳区鼓楼街道,1200\n高西坬,圐圙梁\n";
  CHECK(io::encoding_of_bytes(chinese) == "UTF-8");
  CHECK(io::encoding_of_bytes(recoded(chinese, "GB18030")) == "GB18030");
  CHECK(io::encoding_of_bytes("plain ascii, 1, 2").empty());
  CHECK(io::encoding_of_bytes(recoded("Café, Gruyères, Zürich, Åland, naïve, señor", "ISO-8859-1")).empty());
  CHECK(io::encoding_of_bytes("").empty());
}

TEST_CASE("shapefiles in GBK, whatever their header says") {
  Folder folder;
  write_dataset(folder.file("villages.shp"), "ESRI Shapefile", {villages()}, {"ENCODING=GBK"});
  fs::remove(folder.file("villages.cpg"));
  for (const char language : {'\x57', '\x00', '\x4D'}) {
    set_language(folder.file("villages.dbf"), language);
    const io::Dataset dataset = opened({folder.file("villages.shp")});
    const io::ReadLayer layer = read(dataset, Role::villages);
    check_names(layer);
    if (language != '\x4D') {
      CHECK(dataset.layers()[0].encoding == "GB18030");
      CHECK(finding(layer, "encoding.found"));
    }
  }
}

TEST_CASE("shapefiles in UTF-8 without a .cpg") {
  Folder folder;
  write_dataset(folder.file("villages.shp"), "ESRI Shapefile", {villages()}, {"ENCODING=UTF-8"});
  fs::remove(folder.file("villages.cpg"));
  set_language(folder.file("villages.dbf"), '\x57');
  check_names(read(opened({folder.file("villages.shp")}), Role::villages));
}

TEST_CASE("CSV as a Chinese spreadsheet writes it") {
  Folder folder;
  const std::string text =
      "代码,名称,经度,纬度\n610802001201,榆林市红山村,109.1,38.1\n610802001202,高西坬村,109.2,38.1\n";
  write_text(folder.file("villages.csv"), recoded(text, "GB18030"));
  const auto before = folder.listing();
  const io::Dataset dataset = opened({folder.file("villages.csv")});
  check_names(read(dataset, Role::villages));
  CHECK(dataset.layers()[0].source == folder.file("villages.csv"));
  CHECK(folder.listing() == before);
  write_text(folder.file("villages.csv"), "\xEF\xBB\xBF" + text);
  check_names(read(opened({folder.file("villages.csv")}), Role::villages));
}

TEST_CASE("the user's word on the encoding goes before the bytes") {
  Folder folder;
  write_text(folder.file("villages.csv"), recoded("code,name,lon,lat\n1,Café,109,38\n", "ISO-8859-1"));
  const io::Dataset dataset = opened({folder.file("villages.csv")},
                                     mapping("[[layer]]\nlayer = \"villages\"\nencoding = \"ISO-8859-1\"\n"));
  CHECK(shown(read(dataset, Role::villages), "name", 0) == "Café");
  CHECK(dataset.layers()[0].encoding_evidence == "mapping");
  const io::ReadLayer unknown = read(opened({folder.file("villages.csv")}), Role::villages);
  CHECK(finding(unknown, "value.encoding"));  // neither UTF-8 nor Chinese: said, not guessed
}
