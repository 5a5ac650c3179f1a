// `tito dataset`: what is here, what is fetched, and what is said otherwise.
#include "dataset_fixture.hpp"

namespace fs = std::filesystem;

namespace {

using Names = std::vector<std::string>;

bool is_complete(const DatasetFixture& fixture) {
  return fixture.names() == Names{"data.bin"} &&
         slurp(fixture.cached("data.bin")) == fixture.data;
}

std::string state(const DatasetFixture& fixture) {
  return fixture.tito_json({"list", "--json"}, 0)["datasets"][0]["state"];
}

}  // namespace

TEST_CASE("a data set is absent, is fetched, and is ready") {
  const DatasetFixture fixture;
  fixture.offer_data({"ok"});
  CHECK(state(fixture) == "absent");
  auto result = fixture.tito({"path", "toy"});
  CHECK(result.code == 1);
  CHECK(contains(result.output, "tito dataset fetch toy"));

  result = fixture.tito({"fetch", "toy"});
  INFO(result.output);
  CHECK(result.code == 0);
  CHECK(is_complete(fixture));
  CHECK(state(fixture) == "ready");
  CHECK(fixture.tito({"path", "toy"}).output ==
        (fixture.path() / "cache/toy").string() + '\n');
  CHECK(fixture.tito({"verify", "toy"}).code == 0);

  CHECK(fixture.tito({"fetch", "toy"}).code == 0);
  CHECK(fixture.log() == "/ok/data.bin -\n");
  CHECK(fixture.tito({"fetch", "toy", "--force"}).code == 0);
  CHECK(fixture.log() == "/ok/data.bin -\n/ok/data.bin -\n");
}

TEST_CASE("a redirect is followed") {
  const DatasetFixture fixture;
  fixture.offer_data({"moved"});
  CHECK(fixture.tito({"fetch", "toy"}).code == 0);
  CHECK(is_complete(fixture));
}

TEST_CASE("where one place fails the next one is asked") {
  const DatasetFixture fixture;
  for (const std::string manner :
       {"truncated", "short", "corrupted", "larger", "endless", "loop",
        "to_file", "missing", "stalled"}) {
    fs::remove_all(fixture.cached(""));
    fixture.offer_data({manner, "ok"});
    const auto result = fixture.tito({"fetch", "toy", "--patience", "1"});
    INFO(manner << ": " << result.output);
    CHECK(result.code == 0);
    CHECK(contains(fixture.log(), '/' + manner + "/data.bin"));
    CHECK(is_complete(fixture));
  }
}

TEST_CASE("nothing that is not the file gets its name") {
  const DatasetFixture fixture;
  const auto fetch_from = [&](const std::string& manner) {
    fs::remove_all(fixture.cached(""));
    fixture.offer_data({manner});
    const auto result = fixture.tito({"fetch", "toy", "--patience", "1"});
    INFO(manner << ": " << result.output);
    CHECK(result.code == 3);
    CHECK(contains(result.output, '/' + manner + "/data.bin ("));
    CHECK(contains(result.output, "tito dataset fetch toy --from DIR"));
    return fixture.names();
  };
  for (const std::string useless :
       {"short", "corrupted", "larger", "endless"}) {
    INFO(useless);
    CHECK(fetch_from(useless).empty());
  }
  for (const std::string unfinished : {"truncated", "stalled"}) {
    INFO(unfinished);
    CHECK(fetch_from(unfinished) == Names{"data.bin.part"});
    CHECK(state(fixture) == "partial");
  }
  for (const std::string silent : {"missing", "loop", "to_file"}) {
    INFO(silent);
    fetch_from(silent);
    CHECK_FALSE(fs::exists(fixture.cached("data.bin")));
  }
}

TEST_CASE("an unfinished download is continued where the server can") {
  const DatasetFixture fixture;
  const std::string half = fixture.data.substr(0, 100000);
  spit(fixture.cached("data.bin.part"), half);
  fixture.offer_data({"ok"});
  CHECK(fixture.tito({"fetch", "toy"}).code == 0);
  CHECK(fixture.log() == "/ok/data.bin bytes=100000-\n");
  CHECK(is_complete(fixture));

  fs::remove(fixture.cached("data.bin"));
  spit(fixture.cached("data.bin.part"), half);
  fixture.offer_data({"whole"});
  CHECK(fixture.tito({"fetch", "toy"}).code == 0);
  CHECK(contains(fixture.log(), "/whole/data.bin bytes=100000-\n"));
  CHECK(is_complete(fixture));
}

TEST_CASE("what one place began the next one ends") {
  const DatasetFixture fixture;
  fixture.offer_data({"truncated", "ok"});
  CHECK(fixture.tito({"fetch", "toy"}).code == 0);
  CHECK(fixture.log() == "/truncated/data.bin -\n/ok/data.bin bytes=100000-\n");
  CHECK(is_complete(fixture));
}

