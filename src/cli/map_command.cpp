// xiangtu map: a picture of the layers, drawn without a display.
#include <algorithm>
#include <cmath>
#include <future>
#include <memory>
#include <set>

#include "base/text.hpp"
#include "cli/choropleth_options.hpp"
#include "cli/command_line.hpp"
#include "cli/map_reading.hpp"
#include "cli/option_checks.hpp"
#include "print/print_map.hpp"
#include "render/scene/atlas_scene.hpp"
#include "render/scene/map_document.hpp"
#include "render/text/system_fonts.hpp"

namespace xiangtu::cli {

namespace {

namespace scene = render::scene;
using atlas::Level;
using render::text::FontCatalogue;

struct MapRequest {
  SourceOptions source;
  std::vector<std::string> layers;
  std::string indicator, by;  // by: "county", "township"; empty: as the workspace says
  ChoroplethOptions colours;
  std::string box, where, theme = "light";
  bool graticule = false;
  print::SheetOptions sheet;
  std::vector<std::string> backgrounds;
  std::string drawing;  // of backgrounds; empty: as fits them
};

// What --bbox says; all_of_it: everything, whatever the workspace shows.
constexpr std::string_view all_of_it = "all";
Result<std::optional<geodesy::LonLatBox>> box_of(const std::string& text) {
  if (text.empty() || text == all_of_it) return std::optional<geodesy::LonLatBox>{};
  std::vector<double> numbers;
  for (std::size_t at = 0; at <= text.size();) {
    const std::size_t comma = std::min(text.find(',', at), text.size());
    numbers.push_back(parse_number(text.substr(at, comma - at)).value_or(std::nan("")));
    at = comma + 1;
  }
  if (numbers.size() != 4 || !(numbers[0] < numbers[2] && numbers[1] < numbers[3]))
    return Issue{IssueCode::usage, "--bbox takes WEST,SOUTH,EAST,NORTH in degrees, or all, not '{0}'", text};
  return std::optional{geodesy::LonLatBox{{numbers[0], numbers[1]}, {numbers[2], numbers[3]}}};
}

// The roles of the layers to be drawn: those asked for, else all.
Result<std::set<table::Role>> roles_of(const std::vector<std::string>& names,
                                       const workspace::Workspace& workspace) {
  const std::set<table::Role> there = workspace.drawn_roles();
  std::set<table::Role> wanted;
  std::string known;
  for (const table::Role role : there)
    known += (known.empty() ? "" : ", ") + std::string{table::role_name(role)};
  if (there.empty())
    return Issue{IssueCode::input_not_spatial,
                 "{0} has no layer with positions, so there is nothing to draw; name columns of coordinates "
                 "in a mapping file, or add boundaries",
                 workspace.sources().front()};
  for (const std::string& name : names) {
    const auto role = table::role_from_name(name);
    if (!role || !there.contains(*role))
      return Issue{IssueCode::usage, "there is no layer '{0}' to draw; the sources have {1}", name, known};
    wanted.insert(*role);
  }
  return names.empty() ? there : wanted;
}

Status colour_units(const MapRequest& request, const workspace::Workspace& workspace,
                    const scene::ChoroplethSettings& settings,
                    const std::shared_ptr<const atlas::Atlas>& atlas, scene::Scene& scene, Console& console) {
  if (request.indicator.empty()) return {};
  const Level level = atlas::level_from_name(request.by).value_or(Level::county);
  const auto layer = scene::unit_layer(scene, level);
  if (!layer)
    return Issue{IssueCode::input,
                 "the sources have no polygons of the level '{0}' to colour; choose another --by",
                 atlas::level_names[static_cast<std::size_t>(level)]};
  workspace::StatsOptions options;
  options.indicators = {request.indicator};
  options.levels = {level};
  options.parameters = workspace.parameters().value_or(indicators::Parameters{});
  const auto stats = workspace::compute_stats(workspace, atlas, options, console.progress());
  if (!stats) return stats.issue();
  scene.look(*layer)->visible = true;
  scene.look(*layer)->choropleth =
      scene::unit_choropleth(*atlas, stats->table, 0, level, console.catalogue(), settings);
  return {};
}

Status check_inside(const MapRequest& request, const std::optional<geodesy::LonLatBox>& asked,
                    const geodesy::LonLatBox& all) {
  if (!asked || all.intersects(*asked)) return {};
  const auto sides = [](const geodesy::LonLatBox& box) {
    return fmt::format("{:.4f},{:.4f},{:.4f},{:.4f}", box.min.lon, box.min.lat, box.max.lon, box.max.lat);
  };
  if (!request.box.empty())
    return Issue{IssueCode::usage, "--bbox {0} lies outside the data, which has {1}", request.box,
                 sides(all)};
  return Issue{IssueCode::input,
               "the extent {0} that the workspace shows lies outside the data, which has {1}; say --bbox all",
               sides(*asked), sides(all)};
}

// The unit asked for by its code, as it is drawn.
struct ShownUnit {
  std::string name;
  atlas::Selection rows;
  geodesy::LonLatBox box;
};
std::optional<ShownUnit> unit_of(const std::string& code, const atlas::Atlas& atlas) {
  const UnitIx unit = atlas.hierarchy.find(code);
  if (code.empty() || !unit.exists()) return std::nullopt;
  ShownUnit shown{atlas.hierarchy[unit].name, atlas.rows_that_are(unit), {}};
  for (const RowIx row : shown.rows.rows) shown.box.add(shown.rows.layer->table.geometry.box_of(row.value));
  return shown.box.empty() ? std::nullopt : std::optional{std::move(shown)};
}

// The one that was asked for, else the one that the workspace has selected, where it is there.
Result<std::optional<ShownUnit>> unit_of(const MapRequest& request, const scene::SavedMap& map,
                                         const atlas::Atlas& atlas) {
  const std::string& code = request.where.empty() ? map.looked_at.unit : request.where;
  std::optional<ShownUnit> shown = unit_of(code, atlas);
  if (shown || request.where.empty()) return shown;
  return Issue{
      IssueCode::unknown_unit,
      "there is no unit with the code '{0}' and a boundary or position in the sources; give the code "
      "of a county, township or village",
      code};
}

void stress(const ShownUnit& unit, scene::Scene& scene) {
  for (const scene::MapLayer& layer : scene.layers())
    if (layer.role == unit.rows.layer->role) scene.select({{layer.id, unit.rows.rows}});
}

// The backgrounds asked for, above those that the workspace has.
void take_backgrounds(const MapRequest& request, scene::MapDocument& document) {
  std::optional<raster::Drawing> drawing;
  for (std::size_t i = 0; i < std::size(raster::drawing_names); ++i)
    if (request.drawing == raster::drawing_names[i]) drawing = static_cast<raster::Drawing>(i);
  if (drawing)
    for (scene::BackgroundChoice& choice : document.backgrounds) choice.drawing = drawing;
  for (const std::string& file : request.backgrounds) {
    std::erase_if(document.backgrounds, [&](const auto& other) { return other.source == file; });
    document.backgrounds.push_back({file, true, 1, drawing});
  }
}

// How the map is set up and looked at by the last workspace file among the sources.
Result<scene::SavedMap> saved_map(const SourceOptions& source) {
  const auto file = io::last_workspace(source.sources);
  if (!file) return file.issue();
  if (!*file) return scene::SavedMap{};
  Result<scene::SavedMap> map = scene::read_map((*file)->text, (*file)->path);
  if (!map) return map.issue();
  map->document.convert_paths([&](const std::string& said) { return (*file)->path_at(said); });
  return map;
}

bool has_polygons(const workspace::Workspace& workspace, Level level) {
  return std::ranges::any_of(workspace.layers(), [&](const io::LayerInfo& layer) {
    return layer.role == (level == Level::county ? table::Role::counties : table::Role::townships) &&
           layer.geometry == table::GeometryKind::polygon;
  });
}

// What a workspace's map is coloured by and at which level, where that has polygons and nothing else was
// asked for.
void take_colours(const scene::SavedMap& map, const workspace::Workspace& workspace, MapRequest& request) {
  Level level = atlas::level_from_name(request.by).value_or(map.looked_at.level.value_or(Level::county));
  if (request.by.empty() && !has_polygons(workspace, level))
    level = level == Level::county ? Level::township : Level::county;
  const bool has = has_polygons(workspace, level);
  if (has) request.by = atlas::level_names[static_cast<std::size_t>(level)];
  if (request.indicator.empty() && request.layers.empty() && map.document.coloured && has)
    request.indicator = map.document.indicator;
}

// What was asked for, else what the workspace shows; none: everything, or the unit that was asked for.
std::optional<geodesy::LonLatBox> shown_extent(const MapRequest& request,
                                               const std::optional<geodesy::LonLatBox>& asked,
                                               const scene::SavedMap& map) {
  return request.box.empty() && request.where.empty() ? map.extent : asked;
}

// Own styles that cannot be read are no reason to have no map; the window goes on, too.
Result<scene::MapStyles> styles_or_shipped(Result<scene::MapStyles> styles, Console& console) {
  if (styles) return styles;
  Result<scene::MapStyles> shipped = scene::load_shipped_styles();
  if (shipped)
    console.note(Message("{0}; the map is drawn with the styles that come with the program",
                         styles.issue().message.in(console.catalogue())));
  return shipped;
}

// unit: the name of the one that the map is about; empty: about none.
std::string title_of(const print::ReadyMap& map, const std::string& unit, const print::MapSetup& setup) {
  const bool coloured = std::ranges::any_of(
      map.scene->layers(), [](const auto& layer) { return layer.look.choropleth != nullptr; });
  if (!coloured && !unit.empty()) return unit;
  const std::string title = print::default_title(*map.scene, setup.workspace, setup.texts);
  return unit.empty() ? title : Message("{0}: {1}", unit, title).in(setup.texts);
}

Result<print::ReadyMap> compose(const MapRequest& request, const print::SheetPlan& plan,
                                const std::optional<geodesy::LonLatBox>& asked,
                                const scene::ChoroplethSettings& colours, const scene::SavedMap& saved,
                                const scene::MapStyles& styles, const workspace::Workspace& workspace,
                                Console& console) {
  const scene::MapDocument& document = saved.document;
  const auto roles = roles_of(request.layers, workspace);
  if (!roles) return roles.issue();
  const scene::Theme theme = request.theme == "dark" ? scene::Theme::dark : scene::Theme::light;
  const print::MapSetup setup{workspace, document, styles, theme, console.catalogue()};
  print::ReadyMap map{nullptr, print::sheet_of(plan, setup), {}};
  if (asked)
    print::show(*asked, plan.size, map.sheet);
  else if (const auto all = request.where.empty() ? workspace.extent(*roles) : std::nullopt)
    print::show(*all, plan.size, map.sheet);
  std::future<std::string> source =
      std::async(std::launch::async, [&] { return print::source_line(plan, setup); });
  const bool has_unit = !request.where.empty() || !saved.looked_at.unit.empty();
  auto tables = read_for_picture({*roles, !request.indicator.empty(), has_unit, asked, plan.size, map.sheet},
                                 workspace, *scene::sheet_of(document, styles, theme), console.progress());
  if (!tables) return tables.issue();
  const auto atlas = std::make_shared<const atlas::Atlas>(std::move(tables->atlas));
  if (const Status inside = check_inside(request, asked, extent_of(*atlas)); !inside) return inside.issue();
  map.sheet.texts.source = source.get();
  const auto unit = unit_of(request, saved, *atlas);
  if (!unit) return unit.issue();

  map.scene = print::scene_of(setup, atlas, tables->blank_as_a_whole);
  for (const scene::MapLayer& layer : map.scene->layers()) {
    bool& visible = map.scene->look(layer.id)->visible;
    visible = roles->contains(*layer.role) && (visible || !request.layers.empty());
  }
  if (const Status coloured = colour_units(request, workspace, colours, atlas, *map.scene, console);
      !coloured)
    return coloured.issue();
  auto backgrounds = print::add_backgrounds(document, request.backgrounds, *map.scene, console.progress());
  if (!backgrounds) return backgrounds.issue();
  map.backgrounds = std::move(*backgrounds);
  const bool is_about_unit = *unit && !request.where.empty();
  if (is_about_unit && !asked) print::show((*unit)->box, plan.size, map.sheet);
  if (!map.sheet.extent) print::show(map.scene->box(), plan.size, map.sheet);
  if (*unit) stress(**unit, *map.scene);
  if (plan.options.title.empty())
    map.sheet.texts.title = title_of(map, is_about_unit ? (*unit)->name : "", setup);
  return map;
}

int run_map(MapRequest request, Console& console) {
  const auto plan = print::plan(request.sheet);
  if (!plan) return console.fail(plan.issue());
  const auto asked = box_of(request.box);
  if (!asked) return console.fail(asked.issue());
  if (const auto asked_for = request.colours.over({}); !asked_for) return console.fail(asked_for.issue());
  // Beside the opening and the reading.
  std::future<Result<scene::MapStyles>> styles = std::async(std::launch::async, scene::load_user_styles);
  std::future<FontCatalogue> fonts = std::async(std::launch::async, [] { return FontCatalogue{}; });
  auto saved = saved_map(request.source);
  if (!saved) return console.fail(saved.issue());
  using workspace::Workspace;
  const bool coloured = !request.indicator.empty() || !saved->document.indicator.empty();
  auto workspace = Workspace::open(request.source.open(), console.progress(),
                                   coloured ? Workspace::Figures::defined : Workspace::Figures::none);
  if (!workspace) return console.fail(workspace.issue());
  scene::MapDocument& document = saved->document;
  take_backgrounds(request, document);
  document.graticule = document.graticule || request.graticule;
  if (const Status apart = print::check_apart(*plan, *workspace, document); !apart)
    return console.fail(apart.issue());
  take_colours(*saved, *workspace, request);
  if (request.colours.any() && request.indicator.empty())
    return console.fail(
        Issue{IssueCode::usage,
              "--classes, --class-count and --ramp are about the values of an indicator; name "
              "one, for example --indicator tap_household_rate"});
  const auto settings = request.colours.over(document.choropleth(request.indicator));
  if (!settings) return console.fail(settings.issue());
  const auto sheets = styles_or_shipped(styles.get(), console);
  if (!sheets) return console.fail(sheets.issue());
  auto map = compose(request, *plan, shown_extent(request, *asked, *saved), *settings, *saved, *sheets,
                     *workspace, console);
  if (!map) return console.fail(map.issue());
  FontCatalogue catalogue = fonts.get();
  const auto remarks = print::print(*map, *plan, catalogue, console.progress());
  if (!remarks) return console.fail(remarks.issue());
  for (const Message& remark : *remarks) console.note(remark);
  const scene::Camera camera = scene::camera_of(map->sheet, *map->sheet.extent);
  if (scene::legend_of(*map->scene, camera, map->sheet.texts.language).empty())
    console.note(Message(
        "Nothing of these layers is shown at this scale; show a smaller part with --bbox or --where."));
  Console::leave(std::make_shared<print::ReadyMap>(std::move(*map)));
  Console::leave(std::make_shared<Workspace>(std::move(*workspace)));
  Console::leave(std::make_shared<FontCatalogue>(std::move(catalogue)));
  return 0;
}

}  // namespace

Command add_map(CLI::App& program, const Catalogue& texts) {
  auto request = std::make_shared<MapRequest>();
  CLI::App* app = program.add_subcommand("map", texts.c_str("a picture of the map"));
  app->footer(texts.c_str(
      "Examples:\n"
      "  xiangtu map region.gpkg -o map.png\n"
      "  xiangtu map region.gpkg --indicator tap_household_rate --by township -o taps.png\n"
      "  xiangtu map region.gpkg --indicator tap_household_rate --classes 50%,80%,95% --ramp RdYlBu\n"
      "  xiangtu map region.gpkg --layers counties,roads,bridges --size 3200x2400 --dpi 192 -o roads.png\n"
      "  xiangtu map region.gpkg --where 610826 --size A3 -o county.pdf"));
  add_sources(*app, request->source, texts);
  app->add_option("--layers", request->layers, texts.c_str("only these layers, by role"))
      ->delimiter(',')
      ->type_name("ROLE,…")
      ->allow_extra_args(false);
  app->add_option("--indicator", request->indicator, texts.c_str("colour the units by this indicator"))
      ->type_name("ID");
  add_choropleth_options(*app, request->colours, texts);
  app->add_option(
         "--by", request->by,
         texts.c_str("level of the coloured units: county or township; else the workspace's, or county"))
      ->check(one_of({"county", "township"}, texts));
  add_background_option(*app, request->backgrounds, texts);
  app->add_option("--background-as", request->drawing,
                  texts.c_str("how heights are drawn: picture, hillshade or relief; else hillshade"))
      ->check(
          one_of(std::vector<std::string>(std::begin(raster::drawing_names), std::end(raster::drawing_names)),
                 texts));
  app->add_option("--bbox", request->box,
                  texts.c_str("what to show, in degrees, or all; else the workspace's view, or everything"))
      ->type_name("W,S,E,N");
  app->add_option("--where", request->where, texts.c_str("show this unit and stress it; else everything"))
      ->check(not_empty(texts))
      ->type_name("UNIT_CODE");
  app->add_option("--size", request->sheet.size,
                  texts.c_str("of the picture in pixels, or a paper: A0 to A6"))
      ->type_name("WxH|PAPER")
      ->capture_default_str();
  app->add_option("--dpi", request->sheet.dpi, texts.c_str("resolution: symbols and texts grow with it"))
      ->check(number_between(24, 1200, texts))
      ->capture_default_str();
  app->add_option("--theme", request->theme, texts.c_str("colours of the map: light or dark"))
      ->check(one_of({"light", "dark"}, texts))
      ->capture_default_str();
  app->add_flag("--graticule", request->graticule,
                texts.c_str("meridians and parallels at a round step, with their degrees"));
  app->add_option(
         "--title", request->sheet.title,
         texts.c_str("title of the picture; else the unit, what units are coloured by, or the source's name"))
      ->type_name("TEXT");
  app->add_option("--date", request->sheet.date,
                  texts.c_str("date of the data, '' for none; else the newest day that the sources tell"))
      ->type_name("TEXT");
  app->add_option("-o,--output", request->sheet.output,
                  texts.c_str("file to write, ending in .png, .pdf or .svg"))
      ->type_name("FILE")
      ->capture_default_str();
  return {app, [request](Console& console) { return run_map(*request, console); }};
}

}  // namespace xiangtu::cli
