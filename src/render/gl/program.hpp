// A shader program from two files of the shaders folder.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "base/result.hpp"
#include "render/scene/colour.hpp"

namespace xiangtu::render::gl {

class Program {
 public:
  // FOLDER/NAME.vert and FOLDER/NAME.frag. Error no_opengl names the file and has the driver's own message
  // with its line.
  static Result<Program> load(const std::filesystem::path& folder, const std::string& name);
  Program() = default;
  Program(Program&& other) noexcept;
  Program& operator=(Program&& other) noexcept;
  ~Program();

  void use() const;
  // On the program in use. name: a literal; unknown ones (optimised out) are ignored.
  void set(const char* name, int value);
  void set(const char* name, float value);
  void set(const char* name, float x, float y);
  void set(const char* name, float x, float y, float z);
  void set(const char* name, scene::Colour colour, double opacity = 1);

 private:
  int location(const char* name);

  unsigned program_ = 0;
  std::vector<std::pair<const char*, int>> locations_;
};

}  // namespace xiangtu::render::gl
