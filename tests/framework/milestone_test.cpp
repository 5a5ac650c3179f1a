// Every milestone's thresholds hold with the reference solutions, for at least
// 19 of 20 seeds.
#include <stdlib.h>
#include <sys/wait.h>

#include <cstdio>
#include <filesystem>
#include <fstream>
#include <map>
#include <nlohmann/json.hpp>
#include <sstream>
#include <string>

#include "support/temporary_folder.hpp"
#include "support/tensors.hpp"
#include "tinytorch/support/datasets.hpp"
#include "tinytorch/support/idx.hpp"

namespace fs = std::filesystem;
using nlohmann::json;
using test::TemporaryFolder;

namespace {

struct Run {
  int code = -1;
  std::string output;
};

/// The program of a milestone's source, run in the course's folder; its
/// pictures and the data sets in `environment`, "NAME=value ".
Run run(const std::string& source, const std::string& environment,
        const std::string& arguments) {
  const std::string program =
      BUILD_DIR "/bin/milestone_" + fs::path(source).stem().string();
  const std::string line = "cd " COURSE_DIR " && " + environment + program +
                           " " + arguments + " 2>&1";
  Run result;
  FILE* pipe = ::popen(line.c_str(), "r");
  REQUIRE(pipe != nullptr);
  char block[4096];
  while (const std::size_t n = std::fread(block, 1, sizeof block, pipe)) {
    result.output.append(block, n);
  }
  result.code = WEXITSTATUS(::pclose(pipe));
  return result;
}

std::map<std::string, double> metrics_of(const std::string& output) {
  std::map<std::string, double> metrics;
  std::istringstream lines(output);
  for (std::string line; std::getline(lines, line);) {
    const auto sign = line.find('=');
    if (sign == line.npos || line.find(' ') < sign) continue;
    metrics[line.substr(0, sign)] = std::atof(line.c_str() + sign + 1);
  }
  return metrics;
}

bool holds(const json& thresholds, const Run& result) {
  if (result.code != 0) return false;
  const auto metrics = metrics_of(result.output);
  for (const auto& [name, threshold] : thresholds.items()) {
    const auto found = metrics.find(name);
    if (found == metrics.end()) return false;
    if (threshold.contains("min") && found->second < threshold["min"]) {
      return false;
    }
    if (threshold.contains("max") && found->second > threshold["max"]) {
      return false;
    }
  }
  return true;
}

/// TinyDigits, enlarged to 28 x 28 and named as MNIST's files are.
void write_like_mnist(const TemporaryFolder& folder, tinytorch::Part part,
                      const std::string& name) {
  const auto digits = tinytorch::load_tinydigits(part);
  const std::int64_t count = digits.labels.size();
  tinytorch::IdxArray images{{count, 28, 28}, {}}, labels{{count}, {}};
  for (std::int64_t i = 0; i < count; ++i) {
    labels.bytes.push_back(static_cast<std::uint8_t>(digits.labels.data()[i]));
    for (std::int64_t place = 0; place < 28 * 28; ++place) {
      const std::int64_t row = (place / 28 - 2) / 3,
                         column = (place % 28 - 2) / 3;
      const bool inside = row >= 0 && row < 8 && column >= 0 && column < 8;
      const float value =
          inside ? digits.images.data()[i * 64 + row * 8 + column] : 0.0f;
      images.bytes.push_back(static_cast<std::uint8_t>(255.0f * value));
    }
  }
  fs::create_directories(folder / "mnist");
  save_idx(folder / ("mnist/" + name + "-images-idx3-ubyte.gz"), images);
  save_idx(folder / ("mnist/" + name + "-labels-idx1-ubyte.gz"), labels);
}

}  // namespace

TEST_CASE("thresholds hold for 19 of 20 seeds") {
  const TemporaryFolder folder;
  const std::string environment =
      "TINYTORCH_PICTURES=" + folder.path().string() + " ";
  const json curriculum =
      json::parse(std::ifstream(COURSE_DIR "/modules/curriculum.json"));
  for (const json& milestone : curriculum.at("milestones")) {
    for (const json& part : milestone.at("parts")) {
      const std::string source = part.at("source");
      if (source == "02_rumelhart_mnist.cpp") continue;  // needs a download
      int good = 0;
      for (int seed = 0; seed < 20; ++seed) {
        good +=
            holds(part.at("metrics"),
                  run(source, environment, "--seed " + std::to_string(seed)));
      }
      INFO(source);
      CHECK(good >= 19);
    }
  }
  CHECK(fs::file_size(folder / "digits_confusion.svg") > 1000);
}

TEST_CASE("the MNIST program reads what has MNIST's form") {
  const TemporaryFolder folder;
  write_like_mnist(folder, tinytorch::Part::train, "train");
  write_like_mnist(folder, tinytorch::Part::test, "t10k");
  const std::string place = folder.path().string();
  const Run result = run(
      "02_rumelhart_mnist.cpp",
      "TINYTORCH_PICTURES=" + place + " TINYTORCH_DATASETS=" + place + " ", "");
  INFO(result.output);
  CHECK(result.code == 0);
  CHECK(metrics_of(result.output)["accuracy"] > 0.8);
}

TEST_CASE("without its data the MNIST program says how to get them") {
  const TemporaryFolder folder;
  const Run result = run("02_rumelhart_mnist.cpp",
                         "TINYTORCH_DATA=" + folder.path().string() + " ", "");
  CHECK(result.code == 1);
  CHECK(result.output.find("tito dataset fetch mnist") != std::string::npos);
}

TEST_CASE("wrong arguments of a milestone end with 2 and an example") {
  for (const char* arguments : {"--seed", "--seed x", "7", "--seed 1 2"}) {
    const Run result = run("01_xor_crisis.cpp", "", arguments);
    INFO(arguments);
    CHECK(result.code == 2);
    CHECK(result.output.find("--seed 7") != std::string::npos);
  }
}
