#include "base/assets.hpp"

#include <cstdlib>
#include <string>
#include <system_error>

namespace xiangtu {

namespace fs = std::filesystem;

namespace {

fs::path program_folder() {
  std::error_code error;
  const fs::path program = fs::read_symlink("/proc/self/exe", error);
  return error ? fs::path{} : program.parent_path();
}

fs::path find(std::string_view folder) {
  std::error_code error;
  const fs::path installed = program_folder() / ".." / "share" / "xiangtu" / folder;
  if (fs::is_directory(installed, error)) return installed;
  return fs::path{XIANGTU_SOURCE_DIR} / folder;
}

}  // namespace

fs::path modules_folder() {
  std::error_code error;
  const fs::path installed = program_folder() / ".." / "lib" / "xiangtu";
  return fs::is_directory(installed, error) ? installed : program_folder();
}

fs::path assets_folder() {
  if (const char* given = std::getenv("XIANGTU_ASSETS"); given && *given) return given;
  return find("assets");
}

fs::path shaders_folder() {
  if (const char* given = std::getenv("XIANGTU_ASSETS"); given && *given)
    return fs::path{given}.parent_path() / "shaders";
  return find("shaders");
}

fs::path locale_file(std::string_view language) {
  std::error_code error;
  const std::string name = std::string{language} + ".mo";
  const fs::path built = program_folder() / "locale" / name;
  return fs::exists(built, error) ? built : assets_folder() / "locale" / name;
}

}  // namespace xiangtu
