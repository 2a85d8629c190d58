#include "print/print_map.hpp"

#include <algorithm>
#include <filesystem>
#include <utility>

#include "io/data_date.hpp"
#include "io/raster_file.hpp"
#include "render/scene/atlas_scene.hpp"
#include "render/scene/labels.hpp"
#include "workspace/outputs.hpp"

namespace xiangtu::print {

namespace scene = render::scene;
namespace fs = std::filesystem;

namespace {

// A title begins with a capital; other scripts have none.
std::string begun_large(std::string text) {
  if (!text.empty() && text[0] >= 'a' && text[0] <= 'z') text[0] = static_cast<char>(text[0] - 'a' + 'A');
  return text;
}

std::string source_names(const MapSetup& setup) {
  std::string names;
  for (const std::string& source : setup.workspace.sources())
    names += (names.empty() ? "" : ", ") + fs::path{source}.filename().string();
  for (const scene::BackgroundChoice& background : setup.document.backgrounds)
    if (background.visible) names += ", " + fs::path{background.source}.filename().string();
  return names;
}

std::string texts_on(const ReadyMap& map) {
  const scene::MapTexts& said = map.sheet.texts;
  std::string texts = said.title + said.source + said.legend_title + said.north;
  for (const scene::MapLayer& layer : map.scene->layers()) texts += layer.name;
  return texts + scene::names_on(*map.scene);
}

// What is not in the picture: a remark where parts of a background are missing, an error where all of one
// that is needed is.
Status check_backgrounds(const ReadyMap& map, std::vector<Message>& remarks) {
  const scene::Camera camera = scene::camera_of(map.sheet, *map.sheet.extent);
  const scene::Backgrounds& backgrounds = map.scene->backgrounds();
  for (const scene::Background& background : backgrounds.all()) {
    const std::optional<Issue>& trouble = backgrounds.trouble(background.id);
    if (!trouble) continue;
    if (map.backgrounds.needed.contains(background.id) && backgrounds.quads(background, camera).empty())
      return *trouble;
    remarks.push_back(trouble->message);
  }
  return {};
}

}  // namespace

Result<SheetPlan> plan(SheetOptions options) {
  scene::MapSheet sheet;
  sheet.dpi = options.dpi;
  if (const Status fits = scene::check_size(sheet); !fits) return fits.issue();
  const auto size = parse_sheet_size(options.size, options.dpi);
  if (!size) return size.issue();
  sheet.width = size->width;
  sheet.height = size->height;
  if (const Status fits = scene::check_size(sheet); !fits) return fits.issue();
  const auto format = map_format(options.output);
  if (!format) return format.issue();
  return SheetPlan{std::move(options), *size, *format};
}

Status check_apart(const SheetPlan& plan, const workspace::Workspace& workspace,
                   const scene::MapDocument& document) {
  std::vector<std::string> inputs = workspace::source_files(workspace);
  for (const scene::BackgroundChoice& background : document.backgrounds) inputs.push_back(background.source);
  return workspace::check_outputs(inputs, {plan.options.output});
}

std::string source_name(const workspace::Workspace& workspace) {
  return fs::path{workspace.sources().front()}.stem().string();
}

std::string default_title(const scene::Scene& scene, const workspace::Workspace& workspace,
                          const Catalogue& texts) {
  for (const scene::MapLayer& layer : scene.layers())
    if (const auto& colours = layer.look.choropleth; colours && layer.look.visible)
      return begun_large(Message("{0}, {1}", colours->title, colours->by).in(texts));
  return source_name(workspace);
}

scene::MapSheet sheet_of(const SheetPlan& plan, const MapSetup& setup) {
  scene::MapSheet sheet;
  sheet.width = plan.size.width;
  sheet.height = plan.size.height;
  sheet.dpi = plan.options.dpi;
  sheet.graticule = setup.document.graticule;
  sheet.texts.title = plan.options.title.empty() ? source_name(setup.workspace) : plan.options.title;
  sheet.texts.legend_title = setup.texts("Legend");
  sheet.texts.north = setup.texts("N");
  sheet.texts.language = setup.texts.language();
  return sheet;
}

std::string source_line(const SheetPlan& plan, const MapSetup& setup) {
  const std::string names = source_names(setup);
  io::DataDate date{plan.options.date.value_or("")};
  if (!plan.options.date) date = io::data_date(workspace::source_files(setup.workspace)).value_or(date);
  if (date.day.empty()) return Message("Source: {0}", names).in(setup.texts);
  if (date.of_file) return Message("Source: {0} · File of: {1}", names, date.day).in(setup.texts);
  return Message("Source: {0} · Data of: {1}", names, date.day).in(setup.texts);
}

std::unique_ptr<scene::Scene> scene_of(const MapSetup& setup,
                                       const std::shared_ptr<const atlas::Atlas>& atlas, bool at_every_zoom) {
  auto made = std::make_unique<scene::Scene>(scene::sheet_of(setup.document, setup.styles, setup.theme));
  scene::add_atlas(*made, atlas, [&](table::Role role) {
    return std::string{setup.workspace.schema().layer_label(role, setup.texts.language())};
  });
  scene::apply(setup.document, setup.styles, setup.theme, *made);
  made->show_at_every_zoom(at_every_zoom);
  return made;
}

Result<AddedBackgrounds> add_backgrounds(const scene::MapDocument& document,
                                         const std::vector<std::string>& needed, scene::Scene& scene,
                                         const Progress& progress) {
  AddedBackgrounds added;
  for (const scene::BackgroundChoice& choice : document.backgrounds) {
    if (!choice.visible) continue;
    const auto source = io::open_raster(choice.source, progress.stop_token());
    const bool is_needed = std::ranges::find(needed, choice.source) != needed.end();
    if (!source && (is_needed || source.issue().code == IssueCode::cancelled)) return source.issue();
    if (!source) {
      added.remarks.push_back(source.issue().message);
      continue;
    }
    const raster::SourceFacts& facts = (*source)->facts();
    const scene::BackgroundId id = scene.backgrounds().add(facts.name, *source);
    *scene.backgrounds().look(id) = choice.look(facts);
    if (is_needed) added.needed.insert(id);
  }
  return added;
}

Result<std::vector<Message>> print(const ReadyMap& map, const SheetPlan& plan,
                                   const render::text::FontCatalogue& fonts, Progress& progress) {
  std::vector<Message> remarks = map.backgrounds.remarks;
  const render::text::FontChoice chosen = fonts.choose(texts_on(map));
  if (auto remark = remark_on(chosen)) remarks.push_back(std::move(*remark));
  const auto drawn = draw_map(plan.format, *map.scene, map.sheet, chosen.files, progress);
  if (!drawn) return drawn.issue();
  if (const Status complete = check_backgrounds(map, remarks); !complete) return complete.issue();
  if (const Status written = write_map(plan.options.output, *drawn, progress); !written)
    return written.issue();
  return remarks;
}

}  // namespace xiangtu::print
