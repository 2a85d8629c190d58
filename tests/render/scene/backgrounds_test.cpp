#include "render/scene/backgrounds.hpp"

#include <algorithm>
#include <array>
#include <catch2/catch.hpp>
#include <cmath>
#include <thread>

#include "render/made_ground.hpp"

using namespace xiangtu;
using namespace xiangtu::render::scene;
using raster::WebTile;
using test::MadeGround;

namespace {

Camera camera_at(geodesy::LonLat centre, double zoom) {
  Camera camera{800, 600};
  camera.set_zoom(zoom);
  camera.move_to(centre);
  return camera;
}

// Until nothing is missing any more.
void update_until_settled(Backgrounds& backgrounds, const Camera& camera) {
  do {
    backgrounds.update(camera);
    std::this_thread::yield();
  } while (!backgrounds.settled());
}

// Every tile of a zoom whose square meets the view, by looking at all of them.
std::vector<WebTile> all_that_meet(const Camera& camera, int zoom) {
  std::vector<WebTile> tiles;
  const WorldBox view = camera.view();
  for (int row = 0; row < 1 << zoom; ++row)
    for (int column = 0; column < 1 << zoom; ++column) {
      const double side = 1.0 / (1 << zoom);
      if (column * side <= view.max.x && (column + 1) * side > view.min.x && row * side <= view.max.y &&
          (row + 1) * side > view.min.y)
        tiles.push_back({zoom, column, row});
    }
  std::sort(tiles.begin(), tiles.end());
  return tiles;
}

}  // namespace

TEST_CASE("the tiles of a view are all that meet it, the nearest to its centre first") {
  const MadeGround ground{8};
  for (const double zoom : {1.0, 3.0, 5.5, 7.2, 8.0}) {
    const Camera camera = camera_at({109.7, 38.3}, zoom);
    std::vector<WebTile> tiles = tiles_in_view(ground.facts_, camera, 0);
    REQUIRE_FALSE(tiles.empty());
    // A pixel of the tile is between 0.59 and 1.19 pixels of the screen.
    const double enlarged = camera.pixels_per_world() / (256 * std::exp2(tiles.front().zoom));
    CHECK(enlarged > 0.59);
    CHECK(enlarged < 1.19);
    const WorldPoint centre = camera.centre();
    const WorldBox first = world_of(tiles.front());
    CHECK(first.contains(centre));
    std::sort(tiles.begin(), tiles.end());
    CHECK(tiles == all_that_meet(camera, tiles.front().zoom));
  }
}

TEST_CASE(
    "closer than the finest zoom its tiles are enlarged, and farther than the coarsest there is nothing") {
  MadeGround ground{8};
  CHECK(tiles_in_view(ground.facts_, camera_at({109.7, 38.3}, 15), 0).front().zoom == 8);
  ground.facts_.coarsest_zoom = 6;
  CHECK(tiles_in_view(ground.facts_, camera_at({109.7, 38.3}, 4), 0).empty());
  ground.facts_.box = {{10, 10}, {11, 11}};
  CHECK(tiles_in_view(ground.facts_, camera_at({109.7, 38.3}, 7), 0).empty());
}

TEST_CASE("what a view needs comes, once, and is drawn without overlap") {
  const auto ground = std::make_shared<MadeGround>();
  Backgrounds backgrounds;
  const BackgroundId id = backgrounds.add("ground", ground);
  CHECK_FALSE(backgrounds.settled());
  const Camera camera = camera_at({109.7, 38.3}, 9);
  Progress progress;
  backgrounds.settle(camera, progress);
  CHECK(backgrounds.settled());
  const std::vector<WebTile> needed = tiles_in_view(ground->facts_, camera, 0);
  CHECK(ground->asked == static_cast<int>(needed.size()));
  CHECK(backgrounds.quads(*backgrounds.find(id), camera).size() == needed.size());
  backgrounds.settle(camera, progress);
  CHECK(ground->asked == static_cast<int>(needed.size()));
}

TEST_CASE("until a tile is there a part of a coarser one stands in for it") {
  const auto ground = std::make_shared<MadeGround>();
  Backgrounds backgrounds;
  const BackgroundId id = backgrounds.add("ground", ground);
  Progress progress;
  backgrounds.settle(camera_at({109.7, 38.3}, 8), progress);
  const Camera closer = camera_at({109.7, 38.3}, 10);
  const auto quads = backgrounds.quads(*backgrounds.find(id), closer);
  REQUIRE(quads.size() == tiles_in_view(ground->facts_, closer, 0).size());
  for (const TileQuad& quad : quads) {
    CHECK(quad.right - quad.left == 0.25);
    CHECK(quad.bottom - quad.top == 0.25);
    // The share is where the tile lies in the coarser one, whose corner is a multiple of its side.
    const double side = 4 * (quad.box.max.x - quad.box.min.x);
    CHECK(quad.left == Approx(std::fmod(quad.box.min.x, side) / side).margin(1e-9));
    CHECK(quad.top == Approx(std::fmod(quad.box.min.y, side) / side).margin(1e-9));
  }
  // Going back to a farther view, finer ones do.
  Backgrounds others;
  const BackgroundId other = others.add("ground", ground);
  others.settle(camera_at({109.7, 38.3}, 9), progress);
  CHECK(others.quads(*others.find(other), camera_at({109.7, 38.3}, 8)).size() > 8);
}

