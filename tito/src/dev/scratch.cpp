#include "dev/scratch.hpp"

#include <fmt/format.h>

#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <system_error>

#include "system/error.hpp"

namespace tito::dev {

Scratch::Scratch() {
  std::string name =
      (std::filesystem::temp_directory_path() / "tito-XXXXXX").string();
  if (!mkdtemp(name.data())) {
    throw EnvironmentError(
        fmt::format("cannot make a directory {}: {}. Name another place: "
                    "TMPDIR=<directory> tito dev ...",
                    name, std::strerror(errno)));
  }
  path_ = name;
}

Scratch::~Scratch() {
  std::error_code ignored;
  std::filesystem::remove_all(path_, ignored);
}

}  // namespace tito::dev