TEST_CASE("a wrong beginning is not kept") {
  const DatasetFixture fixture;
  fixture.offer_data({"ok"});
  spit(fixture.cached("data.bin.part"), std::string(100000, 'x'));
  CHECK(fixture.tito({"fetch", "toy"}).code == 0);
  CHECK(fixture.log() == "/ok/data.bin bytes=100000-\n/ok/data.bin -\n");
  CHECK(is_complete(fixture));

  for (const std::size_t size :
       {fixture.data.size(), 3 * fixture.data.size()}) {
    fs::remove(fixture.cached("data.bin"));
    spit(fixture.cached("data.bin.part"), std::string(size, 'x'));
    CHECK(fixture.tito({"fetch", "toy"}).code == 0);
    CHECK(is_complete(fixture));
  }
}

TEST_CASE("what arrived completely is not fetched again") {
  const DatasetFixture fixture;
  fixture.offer_data({"missing"});
  spit(fixture.cached("data.bin.part"), fixture.data);
  CHECK(fixture.tito({"fetch", "toy"}).code == 0);
  CHECK(fixture.log().empty());
  CHECK(is_complete(fixture));
}

TEST_CASE("an interrupted download leaves what the next one continues") {
  const DatasetFixture fixture;
  fixture.offer_data({"stalled"});
  spit(fixture.path() / "interrupt.sh", BUILD_DIR
       "/bin/tito dataset fetch toy & tito=$!\n"
       "for i in $(seq 1200); do\n"
       "  test -s cache/toy/data.bin.part && break\n"
       "  sleep 0.05\n"
       "done\n"
       "kill -INT $tito; wait $tito; echo code $?\n");
  grader::Command command;
  command.argv = {"bash", "interrupt.sh"};
  command.directory = fixture.path();
  command.environment = fixture.environment();
  CHECK(contains(grader::run(command).output, "code 130"));
  CHECK(slurp(fixture.cached("data.bin.part")) == fixture.data.substr(0, 64));
  fixture.offer_data({"ok"});
  CHECK(fixture.tito({"fetch", "toy"}).code == 0);
  CHECK(contains(fixture.log(), "/ok/data.bin bytes=64-"));
  CHECK(is_complete(fixture));
}

TEST_CASE("verify finds what is missing or damaged and fetch mends it") {
  const DatasetFixture fixture;
  spit(fixture.served("labels.bin"), "0123456789");
  nlohmann::json labels = fixture.entry("labels.bin", {"ok"});
  labels["checksum"] = "md5:" + digest("md5sum", fixture.served("labels.bin"));
  fixture.offer({fixture.entry("data.bin", {"ok"}), labels});
  REQUIRE(fixture.tito({"fetch", "toy"}).code == 0);
  auto report = fixture.tito_json({"verify", "--json"}, 0);
  CHECK(report["ok"] == true);

  spit(fixture.cached("labels.bin"), "0123456798");
  CHECK(state(fixture) == "ready");
  fs::remove(fixture.cached("data.bin"));
  CHECK(state(fixture) == "partial");
  report = fixture.tito_json({"verify", "toy", "--json"}, 1);
  CHECK(report["ok"] == false);
  const auto files = report["datasets"][0]["files"];
  CHECK(files[0]["state"] == "missing");
  CHECK(files[1]["state"] == "damaged");
  const auto result = fixture.tito({"verify"});
  CHECK(result.code == 1);
  CHECK(contains(result.output, "tito dataset fetch toy\n"));

  CHECK(fixture.tito({"fetch", "toy"}).code == 0);
  CHECK(fixture.tito({"verify", "toy"}).code == 0);
}

TEST_CASE("files at hand do without a network") {
  const DatasetFixture fixture;
  spit(fixture.served("labels.bin"), "0123456789");
  fixture.offer({fixture.entry("data.bin", {"missing"}),
                 fixture.entry("labels.bin", {"missing"})});

  auto result = fixture.tito({"fetch", "toy", "--from", "served/data.bin"});
  CHECK(result.code == 1);
  CHECK(contains(result.output, "needs labels.bin"));
  CHECK(fs::exists(fixture.cached("data.bin")));
  fs::remove(fixture.cached("data.bin"));

  CHECK(fixture.tito({"fetch", "toy", "--from", "served"}).code == 0);
  CHECK(fixture.names() == Names{"data.bin", "labels.bin"});
  CHECK(slurp(fixture.cached("labels.bin")) == "0123456789");
  CHECK(fixture.log().empty());

  for (const std::string wrong : {"0123456798", "012345678", "0123456789 "}) {
    fs::remove(fixture.cached("labels.bin"));
    spit(fixture.served("labels.bin"), wrong);
    result = fixture.tito({"fetch", "toy", "--from", "served"});
    INFO(result.output);
    CHECK(result.code == 1);
    CHECK(contains(result.output, "served/labels.bin"));
    CHECK(contains(result.output, "tito dataset fetch toy --from DIR"));
    CHECK(fixture.names() == Names{"data.bin"});
  }
  CHECK(fixture.tito({"fetch", "toy", "--from", "nowhere"}).code == 2);
}
