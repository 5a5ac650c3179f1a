// What `tito dataset` says to unknown words, damaged manifests and bad disks.
#include "course_workspace.hpp"
#include "dataset_fixture.hpp"

namespace fs = std::filesystem;

TEST_CASE("datasets: unknown words bring the nearest known one") {
  const DatasetFixture fixture;
  fixture.offer_data({"ok"});
  for (const std::string verb : {"fetch", "verify", "path"}) {
    const auto result = fixture.tito({verb, "tyo"});
    CHECK(result.code == 2);
    CHECK(contains(result.output, "Did you mean 'toy'?"));
  }
  const auto result = fixture.tito({"fetsh", "toy"});
  CHECK(result.code == 2);
  CHECK(contains(result.output, "Did you mean 'fetch'?"));
  CHECK(fixture.tito({"fetch"}).code == 2);
  CHECK(fixture.tito({"path"}).code == 2);
  CHECK(fixture.tito({"fetch", "toy", "--patience", "0"}).code == 2);
  CHECK(contains(fixture.tito({"--help"}).output, "tito dataset fetch mnist"));
}

TEST_CASE("datasets: a table shows sizes, states and milestones") {
  const DatasetFixture fixture;
  fixture.offer_data({"ok"});
  const auto result = fixture.tito({"list"});
  CHECK(result.code == 0);
  CHECK(contains(result.output, "200.0 kB  absent  mlp"));
  CHECK(contains(result.output, "Next: tito dataset fetch toy"));
}

TEST_CASE("datasets: shipped data is there without fetching") {
  const DatasetFixture fixture;
  spit(fixture.manifest(),
       R"({"datasets": [{"name": "inborn", "title": "", "licence": "",
                         "shipped": true}]})");
  auto result = fixture.tito({"fetch", "inborn"});
  CHECK(result.code == 3);
  CHECK(contains(result.output, "checkout -- inborn"));
  CHECK(fixture.tito({"verify"}).code == 1);

  spit(fixture.path() / "inborn/images.idx", "123");
  CHECK(fixture.tito({"fetch", "inborn"}).code == 0);
  CHECK(fixture.tito({"verify"}).code == 0);
  CHECK(fixture.tito({"path", "inborn"}).output ==
        (fixture.path() / "inborn").string() + '\n');
  const auto list = fixture.tito_json({"list", "--json"}, 0)["datasets"];
  CHECK(list[0]["state"] == "shipped");
  CHECK(list[0]["bytes"] == 3);
}

TEST_CASE("datasets: a damaged manifest is named and fetches nothing") {
  const DatasetFixture fixture;
  const auto check = [&](const std::string& expected) {
    const auto result = fixture.tito({"fetch", "toy"});
    INFO(result.output);
    CHECK(result.code == 3);
    CHECK(contains(result.output, "manifest.json' is damaged"));
    CHECK(contains(result.output, expected));
  };
  const auto offer_with = [&](const std::string& key, nlohmann::json value) {
    nlohmann::json entry = fixture.entry("data.bin", {"ok"});
    entry[key] = std::move(value);
    fixture.offer({entry});
  };
  for (const std::string name : {"../data.bin", "", "..", "/tmp/data.bin"}) {
    offer_with("name", name);
    check("is not the name of a file");
  }
  for (const std::string sum : {"sha256:00", "md4:00", "sha256", ""}) {
    offer_with("checksum", sum);
    check("the checksum of 'data.bin'");
  }
  offer_with("urls", {"file:///etc/passwd", "ftp://127.0.0.1/"});
  check("is not an http or https URL");
  offer_with("urls", nlohmann::json::array());
  check("has no URL");
  offer_with("size", "large");
  check("number");
  spit(fixture.manifest(), "{\"datasets\": [");
  check("parse error");
  CHECK(fixture.log().empty());
}

