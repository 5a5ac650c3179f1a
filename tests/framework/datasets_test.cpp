#include "tinytorch/support/datasets.hpp"

#include <stdlib.h>

#include <algorithm>
#include <cstdio>
#include <optional>
#include <stdexcept>

#include "support/files.hpp"
#include "support/temporary_folder.hpp"
#include "support/tensors.hpp"
#include "tinytorch/support/idx.hpp"

using namespace tinytorch;
using test::bytes_of;
using test::IsTensor;
using test::Mentions;
using test::TemporaryFolder;

namespace fs = std::filesystem;

namespace {

const fs::path kShipped = COURSE_DIR "/datasets";

/// Another working directory and TINYTORCH_DATASETS, until it goes.
class Place {
 public:
  Place(const fs::path& working, const std::optional<std::string>& variable)
      : before_(fs::current_path()) {
    if (const char* value = ::getenv("TINYTORCH_DATASETS")) old_ = value;
    fs::current_path(working);
    set(variable);
  }
  ~Place() {
    fs::current_path(before_);
    set(old_);
  }
  Place(const Place&) = delete;
  Place& operator=(const Place&) = delete;

 private:
  static void set(const std::optional<std::string>& value) {
    if (value) {
      ::setenv("TINYTORCH_DATASETS", value->c_str(), 1);
    } else {
      ::unsetenv("TINYTORCH_DATASETS");
    }
  }
  fs::path before_;
  std::optional<std::string> old_;
};

std::string sha256(const fs::path& file) {
  const std::string command = "sha256sum '" + file.string() + "'";
  FILE* pipe = ::popen(command.c_str(), "r");
  if (!pipe) return "";
  char text[65] = {};
  const bool good = std::fgets(text, sizeof text, pipe) != nullptr;
  return ::pclose(pipe) == 0 && good ? text : "";
}

void check_balance(const Tensor& labels, int expected) {
  std::vector<float> all = test::values(labels);
  for (int digit = 0; digit < 10; ++digit) {
    CAPTURE(digit);
    CHECK(std::count(all.begin(), all.end(), static_cast<float>(digit)) ==
          expected);
  }
}

}  // namespace

TEST_CASE("TinyDigits: 1000 images to train and 200 to test, balanced") {
  const Place place(kShipped, kShipped.string());
  const LabelledImages train = load_tinydigits(Part::train);
  CHECK(train.images.shape() == Shape{1000, 8, 8});
  CHECK(train.labels.shape() == Shape{1000});
  check_balance(train.labels, 100);
  const LabelledImages test = load_tinydigits(Part::test);
  CHECK(test.images.shape() == Shape{200, 8, 8});
  CHECK(test.labels.shape() == Shape{200});
  check_balance(test.labels, 20);
}

TEST_CASE("TinyDigits: pixels lie in 0 to 1 in steps of a sixteenth") {
  const Place place(kShipped, kShipped.string());
  for (const Part part : {Part::train, Part::test}) {
    const std::vector<float> pixels =
        test::values(load_tinydigits(part).images);
    CHECK(*std::min_element(pixels.begin(), pixels.end()) == 0.0f);
    CHECK(*std::max_element(pixels.begin(), pixels.end()) == 1.0f);
    CHECK(std::all_of(pixels.begin(), pixels.end(), [](float pixel) {
      const float sixteenths = pixel * 16;
      return sixteenths == static_cast<float>(static_cast<int>(sixteenths));
    }));
  }
}

TEST_CASE("TinyDigits: the first image is the zero of the source") {
  // The first line of the source file: its pixels, then its label, 0.
  const std::vector<float> source = {
      0, 0, 5,  13, 9,  1,  0, 0, 0, 0, 13, 15, 10, 15, 5, 0,
      0, 3, 15, 2,  0,  11, 8, 0, 0, 4, 12, 0,  0,  8,  8, 0,
      0, 5, 8,  0,  0,  9,  8, 0, 0, 4, 11, 0,  1,  12, 7, 0,
      0, 2, 14, 5,  10, 12, 0, 0, 0, 0, 6,  13, 10, 0,  0, 0};
  const Place place(kShipped, kShipped.string());
  const LabelledImages train = load_tinydigits(Part::train);
  std::vector<float> first = test::values(train.images);
  first.resize(64);
  for (float& pixel : first) pixel *= 16;
  CHECK(first == source);
  CHECK(test::values(train.labels)[0] == 0.0f);
}

