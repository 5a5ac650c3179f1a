// A manifest, a server and a cache of their own for the tests of datasets.
#pragma once

#include <algorithm>
#include <nlohmann/json.hpp>

#include "http_server.hpp"
#include "scratch.hpp"
#include "support/catch.hpp"

/// 200,000 bytes that repeat nowhere nearby.
inline std::string sample_data() {
  std::string data;
  for (unsigned i = 0; data.size() < 200000; ++i) {
    data += std::to_string(i * 2654435761U);
  }
  data.resize(200000);
  return data;
}

/// The digest of a file by a program that is not ours: "sha256sum", "md5sum".
inline std::string digest(const std::string& program,
                          const std::filesystem::path& file) {
  grader::Command command;
  command.argv = {program, file.string()};
  const std::string output = grader::run(command).output;
  return output.substr(0, output.find(' '));
}

/// The data set "toy", which a server of its own offers.
class DatasetFixture {
 public:
  DatasetFixture() {
    spit(served("data.bin"), data);
    spit(log_, "");
  }

  std::filesystem::path path() const { return scratch_.path(); }
  std::filesystem::path served(const std::string& name) const {
    return scratch_.path() / "served" / name;
  }
  std::filesystem::path cached(const std::string& name) const {
    return scratch_.path() / "cache" / "toy" / name;
  }
  /// The requests so far: "/ok/data.bin -" and a line break for each.
  std::string log() const { return slurp(log_); }

  /// What a manifest says about a served file, offered in these manners.
  nlohmann::json entry(const std::string& file,
                       const std::vector<std::string>& manners) const {
    nlohmann::json urls = nlohmann::json::array();
    for (const std::string& manner : manners) {
      urls.push_back(server_.url(manner, file));
    }
    return {{"name", file},
            {"size", std::filesystem::file_size(served(file))},
            {"checksum", "sha256:" + digest("sha256sum", served(file))},
            {"urls", urls}};
  }

  /// Makes these files the data set "toy".
  void offer(const std::vector<nlohmann::json>& files) const {
    const nlohmann::json toy = {{"name", "toy"},
                                {"title", "A toy"},
                                {"licence", "none"},
                                {"milestones", nlohmann::json::array({"mlp"})},
                                {"files", files}};
    nlohmann::json document;
    document["datasets"] = nlohmann::json::array({toy});
    spit(manifest(), document.dump());
  }
  void offer_data(const std::vector<std::string>& manners) const {
    offer({entry("data.bin", manners)});
  }
  std::filesystem::path manifest() const { return path() / "manifest.json"; }

  std::vector<std::string> environment() const {
    return {"TINYTORCH_MANIFEST=" + manifest().string(),
            "TINYTORCH_DATA=" + (path() / "cache").string(),
            "no_proxy=127.0.0.1"};
  }

  grader::ProcessResult tito(std::vector<std::string> arguments) const {
    arguments.insert(arguments.begin(), "dataset");
    return tito_in(path(), arguments, environment());
  }
  nlohmann::json tito_json(const std::vector<std::string>& arguments,
                           int expected_code) const {
    const auto result = tito(arguments);
    INFO(result.output);
    CHECK(result.code == expected_code);
    return nlohmann::json::parse(result.output);
  }

  /// The names in the data set's folder, in order.
  std::vector<std::string> names() const {
    std::vector<std::string> names;
    if (!std::filesystem::exists(cached(""))) return names;
    for (const auto& entry : std::filesystem::directory_iterator(cached(""))) {
      names.push_back(entry.path().filename().string());
    }
    std::sort(names.begin(), names.end());
    return names;
  }

  const std::string data = sample_data();

 private:
  Scratch scratch_;
  const std::filesystem::path log_ = scratch_.path() / "requests";
  const HttpServer server_{scratch_.path() / "served", log_};
};
