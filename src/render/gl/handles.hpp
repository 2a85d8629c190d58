// Owners of the graphics library's objects: freed when they go, in the context where they were made.
#pragma once

#include <utility>

#include <epoxy/gl.h>

namespace xiangtu::render::gl {

// Make: void(GLuint*); Free: void(GLuint).
template <class Kind>
class Handle {
 public:
  Handle() = default;
  Handle(Handle&& other) noexcept : id_(std::exchange(other.id_, 0)) {}
  Handle& operator=(Handle&& other) noexcept {
    std::swap(id_, other.id_);
    return *this;
  }
  ~Handle() {
    if (id_) Kind::free(id_);
  }
  // Made on first use.
  GLuint id() {
    if (!id_) id_ = Kind::make();
    return id_;
  }
  bool exists() const { return id_ != 0; }

 private:
  GLuint id_ = 0;
};

struct BufferKind {
  static GLuint make() {
    GLuint id = 0;
    glGenBuffers(1, &id);
    return id;
  }
  static void free(GLuint id) { glDeleteBuffers(1, &id); }
};
struct VertexArrayKind {
  static GLuint make() {
    GLuint id = 0;
    glGenVertexArrays(1, &id);
    return id;
  }
  static void free(GLuint id) { glDeleteVertexArrays(1, &id); }
};
struct TextureKind {
  static GLuint make() {
    GLuint id = 0;
    glGenTextures(1, &id);
    return id;
  }
  static void free(GLuint id) { glDeleteTextures(1, &id); }
};

using Buffer = Handle<BufferKind>;
using VertexArray = Handle<VertexArrayKind>;
using Texture = Handle<TextureKind>;

}  // namespace xiangtu::render::gl
