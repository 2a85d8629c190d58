// StatsResult as bytes, for StatsCache.
#include <algorithm>
#include <utility>

#include "base/byte_stream.hpp"
#include "workspace/stats_cache.hpp"

namespace xiangtu::workspace {

using indicators::FigureColumn;
using indicators::IndicatorInfo;
using indicators::Sums;

namespace {

// Reads as many items as a count says. Damaged counts may be very large: none is made that is not there.
template <class ReadItem>
void each(ByteReader& from, const ReadItem& read_item) {
  for (std::size_t left = from.count(); left > 0 && !from.failed(); --left) read_item();
}

void put(ByteWriter& to, const Message& message) {
  to.text(message.pattern);
  to.put(std::uint64_t{message.values.size()});
  for (const std::string& value : message.values) to.text(value);
}

Message message(ByteReader& from) {
  Message message;
  message.pattern = from.text();
  each(from, [&] { message.values.emplace_back(from.text()); });
  return message;
}

void put(ByteWriter& to, const atlas::Hierarchy& hierarchy) {
  to.put(std::uint64_t{hierarchy.size()});
  for (const atlas::Unit& unit : hierarchy.units().subspan(1)) {
    to.put(unit.level);
    to.put(unit.parent.value);
    to.text(unit.code);
    to.text(unit.name);
  }
}

bool read(ByteReader& from, atlas::Hierarchy& hierarchy) {
  const std::size_t size = from.count();
  for (std::size_t i = 1; i < size; ++i) {
    atlas::Unit unit;
    unit.level = from.get<atlas::Level>();
    unit.parent = UnitIx{std::size_t{from.get<std::uint32_t>()}};
    unit.code = from.text();
    unit.name = from.text();
    const bool sound = unit.level > atlas::Level::total && unit.level <= atlas::Level::village &&
                       unit.parent.value < i && !from.failed();
    if (!sound || hierarchy.add(std::move(unit)).value != i) return false;
  }
  return size > 0;
}

void put(ByteWriter& to, const IndicatorInfo& info) {
  for (const std::string* text : {&info.id, &info.name_zh, &info.name_en, &info.unit_zh, &info.unit_en,
                                  &info.definition_zh, &info.definition_en, &info.source})
    to.text(*text);
  to.put(static_cast<std::uint8_t>(info.fraction));
}

IndicatorInfo indicator(ByteReader& from) {
  IndicatorInfo info;
  for (std::string* text : {&info.id, &info.name_zh, &info.name_en, &info.unit_zh, &info.unit_en,
                            &info.definition_zh, &info.definition_en, &info.source})
    *text = from.text();
  info.fraction = from.get<std::uint8_t>() != 0;
  return info;
}

void put(ByteWriter& to, const FigureColumn& column) {
  to.array(column.sums());
  to.put(std::uint64_t{column.reasons().size()});
  for (const Message& reason : column.reasons()) put(to, reason);
  to.array(std::span<const std::uint8_t>{column.reason_of()});
}

bool read(ByteReader& from, std::size_t units, const std::shared_ptr<const void>& owner,
          std::vector<FigureColumn>& columns) {
  const std::span<const Sums> sums = from.array<Sums>();
  std::vector<Message> reasons;
  each(from, [&] { reasons.push_back(message(from)); });
  const std::span<const std::uint8_t> reason_of = from.array<std::uint8_t>();
  const auto known = [&](std::uint8_t reason) { return reason <= reasons.size(); };
  const bool sound = !from.failed() && (sums.empty() ? reasons.size() <= 1 : sums.size() == units) &&
                     (reason_of.empty() || reason_of.size() == units) &&
                     std::all_of(reason_of.begin(), reason_of.end(), known);
  if (sound)
    columns.emplace_back(sums, owner, std::move(reasons),
                         std::vector<std::uint8_t>(reason_of.begin(), reason_of.end()));
  return sound;
}

void put(ByteWriter& to, const Finding& finding) {
  for (const std::string* text : {&finding.id, &finding.source, &finding.layer, &finding.field})
    to.text(*text);
  to.put(static_cast<std::uint8_t>(finding.severity));
  put(to, finding.message);
  to.array(std::span<const std::int64_t>{finding.rows});
}

Finding finding(ByteReader& from) {
  Finding finding;
  for (std::string* text : {&finding.id, &finding.source, &finding.layer, &finding.field})
    *text = from.text();
  finding.severity = static_cast<Severity>(std::min<std::uint8_t>(from.get<std::uint8_t>(), 2));
  finding.message = message(from);
  const auto rows = from.array<std::int64_t>();
  finding.rows.assign(rows.begin(), rows.end());
  return finding;
}

void put(ByteWriter& to, const report::Provenance& provenance) {
  to.text(provenance.version);
  to.text(provenance.definitions_version);
  to.put(std::uint64_t{provenance.layers.size()});
  for (const report::SourceLayer& layer : provenance.layers) {
    for (const std::string* text : {&layer.source, &layer.layer, &layer.role, &layer.crs}) to.text(*text);
    to.put(layer.rows);
  }
  to.put(std::uint64_t{provenance.parameters.size()});
  for (const auto& [name, value] : provenance.parameters) {
    to.text(name);
    to.text(value);
  }
}

report::Provenance provenance(ByteReader& from) {
  report::Provenance provenance;
  provenance.version = from.text();
  provenance.definitions_version = from.text();
  each(from, [&] {
    report::SourceLayer& layer = provenance.layers.emplace_back();
    for (std::string* text : {&layer.source, &layer.layer, &layer.role, &layer.crs}) *text = from.text();
    layer.rows = from.get<std::uint64_t>();
  });
  each(from, [&] {
    std::string name{from.text()};
    provenance.parameters.emplace_back(std::move(name), from.text());
  });
  return provenance;
}

}  // namespace

std::string encode(const StatsResult& result) {
  ByteWriter to;
  put(to, result.atlas->hierarchy);
  to.array(std::span<const UnitIx>{result.table.units});
  to.put(std::uint64_t{result.table.indicators.size()});
  for (std::size_t k = 0; k < result.table.indicators.size(); ++k) {
    put(to, result.table.indicators[k]);
    put(to, result.table.columns[k]);
  }
  to.put(std::uint64_t{result.findings.size()});
  for (const Finding& finding : result.findings) put(to, finding);
  put(to, result.provenance);
  return to.take();
}

std::optional<StatsResult> decode(std::span<const std::byte> bytes, std::shared_ptr<const void> owner) {
  ByteReader from(bytes);
  auto atlas = std::make_shared<atlas::Atlas>();
  if (!read(from, atlas->hierarchy)) return std::nullopt;
  StatsResult result;
  const auto units = from.array<UnitIx>();
  const auto known = [&](UnitIx unit) { return unit.value < atlas->hierarchy.size(); };
  if (units.empty() || !std::all_of(units.begin(), units.end(), known)) return std::nullopt;
  result.table.units.assign(units.begin(), units.end());
  for (std::size_t left = from.count(); left > 0; --left) {
    result.table.indicators.push_back(indicator(from));
    if (!read(from, units.size(), owner, result.table.columns)) return std::nullopt;
  }
  each(from, [&] { result.findings.push_back(finding(from)); });
  result.provenance = provenance(from);
  if (from.failed() || !from.at_end()) return std::nullopt;
  result.atlas = std::move(atlas);
  return result;
}

}  // namespace xiangtu::workspace
