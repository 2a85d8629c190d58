#include "render/gl/program.hpp"

#include <cstring>
#include <fstream>
#include <iterator>
#include <utility>

#include <epoxy/gl.h>

namespace xiangtu::render::gl {

namespace {

Result<unsigned> compile(const std::filesystem::path& file, GLenum kind) {
  std::ifstream stream{file, std::ios::binary};
  if (!stream)
    return Issue{
        IssueCode::no_opengl,
        "the shader {0} cannot be read; reinstall the program or set XIANGTU_ASSETS to its assets folder",
        file.string()};
  const std::string text{std::istreambuf_iterator<char>{stream}, std::istreambuf_iterator<char>{}};
  const GLuint shader = glCreateShader(kind);
  const char* source = text.c_str();
  glShaderSource(shader, 1, &source, nullptr);
  glCompileShader(shader);
  GLint compiled = 0;
  glGetShaderiv(shader, GL_COMPILE_STATUS, &compiled);
  if (compiled) return shader;
  std::string log(2048, '\0');
  GLsizei length = 0;
  glGetShaderInfoLog(shader, static_cast<GLsizei>(log.size()), &length, log.data());
  log.resize(static_cast<std::size_t>(length));
  glDeleteShader(shader);
  return Issue{
      IssueCode::no_opengl,
      "the shader {0} does not compile (file:line in the driver's words: {1}); restore the file or update "
      "the graphics driver",
      file.string(), log.substr(0, log.find('\n'))};
}

}  // namespace

Result<Program> Program::load(const std::filesystem::path& folder, const std::string& name) {
  const Result<unsigned> vertex = compile(folder / (name + ".vert"), GL_VERTEX_SHADER);
  if (!vertex) return vertex.issue();
  const Result<unsigned> fragment = compile(folder / (name + ".frag"), GL_FRAGMENT_SHADER);
  if (!fragment) {
    glDeleteShader(*vertex);
    return fragment.issue();
  }
  Program program;
  program.program_ = glCreateProgram();
  glAttachShader(program.program_, *vertex);
  glAttachShader(program.program_, *fragment);
  glLinkProgram(program.program_);
  glDeleteShader(*vertex);
  glDeleteShader(*fragment);
  GLint linked = 0;
  glGetProgramiv(program.program_, GL_LINK_STATUS, &linked);
  if (linked) return program;
  std::string log(2048, '\0');
  GLsizei length = 0;
  glGetProgramInfoLog(program.program_, static_cast<GLsizei>(log.size()), &length, log.data());
  log.resize(static_cast<std::size_t>(length));
  return Issue{IssueCode::no_opengl,
               "the shaders {0} do not fit together ({1}); restore the files or update the graphics driver",
               (folder / name).string(), log.substr(0, log.find('\n'))};
}

Program::Program(Program&& other) noexcept {
  *this = std::move(other);
}

Program& Program::operator=(Program&& other) noexcept {
  std::swap(program_, other.program_);
  std::swap(locations_, other.locations_);
  return *this;
}

Program::~Program() {
  if (program_) glDeleteProgram(program_);
}

void Program::use() const {
  glUseProgram(program_);
}

int Program::location(const char* name) {
  for (const auto& [known, place] : locations_)
    if (std::strcmp(known, name) == 0) return place;
  locations_.push_back({name, glGetUniformLocation(program_, name)});
  return locations_.back().second;
}

void Program::set(const char* name, int value) {
  glUniform1i(location(name), value);
}

void Program::set(const char* name, float value) {
  glUniform1f(location(name), value);
}

void Program::set(const char* name, float x, float y) {
  glUniform2f(location(name), x, y);
}

void Program::set(const char* name, float x, float y, float z) {
  glUniform3f(location(name), x, y, z);
}

void Program::set(const char* name, scene::Colour colour, double opacity) {
  glUniform4f(location(name), colour.r / 255.0f, colour.g / 255.0f, colour.b / 255.0f,
              static_cast<float>(colour.a / 255.0 * opacity));
}

}  // namespace xiangtu::render::gl
