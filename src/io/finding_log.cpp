#include "io/finding_log.hpp"

#include <algorithm>
#include <iterator>

#include "base/text.hpp"

namespace xiangtu::io {

namespace {

constexpr std::size_t most_samples = 12;
constexpr std::size_t longest_sample = 60;  // bytes

struct Kind {
  std::string_view id;
  Severity severity;
  std::string_view message;  // {0} rows, {1} field, {2} samples
};

constexpr std::array<Kind, 21> kinds{{
    {"geometry.null", Severity::warning, "{0} rows have no geometry; they are left out of what is located"},
    {"geometry.empty", Severity::warning,
     "{0} rows have an empty geometry; they are left out of what is located"},
    {"geometry.not_finite", Severity::warning,
     "{0} rows have a coordinate that is no number; they are left out of what is located"},
    {"geometry.out_of_range", Severity::warning,
     "{0} rows lie outside longitude ±180 or latitude ±90; they are left out of what is located: check "
     "the coordinate system and swapped columns"},
    {"geometry.at_zero", Severity::warning,
     "{0} rows lie at coordinates 0, 0, which mostly stands for an unknown position; they are left out of "
     "what is located"},
    {"geometry.kind", Severity::warning,
     "{0} rows have another kind of geometry than their layer; they are left out of what is located"},
    {"geometry.degenerate", Severity::note,
     "{0} rows have parts with too few vertices for a line or ring; those parts are left out"},
    {"geometry.unreadable", Severity::warning,
     "{0} rows have a geometry that cannot be decoded; they are left out of what is located"},
    {"value.not_a_number", Severity::warning,
     "{0} rows have something in {1} that is no number ({2}); it counts as missing"},
    {"value.not_whole", Severity::warning,
     "{0} rows have a number with a fraction in {1} ({2}) where a whole one is needed; it counts as missing"},
    {"value.out_of_range", Severity::warning,
     "{0} rows have a number in {1} outside the sensible range ({2}); it counts as missing"},
    {"value.unknown_choice", Severity::warning,
     "{0} rows have a value in {1} that nobody knows ({2}); it counts as missing: name it in a mapping file "
     "under [layer.values.{1}]"},
    {"value.not_boolean", Severity::warning,
     "{0} rows have something in {1} that is neither yes nor no ({2}); it counts as missing"},
    {"value.not_a_date", Severity::warning,
     "{0} rows have something in {1} that is no date ({2}); it counts as missing"},
    {"value.encoding", Severity::warning,
     "{0} rows have text in {1} whose characters cannot be decoded ({2}); they are replaced"},
    {"code.lost_digits", Severity::warning,
     "{0} rows have a code in {1} that was turned into a number and lost digits ({2}); it counts as missing: "
     "store codes as text"},
    {"code.missing", Severity::warning, "{0} rows have no {1}; they cannot be told apart or placed by code"},
    {"code.duplicate", Severity::warning,
     "{0} rows share their {1} with another row ({2}); the first of each is counted, where names tell them "
     "apart all are"},
    {"ledger.length_differs", Severity::warning,
     "{0} rows have a length in {1} that differs by more than 5 % from that of the line (ledger / line in "
     "km: "
     "{2})"},
    {"row.total", Severity::note, "{0} rows add up other rows ({2}); they are left out"},
    {"row.damaged", Severity::error, "{0} rows are damaged ({2}); what could be read of them is kept"},
}};

std::string shown(const std::vector<std::string>& samples) {
  std::string text;
  for (std::size_t i = 0; i < std::min(samples.size(), most_samples); ++i) {
    if (i > 0) text += ", ";
    text += samples[i];
  }
  if (samples.size() > most_samples) text += ", …";
  return text;
}

// Cut at a character's border.
std::string shortened(std::string_view text) {
  if (text.size() <= longest_sample) return std::string{text};
  std::size_t end = longest_sample;
  while (end > 0 && (text[end] & 0xC0) == 0x80) --end;
  return std::string{text.substr(0, end)} + "…";
}

}  // namespace

void FindingLog::add(Noticed what, std::string_view field, std::int64_t row, std::string_view sample) {
  Entry& entry = entries_[{what, std::string{field}}];
  if (entry.rows.empty() || entry.rows.back() != row) entry.rows.push_back(row);
  if (sample.empty() || entry.samples.size() > most_samples) return;
  std::string text = shortened(sample);
  if (std::find(entry.samples.begin(), entry.samples.end(), text) == entry.samples.end())
    entry.samples.push_back(std::move(text));
}

void FindingLog::note(std::string_view id, Severity severity, std::string_view field, Message message) {
  notes_.push_back({std::string{id}, severity, source_, layer_, std::string{field}, std::move(message), {}});
}

void FindingLog::append(FindingLog& later) {
  for (auto& [key, from] : later.entries_) {
    Entry& to = entries_[key];
    to.rows.insert(to.rows.end(), from.rows.begin(), from.rows.end());
    for (std::string& sample : from.samples)
      if (to.samples.size() <= most_samples &&
          std::find(to.samples.begin(), to.samples.end(), sample) == to.samples.end())
        to.samples.push_back(std::move(sample));
  }
  std::move(later.notes_.begin(), later.notes_.end(), std::back_inserter(notes_));
  later.entries_.clear();
  later.notes_.clear();
}

Finding FindingLog::finding(Noticed what, const std::string& field, Entry& entry) const {
  const Kind& kind = kinds[static_cast<std::size_t>(what)];
  std::sort(entry.rows.begin(), entry.rows.end());
  entry.rows.erase(std::unique(entry.rows.begin(), entry.rows.end()), entry.rows.end());
  Message message{kind.message, entry.rows.size(), field, shown(entry.samples)};
  return {std::string{kind.id}, kind.severity,        source_, layer_, field,
          std::move(message),   std::move(entry.rows)};
}

std::vector<Finding> FindingLog::take() {
  std::vector<Finding> findings = std::move(notes_);
  for (auto& [key, entry] : entries_) findings.push_back(finding(key.first, key.second, entry));
  entries_.clear();
  notes_.clear();
  return findings;
}

}  // namespace xiangtu::io
