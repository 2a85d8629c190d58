// A strict reader of the XML that pages are made of: elements, attributes, texts, the five entities. Anything
// else, or a tag that is not closed, fails the test.
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include <catch2/catch.hpp>

#include "base/text.hpp"

namespace xiangtu::test {

struct XmlElement {
  std::string name;
  std::map<std::string, std::string> attributes;
  std::string text;  // directly within
};
struct Xml {
  std::vector<XmlElement> elements;  // in the order of their beginnings
};

inline std::string xml_decoded(std::string_view text) {
  static const std::map<std::string, char> entities{
      {"amp", '&'}, {"lt", '<'}, {"gt", '>'}, {"quot", '"'}, {"apos", '\''}};
  std::string plain;
  for (std::size_t i = 0; i < text.size(); ++i) {
    REQUIRE(text[i] != '<');
    REQUIRE(static_cast<unsigned char>(text[i]) >= ' ');
    if (text[i] != '&') {
      plain += text[i];
      continue;
    }
    const std::size_t end = text.find(';', i);
    REQUIRE(end != std::string_view::npos);
    plain += entities.at(std::string{text.substr(i + 1, end - i - 1)});
    i = end;
  }
  return plain;
}

inline void parse_xml_attributes(std::string_view tag, XmlElement& element) {
  while (!tag.empty()) {
    const std::size_t begin = tag.find_first_not_of(" \n");
    if (begin == std::string_view::npos) return;
    const std::size_t equals = tag.find("=\"", begin);
    REQUIRE(equals != std::string_view::npos);
    const std::size_t end = tag.find('"', equals + 2);
    REQUIRE(end != std::string_view::npos);
    const std::string name{tag.substr(begin, equals - begin)};
    REQUIRE_FALSE(element.attributes.contains(name));
    element.attributes[name] = xml_decoded(tag.substr(equals + 2, end - equals - 2));
    tag.remove_prefix(end + 1);
  }
}

inline Xml parse_xml(std::string_view text) {
  REQUIRE(valid_utf8(text));
  const std::string_view head = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n";
  REQUIRE(text.starts_with(head));
  text.remove_prefix(head.size());
  Xml document;
  std::vector<std::size_t> open;
  while (!text.empty()) {
    const std::size_t tag = text.find('<');
    const std::string_view between = text.substr(0, tag);
    const bool blank = between.find_first_not_of('\n') == std::string_view::npos;
    if (!blank) REQUIRE_FALSE(open.empty());
    if (!blank) document.elements[open.back()].text += xml_decoded(between);
    if (tag == std::string_view::npos) break;
    const std::size_t end = text.find('>', tag);
    REQUIRE(end != std::string_view::npos);
    std::string_view inside = text.substr(tag + 1, end - tag - 1);
    text.remove_prefix(end + 1);
    if (inside.starts_with('/')) {
      REQUIRE_FALSE(open.empty());
      REQUIRE(document.elements[open.back()].name == inside.substr(1));
      open.pop_back();
      continue;
    }
    const bool closed = inside.ends_with('/');
    if (closed) inside.remove_suffix(1);
    const std::size_t name = std::min(inside.find_first_of(" \n"), inside.size());
    document.elements.push_back({std::string{inside.substr(0, name)}, {}, {}});
    parse_xml_attributes(inside.substr(name), document.elements.back());
    if (!closed) open.push_back(document.elements.size() - 1);
  }
  REQUIRE(open.empty());
  return document;
}

}  // namespace xiangtu::test
