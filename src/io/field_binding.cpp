#include "io/field_binding.hpp"

#include <algorithm>

#include "base/nearest_word.hpp"
#include "base/text.hpp"
#include "io/toml_place.hpp"

namespace xiangtu::io {

namespace {

struct SourceReference {
  std::string field;
  std::string tag;
};

// other_tags["surface"] → field and tag.
SourceReference parted(const std::string& reference) {
  const std::size_t open = reference.find("[\"");
  if (open == std::string::npos || !reference.ends_with("\"]")) return {reference, {}};
  return {reference.substr(0, open), reference.substr(open + 2, reference.size() - open - 4)};
}

class Binder {
 public:
  Binder(const Schema& schema, std::optional<Role> role, const LayerMapping* mapping,
         const std::vector<SourceField>& fields, bool dbase, const LayerPlace& place)
      : schema_(schema),
        role_(role),
        mapping_(mapping),
        fields_(fields),
        dbase_(dbase),
        place_(place),
        bound_(fields.size()) {}

  Result<std::vector<FieldBinding>> run() {
    for (std::size_t i = 0; i < fields_.size(); ++i) {
      bound_[i].field = static_cast<int>(i);
      bound_[i].source_name = fields_[i].name;
      bound_[i].type = fields_[i].type;
    }
    if (mapping_ && role_) {
      if (Status status = bind_mapped(); !status) return status.issue();
      if (Status status = bind_constants(); !status) return status.issue();
    }
    if (role_) {
      bind_names(true);
      bind_names(false);
      if (dbase_) bind_short_names();
    }
    if (Status status = attach_values(); !status) return status.issue();
    bound_.insert(bound_.end(), extra_.begin(), extra_.end());
    return std::move(bound_);
  }

 private:
  bool taken(const FieldSpec* spec) const {
    return std::find(taken_.begin(), taken_.end(), spec) != taken_.end();
  }

  void assign(FieldBinding& binding, const FieldSpec* spec, std::string evidence) {
    binding.spec = spec;
    binding.evidence = std::move(evidence);
    taken_.push_back(spec);
  }

  Issue no_such_field(const std::string& name) const {
    std::vector<std::string_view> candidates;
    for (const FieldSpec& spec : schema_.layer(*role_).fields) candidates.push_back(spec.name);
    const std::string near = nearest(name, candidates);
    if (near.empty())
      return {IssueCode::input_bad_mapping, "{0}: {1} have no field \"{2}\"", mapping_->place,
              table::role_name(*role_), name};
    return {IssueCode::input_bad_mapping,
            "{0}: {1} have no field \"{2}\"; did you mean \"{3}\"?",
            mapping_->place,
            table::role_name(*role_),
            name,
            near};
  }

  Issue no_such_source_field(const std::string& name) const {
    std::vector<std::string_view> candidates;
    std::string all;
    for (const SourceField& field : fields_) {
      candidates.push_back(field.name);
      all += (all.empty() ? "" : ", ") + field.name;
    }
    const std::string near = nearest(name, candidates);
    if (near.empty())
      return {IssueCode::input_bad_mapping,
              "{0}: layer {1} of {2} has no field \"{3}\"; it has {4}",
              mapping_->place,
              place_.layer,
              place_.source,
              name,
              all};
    return {IssueCode::input_bad_mapping,
            "{0}: layer {1} of {2} has no field \"{3}\"; did you mean \"{4}\"?",
            mapping_->place,
            place_.layer,
            place_.source,
            name,
            near};
  }

  // Exactly, else folded.
  int position_of(const std::string& name) const {
    for (std::size_t i = 0; i < fields_.size(); ++i)
      if (fields_[i].name == name) return static_cast<int>(i);
    const std::string folded = fold(name);
    for (std::size_t i = 0; i < fields_.size(); ++i)
      if (fold(fields_[i].name) == folded) return static_cast<int>(i);
    return -1;
  }

  Status bind_mapped() {
    for (const auto& [canonical, reference] : mapping_->fields) {
      const FieldSpec* spec = schema_.field(*role_, canonical);
      if (!spec) return no_such_field(canonical);
      const SourceReference source = parted(reference);
      const int field = position_of(source.field);
      if (field < 0) return no_such_source_field(source.field);
      FieldBinding& own = bound_[static_cast<std::size_t>(field)];
      if (source.tag.empty() && !own.spec) {
        assign(own, spec, "mapping");
      } else {  // a tag, or a field that stands for two
        FieldBinding another = own;
        another.tag = source.tag;
        another.source_name = reference;
        assign(another, spec, "mapping");
        extra_.push_back(std::move(another));
      }
      FieldBinding& bound = source.tag.empty() && own.spec == spec ? own : extra_.back();
      set_unit(bound, schema_.match(*role_, source.field));
    }
    return {};
  }

  // The unit written in the source's name counts also where a mapping names the field.
  void set_unit(FieldBinding& binding, const NameMatch& match) const {
    if (match.field && match.field->unit == binding.spec->unit) binding.factor = match.factor;
    binding.unit_known = !binding.spec->guess_unit || !match.written_unit.empty() || match.canonical;
  }

  Status bind_constants() {
    for (const auto& [canonical, value] : mapping_->constants) {
      const FieldSpec* spec = schema_.field(*role_, canonical);
      if (!spec) return no_such_field(canonical);
      if (taken(spec)) continue;
      FieldBinding binding;
      binding.constant = value;
      binding.source_name = canonical;
      assign(binding, spec, "constant of the mapping");
      extra_.push_back(std::move(binding));
    }
    return {};
  }

  void bind_names(bool canonical) {
    for (FieldBinding& binding : bound_) {
      if (binding.spec) continue;
      const NameMatch match = schema_.match(*role_, binding.source_name);
      if (!match.field || match.canonical != canonical) continue;
      if (taken(match.field)) {
        binding.evidence = "another field stands for " + match.field->name + " already";
        continue;
      }
      std::string evidence = canonical ? "name" : "alias";
      if (!match.written_unit.empty()) evidence += ", unit " + match.written_unit;
      assign(binding, match.field, std::move(evidence));
      set_unit(binding, match);
    }
  }

  void bind_short_names() {
    for (FieldBinding& binding : bound_) {
      if (binding.spec || !binding.evidence.empty()) continue;
      const FieldSpec* spec = schema_.field_of_short_name(*role_, binding.source_name);
      if (!spec || taken(spec)) continue;
      assign(binding, spec, "name cut after ten bytes");
      binding.unit_known = !spec->guess_unit;
    }
  }

  Status attach_values() {
    if (!mapping_ || !role_) return {};
    for (const auto& [canonical, values] : mapping_->values) {
      const FieldSpec* spec = schema_.field(*role_, canonical);
      if (!spec) return no_such_field(canonical);
      for (std::vector<FieldBinding>* bindings : {&bound_, &extra_})
        for (FieldBinding& binding : *bindings)
          if (binding.spec == spec) binding.values = &values;
    }
    return {};
  }

  const Schema& schema_;
  std::optional<Role> role_;
  const LayerMapping* mapping_;
  const std::vector<SourceField>& fields_;
  bool dbase_;
  const LayerPlace& place_;
  std::vector<FieldBinding> bound_, extra_;
  std::vector<const FieldSpec*> taken_;
};

}  // namespace

Result<std::vector<FieldBinding>> bind_fields(const Schema& schema, std::optional<Role> role,
                                              const LayerMapping* mapping,
                                              const std::vector<SourceField>& fields, bool dbase,
                                              const LayerPlace& place) {
  return Binder(schema, role, mapping, fields, dbase, place).run();
}

}  // namespace xiangtu::io
