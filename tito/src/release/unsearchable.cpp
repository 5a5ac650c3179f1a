#include "release/unsearchable.hpp"

#include <algorithm>
#include <array>
#include <fstream>
#include <string>
#include <string_view>

#include "grader/process.hpp"

namespace tito::release {

namespace fs = std::filesystem;

namespace {

struct Magic {
  std::size_t offset;
  std::string_view bytes;
};

constexpr std::array kMagics = {Magic{0, "PK\003\004"},        // zip
                                Magic{0, "\037\213"},          // gzip
                                Magic{257, "ustar"},           // tar
                                Magic{0, "\3757zXZ"},          // xz
                                Magic{0, "\050\265\057\375"},  // zstd
                                Magic{0, "BZh"},               // bzip2
                                Magic{0, "7z\274\257"},        // 7z
                                Magic{0, "\177ELF"},  // objects, programs
                                Magic{0, "!<arch>\n"},
                                Magic{0, "!<thin>\n"}};  // libraries
constexpr std::size_t kBeginning = 512;

bool is_packed_or_compiled(const fs::path& file) {
  std::string begin(kBeginning, '\0');
  std::ifstream in(file, std::ios::binary);
  in.read(begin.data(), static_cast<std::streamsize>(begin.size()));
  return std::any_of(kMagics.begin(), kMagics.end(), [&](const Magic& magic) {
    return begin.compare(magic.offset, magic.bytes.size(), magic.bytes) == 0;
  });
}

bool is_tracked(const dev::Course& course, const fs::path& file) {
  grader::Command git;
  git.argv = {
      "git", "-C",         course.root.string(), "ls-files", "--error-unmatch",
      "--",  file.string()};
  return grader::run(git).ok();
}

}  // namespace

std::vector<fs::path> unsearchable(const dev::Course& course,
                                   const std::vector<fs::path>& files) {
  std::vector<fs::path> found;
  for (const fs::path& file : files) {
    if (!is_packed_or_compiled(course.root / file)) continue;
    if (!is_tracked(course, file)) found.push_back(file);
  }
  return found;
}

}  // namespace tito::release
