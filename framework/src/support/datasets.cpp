#include "tinytorch/support/datasets.hpp"

#include <algorithm>
#include <cstdlib>
#include <stdexcept>

#include "tinytorch/support/idx.hpp"

namespace tinytorch {

namespace fs = std::filesystem;

namespace {

[[noreturn]] void fail(const fs::path& file, const std::string& what) {
  throw std::runtime_error(file.string() + ": " + what);
}

[[noreturn]] void fail_to_find(const std::string& name,
                               const std::string& where) {
  throw std::runtime_error("data set " + name + ": not found " + where +
                           ". Fetch it with: tito dataset fetch " + name +
                           ", or set TINYTORCH_DATASETS to the folder that " +
                           "holds " + name + "/");
}

/// Where `tito dataset fetch` puts what it downloads; nothing if it has no
/// place.
fs::path downloads() {
  if (const char* folder = std::getenv("TINYTORCH_DATA")) return folder;
  if (const char* cache = std::getenv("XDG_CACHE_HOME")) {
    return fs::path(cache) / "tinytorch";
  }
  const char* home = std::getenv("HOME");
  return home ? fs::path(home) / ".cache" / "tinytorch" : fs::path();
}

/// Both files of a part, of the given image size, with labels from 0 to 9.
LabelledImages load_images(const fs::path& images_file,
                           const fs::path& labels_file, std::int64_t rows,
                           std::int64_t columns, float scale) {
  const IdxArray images = load_idx(images_file);
  const IdxArray labels = load_idx(labels_file);
  if (images.shape != Shape{images.shape[0], rows, columns}) {
    fail(images_file, "the shape " + to_string(images.shape) +
                          " is not that of images of " + std::to_string(rows) +
                          " x " + std::to_string(columns));
  }
  if (labels.shape != Shape{images.shape[0]}) {
    fail(labels_file, "labels of shape " + to_string(labels.shape) +
                          " do not fit images of shape " +
                          to_string(images.shape));
  }
  const auto bad = std::find_if(labels.bytes.begin(), labels.bytes.end(),
                                [](std::uint8_t label) { return label > 9; });
  if (bad != labels.bytes.end()) {
    fail(labels_file,
         "the label " + std::to_string(*bad) + " is none of the digits 0 to 9");
  }
  return {to_tensor(images, scale), to_tensor(labels)};
}

}  // namespace

fs::path find_dataset(const std::string& name) {
  std::error_code error;
  if (const char* folder = std::getenv("TINYTORCH_DATASETS")) {
    const fs::path path = fs::path(folder) / name;
    if (fs::is_directory(path, error)) return path;
    fail_to_find(name, std::string("in TINYTORCH_DATASETS, which is \"") +
                           folder + "\"");
  }
  const fs::path start = fs::current_path();
  for (fs::path place = start;; place = place.parent_path()) {
    const fs::path path = place / "datasets" / name;
    if (fs::is_directory(path, error)) return path;
    if (place == place.parent_path()) break;
  }
  const fs::path fetched = downloads() / name;
  if (fs::is_directory(fetched, error)) return fetched;
  fail_to_find(name, "in a folder datasets/ of " + start.string() +
                         " or above it, nor as " + fetched.string());
}

LabelledImages load_tinydigits(Part part) {
  const fs::path folder = find_dataset("tinydigits");
  const std::string name = part == Part::train ? "train" : "test";
  return load_images(folder / (name + "-images.idx"),
                     folder / (name + "-labels.idx"), 8, 8, 1 / 16.0f);
}

LabelledImages load_mnist(Part part) {
  const fs::path folder = find_dataset("mnist");
  const std::string name = part == Part::train ? "train" : "t10k";
  return load_images(folder / (name + "-images-idx3-ubyte.gz"),
                     folder / (name + "-labels-idx1-ubyte.gz"), 28, 28,
                     1 / 255.0f);
}

}  // namespace tinytorch
