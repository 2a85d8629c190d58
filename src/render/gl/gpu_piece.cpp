#include "render/gl/gpu_piece.hpp"

#include <algorithm>
#include <cstddef>
#include <iterator>
#include <vector>

namespace xiangtu::render::gl {

namespace {

const void* at(std::size_t bytes) {
  return reinterpret_cast<const void*>(bytes);
}

template <class Vertex>
void upload(Buffer& buffer, const std::vector<Vertex>& vertices) {
  if (vertices.empty()) return;
  glBindBuffer(GL_ARRAY_BUFFER, buffer.id());
  glBufferData(GL_ARRAY_BUFFER, static_cast<GLsizeiptr>(vertices.size() * sizeof(Vertex)), vertices.data(),
               GL_STATIC_DRAW);
}

}  // namespace

GpuPiece::GpuPiece(const scene::Piece& piece) {
  upload(segments_, piece.segments);
  upload(fills_, piece.fills);
  upload(symbols_, piece.symbols);
}

void GpuPiece::bind_thick_segments(std::uint32_t begin) {
  const std::size_t first = begin * sizeof(scene::Segment);
  glBindVertexArray(thick_.id());
  glBindBuffer(GL_ARRAY_BUFFER, segments_.id());
  glEnableVertexAttribArray(0);
  glEnableVertexAttribArray(1);
  glVertexAttribPointer(0, 3, GL_FLOAT, GL_FALSE, sizeof(scene::Segment), at(first));
  glVertexAttribPointer(1, 3, GL_FLOAT, GL_FALSE, sizeof(scene::Segment),
                        at(first + offsetof(scene::Segment, b)));
  glVertexAttribDivisor(0, 1);
  glVertexAttribDivisor(1, 1);
}

void GpuPiece::bind_hairlines() {
  glBindVertexArray(hairlines_.id());
  glBindBuffer(GL_ARRAY_BUFFER, segments_.id());
  glEnableVertexAttribArray(0);
  glVertexAttribPointer(0, 3, GL_FLOAT, GL_FALSE, sizeof(scene::SegmentVertex), at(0));
}

void GpuPiece::bind_fills() {
  glBindVertexArray(triangles_.id());
  glBindBuffer(GL_ARRAY_BUFFER, fills_.id());
  glEnableVertexAttribArray(0);
  glEnableVertexAttribArray(1);
  glVertexAttribPointer(0, 2, GL_FLOAT, GL_FALSE, sizeof(scene::FillVertex), at(0));
  glVertexAttribIPointer(1, 1, GL_UNSIGNED_INT, sizeof(scene::FillVertex),
                         at(offsetof(scene::FillVertex, row)));
}

void GpuPiece::bind_symbols(std::uint32_t begin) {
  glBindVertexArray(points_.id());
  glBindBuffer(GL_ARRAY_BUFFER, symbols_.id());
  glEnableVertexAttribArray(0);
  glVertexAttribPointer(0, 2, GL_FLOAT, GL_FALSE, sizeof(scene::SymbolVertex),
                        at(begin * sizeof(scene::SymbolVertex)));
  glVertexAttribDivisor(0, 1);
}

GpuPiece& GpuPieces::of(const std::shared_ptr<const scene::Piece>& piece) {
  Entry& entry = entries_[piece.get()];
  if (entry.alive.lock() != piece) {  // new, or another piece at the address of one that is gone
    bytes_ -= entry.bytes;
    entry = {piece, std::make_unique<GpuPiece>(*piece), piece->bytes(), 0};
    bytes_ += entry.bytes;
  }
  entry.last_used = picture_;
  return *entry.gpu;
}

GpuPieces::Entries::iterator GpuPieces::forget(Entries::iterator entry) {
  bytes_ -= entry->second.bytes;
  return entries_.erase(entry);
}

void GpuPieces::sweep() {
  for (auto entry = entries_.begin(); entry != entries_.end();)
    entry = entry->second.alive.expired() ? forget(entry) : std::next(entry);
  if (bytes_ > byte_budget_) {
    std::vector<Entries::iterator> oldest_first;
    for (auto entry = entries_.begin(); entry != entries_.end(); ++entry)
      if (entry->second.last_used < picture_) oldest_first.push_back(entry);
    std::sort(oldest_first.begin(), oldest_first.end(),
              [](const auto& a, const auto& b) { return a->second.last_used < b->second.last_used; });
    for (auto next = oldest_first.begin(); bytes_ > byte_budget_ && next != oldest_first.end(); ++next)
      forget(*next);
  }
  ++picture_;
}

}  // namespace xiangtu::render::gl
