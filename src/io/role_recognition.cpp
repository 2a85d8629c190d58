#include "io/role_recognition.hpp"

#include <algorithm>
#include <filesystem>

namespace xiangtu::io {

namespace {

using table::GeometryKind;

constexpr std::size_t fewest_codes = 2;  // one code alone tells little

constexpr std::array<std::string_view, 4> kind_names{"no geometry", "points", "lines", "polygons"};

// A table without geometry may stand for any role but roads: what is not located is still counted.
bool fits(const LayerSpec& spec, const std::vector<GeometryKind>& kinds) {
  return std::any_of(kinds.begin(), kinds.end(), [&](GeometryKind kind) {
    return spec.allows(kind) || (kind == GeometryKind::none && spec.role != Role::roads);
  });
}

RoleGuess by_name(const Schema& schema, const LayerTraits& layer) {
  for (const std::string& name : {layer.name, layer.stem}) {
    if (name.empty()) continue;
    const std::string_view what = name == layer.name ? "layer name" : "file name";
    if (const auto role = schema.role_of_layer(name)) return {role, Evidence::name, std::string{what}};
  }
  for (const std::string& name : {layer.name, layer.stem}) {
    if (name.empty()) continue;
    const std::string_view what = name == layer.name ? "part of the layer name" : "part of the file name";
    if (const auto role = schema.role_in_layer_name(name))
      return {role, Evidence::part_of_name, std::string{what}};
  }
  return {};
}

bool has_field(const Schema& schema, Role role, const LayerTraits& layer, const std::string& canonical) {
  return std::any_of(layer.fields.begin(), layer.fields.end(), [&](const SourceField& field) {
    const NameMatch match = schema.match(role, field.name);
    return match.field && match.field->name == canonical;
  });
}

// The first of the role's sets of telling fields that the layer has; null when it has none.
const std::vector<std::string>* signature_in(const Schema& schema, const LayerSpec& spec,
                                             const LayerTraits& layer) {
  for (const std::vector<std::string>& set : spec.signatures)
    if (std::all_of(set.begin(), set.end(),
                    [&](const std::string& field) { return has_field(schema, spec.role, layer, field); }))
      return &set;
  return nullptr;
}

RoleGuess by_fields(const Schema& schema, const LayerTraits& layer) {
  for (std::size_t i = 0; i < table::role_count; ++i) {
    const LayerSpec& spec = schema.layer(static_cast<Role>(i));
    // Natural and administrative villages have the fields of villages: fields cannot tell them apart.
    if (spec.role == Role::natural_villages || spec.role == Role::admin_villages) continue;
    if (std::none_of(layer.kinds.begin(), layer.kinds.end(), [&](GeometryKind k) { return spec.allows(k); }))
      continue;
    const std::vector<std::string>* set = signature_in(schema, spec, layer);
    if (!set) continue;
    std::string evidence = "fields";
    for (const std::string& field : *set) evidence += (field == set->front() ? " " : ", ") + field;
    return {spec.role, Evidence::fields, evidence};
  }
  return {};
}

std::string file_name(const std::string& source) {
  return std::filesystem::path{source}.filename().string();
}

Issue ambiguous(const LayerTraits& a, const LayerTraits& b, Role role) {
  return {IssueCode::input_ambiguous_role,
          "layer {0} of {1} and layer {2} of {3} could both be {4}; leave one out by a mapping file: layer = "
          "[{{source = \"{5}\", layer = \"{2}\", role = \"ignore\"}}]",
          a.name,
          a.source,
          b.name,
          b.source,
          table::role_name(role),
          file_name(b.source)};
}

Issue clashing(const LayerTraits& together, const LayerTraits& apart, Role role) {
  return {IssueCode::input_ambiguous_role,
          "layer {0} of {1} holds all villages and layer {2} of {3} holds {4} again; leave one out by a "
          "mapping file: layer = [{{source = \"{5}\", layer = \"{2}\", role = \"ignore\"}}]",
          together.name,
          together.source,
          apart.name,
          apart.source,
          table::role_name(role),
          file_name(apart.source)};
}

void yield(RoleGuess& guess, const LayerTraits& winner) {
  guess.evidence = fmt::format("could be {} by {}, but layer {} is it", table::role_name(*guess.role),
                               guess.evidence, winner.name);
  guess.role.reset();
  guess.strength = Evidence::none;
}

// Two layers that cannot both have their roles: the weaker one yields; false when neither is weaker.
bool one_yields(const LayerTraits& a, RoleGuess& first, const LayerTraits& b, RoleGuess& second) {
  if (first.strength == second.strength) return false;
  if (first.strength < second.strength)
    yield(first, b);
  else
    yield(second, a);
  return true;
}

bool part_of_villages(const RoleGuess& guess) {
  return guess.role == Role::natural_villages || guess.role == Role::admin_villages;
}

}  // namespace

RoleGuess recognise(const Schema& schema, const LayerTraits& layer) {
  RoleGuess named = by_name(schema, layer);
  if (named.role && fits(schema.layer(*named.role), layer.kinds)) return named;
  RoleGuess fielded = by_fields(schema, layer);
  if (fielded.role || !named.role) return fielded;
  return {std::nullopt, Evidence::none,
          fmt::format("{} says {}, but it has {}", named.evidence, table::role_name(*named.role),
                      kind_names[static_cast<std::size_t>(layer.kinds.front())])};
}

RoleGuess recognise_by_codes(const Schema& schema, const LayerTraits& layer, const CodeSample& sample) {
  if (layer.kinds.front() != GeometryKind::polygon) return {};
  for (const auto& [role, digits] :
       {std::pair{Role::counties, 6u}, std::pair{Role::townships, 9u}, std::pair{Role::admin_villages, 12u}})
    for (std::size_t field = 0; field < layer.fields.size(); ++field) {
      const NameMatch match = schema.match(role, layer.fields[field].name);
      if (!match.field || match.field->name != "code") continue;
      const std::vector<std::string> codes = sample(field);
      const auto is_of_level = [&, count = digits](const std::string& code) {
        return code.size() == count && code.find_first_not_of("0123456789") == std::string::npos &&
               code[0] != '0';
      };
      if (codes.size() < fewest_codes || !std::all_of(codes.begin(), codes.end(), is_of_level)) continue;
      return {role, Evidence::fields,
              fmt::format("codes of {} digits in {}", digits, layer.fields[field].name)};
    }
  return {};
}

Status settle_roles(const std::vector<const LayerTraits*>& layers, std::vector<RoleGuess>& guesses) {
  for (std::size_t i = 0; i < guesses.size(); ++i)
    for (std::size_t j = i + 1; j < guesses.size() && guesses[i].role; ++j) {
      if (guesses[i].role != guesses[j].role) continue;
      if (!one_yields(*layers[i], guesses[i], *layers[j], guesses[j]))
        return ambiguous(*layers[i], *layers[j], *guesses[i].role);
    }
  for (std::size_t i = 0; i < guesses.size(); ++i)
    for (std::size_t j = 0; j < guesses.size() && guesses[i].role == Role::villages; ++j) {
      if (!part_of_villages(guesses[j])) continue;
      if (!one_yields(*layers[i], guesses[i], *layers[j], guesses[j]))
        return clashing(*layers[i], *layers[j], *guesses[j].role);
    }
  return {};
}

}  // namespace xiangtu::io
