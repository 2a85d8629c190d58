// Where there is no libFuzzer: runs a fuzz target over files given, each whole, cut and with bytes changed.
#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>
#include <vector>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size);

namespace {

void run(const std::string& bytes) {
  LLVMFuzzerTestOneInput(reinterpret_cast<const std::uint8_t*>(bytes.data()), bytes.size());
}

void run_file(const std::filesystem::path& path) {
  std::ifstream file(path, std::ios::binary);
  std::string bytes{std::istreambuf_iterator<char>(file), {}};
  run(bytes);
  if (bytes.size() > 65536) return;  // changed copies of a large file take too long
  std::uint64_t state = bytes.size() + 1;
  for (int round = 0; round < 200; ++round) {
    std::string changed = bytes;
    for (int i = 0; i < 4 && !changed.empty(); ++i) {
      state = state * 6364136223846793005u + 1442695040888963407u;
      changed[(state >> 33) % changed.size()] = static_cast<char>(state >> 13);
    }
    changed.resize((state >> 40) % (changed.size() + 1));
    run(changed);
  }
}

}  // namespace

int main(int count, char** names) {
  run("");
  for (int i = 1; i < count; ++i) {
    if (!std::filesystem::is_directory(names[i])) {
      run_file(names[i]);
      continue;
    }
    for (const auto& entry : std::filesystem::recursive_directory_iterator(names[i]))
      if (entry.is_regular_file()) run_file(entry.path());
  }
}
