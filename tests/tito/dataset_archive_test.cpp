// Data sets that come as archives: only what is listed is unpacked.
#include "dataset_fixture.hpp"

namespace fs = std::filesystem;

namespace {

using Names = std::vector<std::string>;

/// toy.tar.gz with inner/a.bin, inner/b.bin and inner/unlisted.txt.
class ArchiveFixture : public DatasetFixture {
 public:
  ArchiveFixture() {
    spit(path() / "inner/a.bin", data);
    spit(path() / "inner/b.bin", "bbbb");
    spit(path() / "inner/unlisted.txt", "nobody needs this");
    pack("inner");
  }

  void pack(const std::string& folder) const {
    grader::Command command;
    command.argv = {"tar", "-czf", served("toy.tar.gz").string(), folder};
    command.directory = path();
    REQUIRE(grader::run(command).ok());
  }

  nlohmann::json member(const std::string& name) const {
    const fs::path file = path() / "inner" / name;
    return {{"path", "inner/" + name},
            {"size", fs::file_size(file)},
            {"checksum", "sha256:" + digest("sha256sum", file)}};
  }

  void offer_members(const std::vector<nlohmann::json>& members,
                     const std::string& manner = "ok") const {
    nlohmann::json archive = entry("toy.tar.gz", {manner});
    archive["members"] = members;
    offer({archive});
  }
  void offer_both(const std::string& manner = "ok") const {
    offer_members({member("a.bin"), member("b.bin")}, manner);
  }
};

}  // namespace

TEST_CASE("of an archive the listed members remain") {
  const ArchiveFixture fixture;
  fixture.offer_both();
  auto result = fixture.tito({"fetch", "toy"});
  INFO(result.output);
  CHECK(result.code == 0);
  CHECK(fixture.names() == Names{"a.bin", "b.bin"});
  CHECK(slurp(fixture.cached("a.bin")) == fixture.data);
  CHECK(slurp(fixture.cached("b.bin")) == "bbbb");
  CHECK(fixture.tito({"verify", "toy"}).code == 0);
  CHECK(fixture.tito({"path", "toy"}).code == 0);

  CHECK(fixture.tito({"fetch", "toy"}).code == 0);
  CHECK(fixture.log() == "/ok/toy.tar.gz -\n");

  fs::remove(fixture.cached("b.bin"));
  CHECK(fixture.tito({"verify", "toy"}).code == 1);
  CHECK(fixture.tito({"fetch", "toy"}).code == 0);
  CHECK(slurp(fixture.cached("b.bin")) == "bbbb");
}

TEST_CASE("an archive that was not unpacked yet is not fetched again") {
  const ArchiveFixture fixture;
  fixture.offer_both();
  fs::create_directories(fixture.cached(""));
  fs::copy_file(fixture.served("toy.tar.gz"), fixture.cached("toy.tar.gz"));
  CHECK(fixture.tito({"fetch", "toy"}).code == 0);
  CHECK(fixture.log().empty());
  CHECK(fixture.names() == Names{"a.bin", "b.bin"});
}

TEST_CASE("an archive at hand is unpacked as one from the network") {
  const ArchiveFixture fixture;
  fixture.offer_both("missing");
  CHECK(fixture.tito({"fetch", "toy", "--from", "served/toy.tar.gz"}).code ==
        0);
  CHECK(fixture.names() == Names{"a.bin", "b.bin"});

  fs::remove_all(fixture.cached(""));
  CHECK(fixture.tito({"fetch", "toy", "--from", "inner"}).code == 0);
  CHECK(fixture.names() == Names{"a.bin", "b.bin"});

  fs::remove_all(fixture.cached(""));
  fs::remove(fixture.path() / "inner/b.bin");
  const auto result = fixture.tito({"fetch", "toy", "--from", "inner"});
  CHECK(result.code == 1);
  CHECK(contains(result.output, "needs toy.tar.gz"));
  CHECK(fixture.log().empty());
}

TEST_CASE("a member that is another one does not get its name") {
  const ArchiveFixture fixture;
  nlohmann::json another = fixture.member("b.bin");
  another["checksum"] = "sha256:" + std::string(64, '0');
  nlohmann::json smaller = fixture.member("a.bin");
  smaller["size"] = 4;
  nlohmann::json larger = fixture.member("a.bin");
  larger["size"] = 300000;
  nlohmann::json absent = fixture.member("b.bin");
  absent["path"] = "inner/c.bin";
  for (const auto& member : {another, smaller, larger, absent}) {
    fs::remove_all(fixture.cached(""));
    fixture.offer_members({member});
    const auto result = fixture.tito({"fetch", "toy"});
    INFO(member.dump() << result.output);
    CHECK(result.code == 3);
    CHECK(contains(result.output, member["path"].get<std::string>()));
    CHECK(fixture.names() == Names{"toy.tar.gz"});
  }
}

TEST_CASE("a link in an archive is no member") {
  const ArchiveFixture fixture;
  const nlohmann::json member = fixture.member("b.bin");
  fs::remove(fixture.path() / "inner/b.bin");
  fs::create_symlink("/etc/passwd", fixture.path() / "inner/b.bin");
  fixture.pack("inner");
  fixture.offer_members({member});
  CHECK(fixture.tito({"fetch", "toy"}).code == 3);
  CHECK_FALSE(fs::exists(fs::symlink_status(fixture.cached("b.bin"))));
}
