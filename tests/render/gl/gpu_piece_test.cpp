// What stays on the graphics card when there is no room for all.
#include "render/gl/gpu_piece.hpp"

#include <vector>

#include <catch2/catch.hpp>

#include "render/gl/context.hpp"

using namespace xiangtu;
using namespace xiangtu::render;

namespace {

std::shared_ptr<const scene::Piece> piece_of(std::size_t symbols) {
  auto piece = std::make_shared<scene::Piece>();
  piece->symbols.resize(symbols);
  return piece;
}

// Pieces of one size, and room for three of them.
struct Card {
  gl::OffscreenContext context = std::move(*gl::OffscreenContext::create());
  std::vector<std::shared_ptr<const scene::Piece>> pieces;
  std::size_t each = piece_of(100)->bytes();
  gl::GpuPieces gpu{3 * each};

  Card() {
    for (int i = 0; i < 8; ++i) pieces.push_back(piece_of(100));
  }
  void picture(const std::vector<std::size_t>& drawn) {
    gpu.sweep();
    for (const std::size_t i : drawn) gpu.of(pieces[i]);
  }
  std::size_t held() const { return gpu.bytes() / each; }
};

}  // namespace

TEST_CASE("pieces stay on the card while they fit, drawn or not") {
  Card card;
  card.picture({0, 1, 2});
  for (int i = 0; i < 200; ++i) card.picture({});
  CHECK(card.held() == 3);
}

TEST_CASE("beyond the budget the pieces that were drawn longest ago are forgotten, and no more than needed") {
  Card card;
  card.picture({0, 1});
  card.picture({1, 2});
  card.picture({3, 4});
  CHECK(card.held() == 5);
  card.gpu.sweep();  // 0 goes, then one of those drawn a picture later
  CHECK(card.held() == 3);
  card.picture({3, 4});
  CHECK(card.held() == 3);  // they were there
  card.picture({1, 2});     // of which one is uploaded again
  CHECK(card.held() == 4);
}

TEST_CASE("what the last picture needs stays, however much it is, and goes when others take its place") {
  Card card;
  card.picture({0, 1, 2, 3, 4, 5, 6, 7});
  card.picture({0, 1, 2, 3, 4, 5, 6, 7});
  CHECK(card.held() == 8);
  card.picture({0});
  CHECK(card.held() == 8);
  card.gpu.sweep();
  CHECK(card.held() == 3);
}

TEST_CASE("a piece that is gone leaves the card within the budget as well") {
  Card card;
  card.picture({0, 1});
  card.pieces[0].reset();
  card.gpu.sweep();
  CHECK(card.held() == 1);
}