TEST_CASE("empty tiles are not drawn and not asked for again") {
  const auto ground = std::make_shared<MadeGround>();
  ground->colour = [](const WebTile&) { return std::array<std::uint8_t, 4>{0, 0, 0, 0}; };
  Backgrounds backgrounds;
  const BackgroundId id = backgrounds.add("ground", ground);
  const Camera camera = camera_at({0, 0}, 5);
  update_until_settled(backgrounds, camera);
  const int asked = ground->asked;
  CHECK(asked > 0);
  update_until_settled(backgrounds, camera);
  CHECK(ground->asked == asked);
  CHECK(backgrounds.quads(*backgrounds.find(id), camera).empty());
}

TEST_CASE("a source that fails is left alone after a little, its trouble kept until it answers") {
  const auto ground = std::make_shared<MadeGround>();
  ground->fails = true;
  Backgrounds backgrounds;
  const BackgroundId id = backgrounds.add("ground", ground);
  const Camera camera = camera_at({109.7, 38.3}, 9);
  update_until_settled(backgrounds, camera);
  REQUIRE(backgrounds.trouble(id));
  CHECK(backgrounds.trouble(id)->message.english() == "the made ground gave way");
  // Of some thirty, nobody waits for each of them: two, and one that was on its way when the second failed.
  CHECK(ground->asked <= 3);
  update_until_settled(backgrounds, camera_at({100, 30}, 9));  // another view changes nothing
  CHECK(ground->asked <= 3);
  ground->fails = false;
  backgrounds.retry(id);
  update_until_settled(backgrounds, camera);
  CHECK_FALSE(backgrounds.trouble(id));
  CHECK_FALSE(backgrounds.quads(*backgrounds.find(id), camera).empty());
}

TEST_CASE("settling ends with what can be had, and at once when it is cancelled") {
  const auto ground = std::make_shared<MadeGround>();
  ground->fails = true;
  Backgrounds backgrounds;
  const BackgroundId id = backgrounds.add("ground", ground);
  Progress progress;
  backgrounds.settle(camera_at({109.7, 38.3}, 9), progress);
  CHECK(backgrounds.trouble(id));
  std::stop_source stop;
  stop.request_stop();
  Progress stopped{stop.get_token()};
  Backgrounds others;
  others.add("ground", ground);
  others.settle(camera_at({109.7, 38.3}, 9), stopped);
  CHECK_FALSE(others.settled());
}

TEST_CASE("another drawing fetches anew, and hidden backgrounds fetch nothing") {
  const auto ground = std::make_shared<MadeGround>();
  ground->facts_.content = raster::Content::heights;
  Backgrounds backgrounds;
  const BackgroundId id = backgrounds.add("ground", ground);
  CHECK(backgrounds.look(id)->drawing == raster::Drawing::hillshade);
  const Camera camera = camera_at({109.7, 38.3}, 6);
  Progress progress;
  backgrounds.settle(camera, progress);
  const auto grey = backgrounds.quads(*backgrounds.find(id), camera).front().image;
  CHECK(grey->pixel(9, 9)[0] == grey->pixel(9, 9)[2]);
  backgrounds.look(id)->drawing = raster::Drawing::relief;
  backgrounds.settle(camera, progress);
  const auto tinted = backgrounds.quads(*backgrounds.find(id), camera).front().image;
  CHECK(tinted->pixel(9, 9)[0] != tinted->pixel(9, 9)[2]);
  const int asked = ground->asked;
  backgrounds.look(id)->visible = false;
  backgrounds.settle(camera_at({10, 10}, 6), progress);
  CHECK(ground->asked == asked);
  backgrounds.remove(id);
  CHECK(backgrounds.all().empty());
  CHECK_FALSE(backgrounds.look(id));
}

TEST_CASE("backgrounds change places") {
  Backgrounds backgrounds;
  const auto ground = std::make_shared<MadeGround>();
  const BackgroundId a = backgrounds.add("a", ground), b = backgrounds.add("b", ground),
                     c = backgrounds.add("c", ground);
  backgrounds.move(a, 2);
  CHECK(backgrounds.all()[0].id == b);
  CHECK(backgrounds.all()[2].id == a);
  backgrounds.move(a, 0);
  CHECK(backgrounds.all()[0].id == a);
  CHECK(backgrounds.all()[2].id == c);
}