TEST_CASE("datasets: a disk that takes no more is an error with a way out") {
  const DatasetFixture fixture;
  fixture.offer_data({"ok"});
  grader::Command command;
  // Files may have 64 blocks; what exceeds them fails as on a full disk.
  command.argv = {"bash", "-c",
                  "trap '' XFSZ; ulimit -f 64; " BUILD_DIR
                  "/bin/tito dataset fetch toy"};
  command.directory = fixture.path();
  command.environment = fixture.environment();
  auto result = grader::run(command);
  INFO(result.output);
  CHECK(result.code == 3);
  CHECK(contains(result.output, "data.bin.part"));
  CHECK_FALSE(fs::exists(fixture.cached("data.bin")));

  nlohmann::json vast = fixture.entry("data.bin", {"ok"});
  vast["size"] = std::uint64_t{1} << 60;
  fixture.offer({vast});
  result = fixture.tito({"fetch", "toy"});
  CHECK(result.code == 3);
  CHECK(contains(result.output, "TINYTORCH_DATA=DIR tito dataset fetch toy"));
}

TEST_CASE("datasets: a cache that cannot be made is an error with a way out") {
  const DatasetFixture fixture;
  fixture.offer_data({"ok"});
  spit(fixture.path() / "cache", "a file");
  const auto result = fixture.tito({"fetch", "toy"});
  CHECK(result.code == 3);
  CHECK(contains(result.output, "TINYTORCH_DATA=DIR tito dataset fetch toy"));
}

TEST_CASE("datasets: the cache is where the environment says") {
  const DatasetFixture fixture;
  fixture.offer_data({"ok"});
  const auto folder_with = [&](const std::vector<std::string>& variables) {
    grader::Command command;
    command.argv = {BUILD_DIR "/bin/tito", "dataset", "list", "--json"};
    command.directory = fixture.path();
    command.environment = variables;
    command.environment.push_back("TINYTORCH_MANIFEST=" +
                                  fixture.manifest().string());
    command.inherit_environment = false;
    const auto result = grader::run(command);
    INFO(result.output);
    const auto report = nlohmann::json::parse(result.output, nullptr, false);
    if (report.is_discarded()) return result.output;
    return report["datasets"][0]["folder"].get<std::string>();
  };
  CHECK(folder_with({"HOME=/h"}) == "/h/.cache/tinytorch/toy");
  CHECK(folder_with({"HOME=/h", "XDG_CACHE_HOME=/c"}) == "/c/tinytorch/toy");
  CHECK(folder_with({"HOME=/h", "XDG_CACHE_HOME="}) ==
        "/h/.cache/tinytorch/toy");
  CHECK(folder_with({"XDG_CACHE_HOME=/c", "TINYTORCH_DATA=/d"}) == "/d/toy");
  CHECK(contains(folder_with({}), "export TINYTORCH_DATA=DIR"));
}

TEST_CASE("datasets: the course's own manifest") {
  const CourseWorkspace workspace;
  const auto list = workspace.tito_json({"dataset", "list", "--json"}, 0);
  std::map<std::string, std::uint64_t> bytes;
  for (const auto& dataset : list["datasets"]) {
    bytes[dataset["name"]] = dataset["bytes"];
  }
  // The sum of the four files' sizes, and the one archive's.
  CHECK(bytes["mnist"] == 9912422 + 28881 + 1648877 + 4542);
  CHECK(bytes["cifar10"] == 170052171);
  CHECK(bytes.count("tinydigits") == 1);
}

TEST_CASE("datasets: bash completes their names") {
  const CourseWorkspace workspace;
  spit(workspace.path() / "tito.bash",
       workspace.tito({"completion", "bash"}).output);
  grader::Command command;
  command.argv = {"bash", "-c",
                  "source ./tito.bash; COMP_WORDS=(tito dataset fetch m); "
                  "COMP_CWORD=3; _tito; echo \"${COMPREPLY[*]}\""};
  command.directory = workspace.path();
  CHECK(grader::run(command).output == "mnist\n");
}