TEST_CASE("TinyDigits: no image is there twice") {
  std::vector<std::vector<std::uint8_t>> images;
  for (const char* name : {"train-images.idx", "test-images.idx"}) {
    const IdxArray array = load_idx(kShipped / "tinydigits" / name);
    for (auto at = array.bytes.begin(); at != array.bytes.end(); at += 64) {
      images.emplace_back(at, at + 64);
    }
  }
  CHECK(images.size() == 1200);
  std::sort(images.begin(), images.end());
  CHECK(std::adjacent_find(images.begin(), images.end()) == images.end());
}

TEST_CASE("TinyDigits: the checksums of its page are those of its files") {
  const fs::path folder = kShipped / "tinydigits";
  const auto page = bytes_of(folder / "README.md");
  const std::string text(page.begin(), page.end());
  for (const char* name : {"train-images.idx", "train-labels.idx",
                           "test-images.idx", "test-labels.idx"}) {
    CAPTURE(name);
    const std::string sum = sha256(folder / name);
    CHECK(sum.size() == 64);
    const std::string row = "| `" + std::string(name) + "` | " +
                            std::to_string(fs::file_size(folder / name)) +
                            " | `" + sum + "` |";
    CHECK(text.find(row) != std::string::npos);
  }
}

TEST_CASE("a data set is found above the working directory") {
  const TemporaryFolder folder;
  const fs::path root = fs::canonical(folder.path());
  fs::create_directories(root / "datasets/digits");
  fs::create_directories(root / "a/datasets/other");
  fs::create_directories(root / "a/b");
  const Place place(root / "a/b", {});
  CHECK(find_dataset("digits") == root / "datasets/digits");
  CHECK(find_dataset("other") == root / "a/datasets/other");
}

TEST_CASE("TINYTORCH_DATASETS comes before the working directory") {
  const TemporaryFolder folder;
  fs::create_directories(folder.path() / "datasets/digits");
  fs::create_directories(folder.path() / "mine/digits");
  const fs::path mine = folder.path() / "mine";
  const Place place(folder.path(), mine.string());
  CHECK(find_dataset("digits") == mine / "digits");
}

TEST_CASE("a data set that is not found says what to set") {
  const TemporaryFolder folder;
  fs::create_directories(folder.path() / "datasets/digits");
  {
    const Place place(folder.path(), "/nowhere");
    CHECK_THROWS_MATCHES(
        find_dataset("digits"), std::runtime_error,
        Mentions({"digits", "/nowhere", "set TINYTORCH_DATASETS"}));
  }
  const Place place(folder.path(), {});
  CHECK_THROWS_MATCHES(
      find_dataset("absent"), std::runtime_error,
      Mentions({"absent", fs::current_path().string(),
                "set TINYTORCH_DATASETS to the folder that holds absent/"}));
}

TEST_CASE("TinyDigits: files that hold something else are refused by name") {
  const TemporaryFolder folder;
  const fs::path digits = folder.path() / "tinydigits";
  fs::create_directories(digits);
  const auto images = digits / "test-images.idx";
  const auto labels = digits / "test-labels.idx";
  const auto refused = [&](const fs::path& file, const std::string& what) {
    const Place place(folder.path(), folder.path().string());
    CHECK_THROWS_MATCHES(load_tinydigits(Part::test), std::runtime_error,
                         Mentions({file.string() + ": ", what}));
  };
  refused(images, "no such file");
  save_idx(images, {{1, 8, 8}, std::vector<std::uint8_t>(64)});
  refused(labels, "no such file");
  save_idx(labels, {{2}, {1, 2}});
  refused(labels, "labels of shape (2,) do not fit images of shape (1, 8, 8)");
  save_idx(labels, {{1}, {10}});
  refused(labels, "the label 10");
  save_idx(labels, {{1}, {9}});
  for (const Shape& shape : {Shape{1, 4, 16}, Shape{64}, Shape{1, 1, 8, 8}}) {
    save_idx(images, {shape, std::vector<std::uint8_t>(64)});
    refused(images, "not that of images of 8 x 8");
  }
}
