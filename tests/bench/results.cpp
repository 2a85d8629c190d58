#include "results.hpp"

#include <fstream>
#include <sstream>

#include <nlohmann/json.hpp>

namespace xiangtu::bench {

namespace {

using Json = nlohmann::ordered_json;

constexpr const char* format = "xiangtu-bench-1";

Json json_of(const Measurement& measured) {
  return {
      {"villages", measured.villages},  {"task", measured.task},        {"runs", measured.runs},
      {"wall_s", measured.cost.wall_s}, {"cpu_s", measured.cost.cpu_s}, {"peak_mb", measured.cost.peak_mb},
      {"rows", measured.rows},          {"bytes", measured.bytes},      {"floor_wall_s", measured.floor_s}};
}

// Throws what nlohmann throws where a name is missing or stands for something else.
Measurement measurement_of(const Json& json) {
  Measurement measured;
  json.at("villages").get_to(measured.villages);
  json.at("task").get_to(measured.task);
  json.at("runs").get_to(measured.runs);
  json.at("wall_s").get_to(measured.cost.wall_s);
  json.at("cpu_s").get_to(measured.cost.cpu_s);
  json.at("peak_mb").get_to(measured.cost.peak_mb);
  json.at("rows").get_to(measured.rows);
  json.at("bytes").get_to(measured.bytes);
  json.at("floor_wall_s").get_to(measured.floor_s);
  return measured;
}

Issue not_results(std::string_view file_name, std::string_view cause) {
  return {IssueCode::usage,
          "{0} is not a result of ./dev bench ({1}); name a file that it wrote, by default "
          "build/bench/results.json",
          file_name, cause};
}

}  // namespace

std::string to_json(std::span<const Measurement> measurements) {
  Json results = Json::array();
  for (const Measurement& measured : measurements) results.push_back(json_of(measured));
  return Json{{"format", format}, {"results", std::move(results)}}.dump(1) + "\n";
}

Result<std::vector<Measurement>> from_json(std::string_view text, std::string_view file_name) {
  const Json json = Json::parse(text, nullptr, false);
  if (json.is_discarded()) return not_results(file_name, "it is not JSON");
  if (!json.is_object() || json.value("format", Json()) != format)
    return not_results(file_name, std::string("its format is not ") + format);
  std::vector<Measurement> measurements;
  try {
    for (const Json& result : json.at("results")) measurements.push_back(measurement_of(result));
  } catch (const Json::exception& error) {
    return not_results(file_name, error.what());
  }
  for (const Measurement& measured : measurements)
    if (!(measured.cost.wall_s > 0)) return not_results(file_name, "a task took no time");
  return measurements;
}

Result<std::vector<Measurement>> read_results(const std::string& path) {
  const std::ifstream file(path, std::ios::binary);
  std::ostringstream text;
  text << file.rdbuf();
  if (!file.is_open() || text.bad()) return not_results(path, "it cannot be read");
  return from_json(text.str(), path);
}

Status write_results(const std::string& path, std::span<const Measurement> measurements) {
  std::ofstream file(path, std::ios::binary);
  file << to_json(measurements);
  file.close();
  if (file) return {};
  return Issue{IssueCode::output_unwritable, "{0} cannot be written; name another file by -o", path};
}

}  // namespace xiangtu::bench
