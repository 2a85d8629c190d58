#include "io/cache_folder.hpp"

#include <sys/stat.h>

#include <atomic>
#include <catch2/catch.hpp>
#include <chrono>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>
#include <thread>

#include "support/environment.hpp"
#include "support/scratch_folder.hpp"

using namespace xiangtu;
using io::CacheFolder;
using test::ScratchFolder;
namespace fs = std::filesystem;

namespace {

std::string text_of(std::span<const std::byte> bytes) {
  return {reinterpret_cast<const char*>(bytes.data()), bytes.size()};
}

std::string read(const fs::path& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

void write(const fs::path& path, std::string_view bytes) {
  std::ofstream(path, std::ios::binary) << bytes;
}

// Where a folder that has this one entry keeps it.
fs::path only_file(const ScratchFolder& folder) {
  const auto names = folder.names();
  REQUIRE(names.size() == 1);
  return folder.file(names.front());
}

// The name of the file that a key gets.
fs::path file_of(const ScratchFolder& folder, std::string_view key) {
  const ScratchFolder other;
  CacheFolder(other.path()).store(key, "x");
  return folder.file(only_file(other).filename());
}

void make_older(const fs::path& path, std::chrono::minutes age) {
  fs::last_write_time(path, fs::file_time_type::clock::now() - age);
}

std::string payload_of(const CacheFolder& cache, std::string_view key) {
  return text_of(cache.find(key).payload);
}

}  // namespace

TEST_CASE("what is stored under a key is found under it and no other", "[io]") {
  const ScratchFolder folder;
  const CacheFolder cache{folder.file("new/cache")};
  CHECK_FALSE(cache.find("key").file);
  for (const std::string_view key : {"", "k", "key", "eight by", "a key with\nlines"})
    for (const std::string& payload : {std::string{}, std::string{"p"}, std::string(10000, '\0')}) {
      cache.store(key, payload);
      const CacheFolder::Entry entry = cache.find(key);
      INFO(key);
      REQUIRE(entry.file);
      CHECK_FALSE(entry.damaged);
      CHECK(text_of(entry.payload) == payload);
      CHECK(reinterpret_cast<std::uintptr_t>(entry.payload.data()) % 8 == 0);
    }
  const CacheFolder::Entry other = cache.find("ke");
  CHECK_FALSE(other.file);
  CHECK_FALSE(other.damaged);
}

TEST_CASE("the cache is beside the user's other caches", "[io]") {
  const ScratchFolder folder;
  const test::Environment home{"HOME", folder.file("home")};
  const auto stores_in = [&](const std::string& place) {
    const auto cache = CacheFolder::of_user();
    REQUIRE(cache);
    cache->store("key", place);
    return fs::exists(folder.file(place));
  };
  {
    const test::Environment cache_home{"XDG_CACHE_HOME", folder.file("caches")};
    CHECK(stores_in("caches/xiangtu"));
  }
  for (const char* none : {"", "relative/caches"}) {  // as the specification says: to be ignored
    const test::Environment cache_home{"XDG_CACHE_HOME", none};
    CHECK(stores_in("home/.cache/xiangtu"));
    fs::remove_all(folder.file("home"));
  }
  const test::Environment cache_home{"XDG_CACHE_HOME", ""}, no_home{"HOME", ""};
  CHECK_FALSE(CacheFolder::of_user());
}

TEST_CASE("another key with the same file name does not count", "[io]") {
  const ScratchFolder folder;
  const CacheFolder cache{folder.path()};
  cache.store("key one", "payload");
  fs::rename(only_file(folder), file_of(folder, "key two"));
  const CacheFolder::Entry entry = cache.find("key two");
  CHECK_FALSE(entry.file);
  CHECK_FALSE(entry.damaged);
  cache.store("key two", "another");
  CHECK(payload_of(cache, "key two") == "another");
}

TEST_CASE("each damaged byte of an entry is found and the entry thrown away", "[io]") {
  const ScratchFolder folder;
  const CacheFolder cache{folder.path()};
  for (const std::string_view key : {"key of 13 ...", "of eight"}) {
    cache.store(key, "payload");
    const fs::path path = only_file(folder);
    const std::string whole = read(path);
    for (std::size_t at = 0; at < whole.size(); ++at)
      for (const int change : {1, 2, 4, 8, 16, 32, 64, 128, 255}) {
        std::string damaged = whole;
        damaged[at] = static_cast<char>(damaged[at] ^ change);
        write(path, damaged);
        const CacheFolder::Entry entry = cache.find(key);
        INFO("byte " << at << " changed by " << change);
        CHECK_FALSE(entry.file);
        CHECK(entry.payload.empty());
        CHECK(entry.damaged);
        CHECK_FALSE(fs::exists(path));
      }
    fs::remove(path);
  }
}

TEST_CASE("an entry that is cut off, or goes on, is found and thrown away", "[io]") {
  const ScratchFolder folder;
  const CacheFolder cache{folder.path()};
  const std::string payload = "a payload of some length";
  cache.store("key", payload);
  const fs::path path = only_file(folder);
  const std::string whole = read(path);
  for (std::size_t size = 0; size <= whole.size() + 9; ++size) {
    if (size == whole.size()) continue;
    std::string cut = whole;
    cut.resize(size);
    write(path, cut);
    const CacheFolder::Entry entry = cache.find("key");
    INFO(size);
    CHECK_FALSE(entry.file);
    CHECK(entry.damaged);
    CHECK_FALSE(fs::exists(path));
  }
  cache.store("key", payload);
  CHECK(payload_of(cache, "key") == payload);
}

TEST_CASE("lengths that only fit together by overflow are no entry", "[io]") {
  const ScratchFolder folder;
  const CacheFolder cache{folder.path()};
  const std::string key = "key of 13 ...";
  cache.store(key, "");
  const fs::path path = only_file(folder);
  std::string bytes = read(path);
  bytes.resize(bytes.size() - 3);  // the key's padding is gone, and the payload is as long as -3 bytes
  for (int i = 0; i < 8; ++i)
    bytes[static_cast<std::size_t>(16 + i)] = static_cast<char>(i == 0 ? 0xFD : 0xFF);
  write(path, bytes);
  CHECK_FALSE(cache.find(key).file);
}

TEST_CASE("the entries that were used longest ago make room", "[io]") {
  const ScratchFolder folder;
  const CacheFolder cache{folder.path(), 5000};
  const std::string payload(1000, 'p');
  const std::string keys[]{"key a", "key b", "key c", "key d"};
  for (int i = 0; i < 4; ++i) {
    cache.store(keys[i], payload);
    make_older(file_of(folder, keys[i]), std::chrono::minutes(100 - i));
  }
  CHECK(cache.find(keys[0]).file);  // used now
  cache.store("key e", payload);
  CHECK(cache.find(keys[0]).file);
  CHECK_FALSE(cache.find(keys[1]).file);
  CHECK(cache.find(keys[2]).file);
  CHECK(cache.find("key e").file);
  std::uintmax_t all = 0;
  for (const std::string& name : folder.names()) all += fs::file_size(folder.file(name));
  CHECK(all <= 5000);
}

TEST_CASE("an entry of more than half of the cache is not kept and drives nothing out", "[io]") {
  const ScratchFolder folder;
  const CacheFolder cache{folder.path(), 5000};
  cache.store("small", std::string(2000, 'p'));
  cache.store("large", std::string(2500, 'p'));
  CHECK(cache.find("small").file);
  CHECK_FALSE(cache.find("large").file);
  CHECK(folder.names().size() == 1);
}

TEST_CASE("what was left half-written goes after an hour", "[io]") {
  const ScratchFolder folder;
  const CacheFolder cache{folder.path()};
  cache.store("key", "payload");
  const fs::path entry = only_file(folder), old = entry.string() + ".aaaaaa",
                 young = entry.string() + ".bbbbbb";
  write(old, "half");
  write(young, "half");
  make_older(old, std::chrono::minutes(61));
  make_older(young, std::chrono::minutes(59));
  make_older(entry, std::chrono::minutes(100000));
  cache.store("another key", "payload");
  CHECK_FALSE(fs::exists(old));
  CHECK(fs::exists(young));
  CHECK(fs::exists(entry));
}

TEST_CASE("a cache that cannot be written is no harm", "[io]") {
  const ScratchFolder folder;
  write(folder.file("file"), "the user's");
  for (const std::string& place :
       {folder.file("file"), folder.file("file/below"), std::string{"/proc/xiangtu"}}) {
    const CacheFolder cache{place};
    cache.store("key", "payload");
    const CacheFolder::Entry entry = cache.find("key");
    CHECK_FALSE(entry.file);
    CHECK_FALSE(entry.damaged);
  }
  CHECK(read(folder.file("file")) == "the user's");
  CHECK(folder.names().size() == 1);
}

TEST_CASE("a new cache is for its user only, and what the user allowed or forbade stays", "[io]") {
  const ScratchFolder folder;
  CacheFolder(folder.file("new")).store("key", "payload");
  CHECK((fs::status(folder.file("new")).permissions() & fs::perms::all) == fs::perms::owner_all);
  const auto read_only = fs::perms::owner_read | fs::perms::owner_exec;
  fs::permissions(folder.file("new"), read_only);
  CacheFolder(folder.file("new")).store("key", "payload");
  CHECK((fs::status(folder.file("new")).permissions() & fs::perms::all) == read_only);
  fs::permissions(folder.file("new"), fs::perms::owner_all);
}

TEST_CASE("something else in the place of an entry is neither used nor waited for", "[io]") {
  const ScratchFolder folder;
  const CacheFolder cache{folder.path()};
  fs::create_directory(file_of(folder, "a folder"));
  REQUIRE(::mkfifo(file_of(folder, "a pipe").c_str(), 0600) == 0);
  for (const char* key : {"a folder", "a pipe"}) CHECK_FALSE(cache.find(key).file);
  cache.store("a folder", "payload");
  CHECK_FALSE(cache.find("a folder").file);
}

TEST_CASE("an entry stays readable when it is replaced or removed", "[io]") {
  const ScratchFolder folder;
  const CacheFolder cache{folder.path()};
  const std::string before(100000, 'b');
  cache.store("key", before);
  const CacheFolder::Entry held = cache.find("key");
  cache.store("key", std::string(50, 'a'));
  CHECK(text_of(held.payload) == before);
  fs::remove(only_file(folder));
  CHECK(text_of(held.payload) == before);
}

TEST_CASE("several at once store and find the same keys", "[io]") {
  const ScratchFolder folder;
  constexpr int keys = 5, rounds = 200;
  std::atomic<int> found = 0, wrong = 0;
  // Room for few: entries also go while others look for them.
  const auto work = [&](int who) {
    const CacheFolder cache{folder.path(), 12000};
    for (int round = 0; round < rounds; ++round) {
      const int k = (round * 7 + who) % keys;
      const std::string key = "key " + std::to_string(k),
                        payload(static_cast<std::size_t>(2000 + k), static_cast<char>('a' + k));
      cache.store(key, payload);
      const CacheFolder::Entry entry = cache.find(key);
      if (entry.file) ++found;
      if (entry.damaged || (entry.file && text_of(entry.payload) != payload)) ++wrong;
    }
  };
  std::thread one{work, 0}, two{work, 3};
  one.join();
  two.join();
  CHECK(wrong == 0);
  CHECK(found > rounds);
  for (const std::string& name : folder.names()) CHECK(name.ends_with(".cache"));
}
