// Pieces on the graphics card: uploaded on first use, forgotten when their piece is gone or when the budget
// is used up and others were drawn later.
#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <memory>

#include "render/gl/handles.hpp"
#include "render/scene/piece.hpp"

namespace xiangtu::render::gl {

class GpuPiece {
 public:
  explicit GpuPiece(const scene::Piece& piece);

  // Each leaves its vertex array bound. Segments [begin, end) as instances of a four-vertex strip; an
  // instance cannot start in the middle in OpenGL 3.3, so the array is set to begin there.
  void bind_thick_segments(std::uint32_t begin);
  void bind_hairlines();
  void bind_fills();
  void bind_symbols(std::uint32_t begin);

 private:
  Buffer segments_, fills_, symbols_;
  VertexArray thick_, hairlines_, triangles_, points_;
};

class GpuPieces {
 public:
  explicit GpuPieces(std::size_t byte_budget = std::size_t{512} << 20) : byte_budget_(byte_budget) {}

  GpuPiece& of(const std::shared_ptr<const scene::Piece>& piece);
  // Before each picture. Beyond the budget are only pieces of the last one: it is most likely drawn again.
  void sweep();

  std::size_t bytes() const { return bytes_; }

 private:
  struct Entry {
    std::weak_ptr<const scene::Piece> alive;
    std::unique_ptr<GpuPiece> gpu;
    std::size_t bytes = 0;
    std::uint64_t last_used = 0;
  };
  using Entries = std::map<const scene::Piece*, Entry>;

  Entries::iterator forget(Entries::iterator entry);

  std::size_t byte_budget_;
  Entries entries_;
  std::uint64_t picture_ = 0;
  std::size_t bytes_ = 0;
};

}  // namespace xiangtu::render::gl
