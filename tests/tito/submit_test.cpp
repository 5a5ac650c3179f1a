// `tito submit`: what is packed is what the grader reads.
#include <algorithm>

#include "course_workspace.hpp"
#include "grader/manifest.hpp"
#include "grader/submission.hpp"
#include "scratch.hpp"
#include "support/catch.hpp"
#include "system/pack.hpp"

namespace {

namespace fs = std::filesystem;
using nlohmann::json;

const grader::Curriculum& curriculum() {
  static const auto all =
      grader::Curriculum::load(COURSE_DIR "/modules/curriculum.json");
  return all;
}

grader::Submission taken_in(const fs::path& archive) {
  return grader::read_submission({archive.stem(), archive}, curriculum());
}

/// A student whose module 01 is written and whose others are stubs.
struct Student : CourseWorkspace {
  Student() { solve("01_tensor"); }
  fs::path archive(const std::string& name = "s1.zip") const {
    return path() / name;
  }
};

/// An archive as tito submit makes it, with something done to it.
grader::Submission taken_in_with(
    const std::function<void(grader::Manifest&,
                             std::vector<tito::PackedFile>&)>& change) {
  const Scratch scratch;
  grader::Manifest manifest;
  manifest.student = "s1";
  std::vector<tito::PackedFile> files = {
      {"modules/01_tensor/src/tensor.cpp", "tensor"},
      {"modules/01_tensor/src/views.cpp", "views"}};
  for (const auto& file : files) manifest.add(file.path, file.text);
  change(manifest, files);
  files.insert(files.begin(), {"manifest.json", to_json(manifest)});
  spit(scratch.path() / "s1.zip", tito::zip(files));
  return taken_in(scratch.path() / "s1.zip");
}

bool mentions(const std::vector<std::string>& lines, const std::string& text) {
  return std::any_of(lines.begin(), lines.end(),
                     [&](const auto& line) { return contains(line, text); });
}

}  // namespace

TEST_CASE("what was submitted is what intake reads, byte for byte") {
  const Student student;
  spit(student.source("views.cpp"), std::string("// \xc3\xa4\r\n\0\t", 9));
  const auto result = student.tito({"submit", "--student", "s1"});
  INFO(result.output);
  REQUIRE(result.code == 0);
  CHECK(contains(result.output, "modules/01_tensor/src/tensor.cpp"));
  CHECK(contains(result.output, "Next: upload s1.zip"));
  const auto submission = taken_in(student.archive());
  CHECK(submission.error.empty());
  CHECK(submission.ignored.empty());
  CHECK(submission.notes.empty());
  REQUIRE(submission.files.size() == 1);
  const auto& files = submission.files.at("01");
  CHECK(files.size() == curriculum().module("01")->sources.size());
  for (const auto& [name, text] : files) {
    CHECK(text == slurp(student.source(name)));
  }
}

TEST_CASE("the id is remembered, checked, and asked for") {
  const Student student;
  const auto nobody = student.tito({"submit"});
  CHECK(nobody.code == 2);
  CHECK(contains(nobody.output, "tito submit --student ID"));
  CHECK(student.tito({"submit", "--student", "../s1"}).code == 2);
  CHECK(student.tito({"submit", "--student", "=s1"}).code == 2);
  CHECK(student.tito({"submit", "--student", "s1"}).code == 0);
  fs::remove(student.archive());
  CHECK(student.tito({"submit"}).code == 0);
  CHECK(fs::exists(student.archive()));
  // Another command that keeps a session does not forget who it is.
  CHECK(student.tito({"module", "hint", "01.1"}).code == 0);
  CHECK(student.tito_json({"submit", "--json"}, 0).at("student") == "s1");
}

TEST_CASE("modules that nobody began are packed only by name") {
  const Student student;
  const auto packed = [&](const std::vector<std::string>& more) {
    std::vector<std::string> arguments = {"submit", "--student", "s1",
                                          "--json"};
    arguments.insert(arguments.end(), more.begin(), more.end());
    return student.tito_json(arguments, 0);
  };
  CHECK(packed({}).at("warnings").empty());
  const json named = packed({"--modules", "02"});
  REQUIRE(named.at("files").size() ==
          curriculum().module("02")->sources.size());
  CHECK(named.at("files").at(0).at("untouched") == true);
  CHECK(named.at("warnings").size() == named.at("files").size());
  CHECK(taken_in(student.archive()).files.count("02") == 1);
  CHECK(taken_in(student.archive()).files.count("01") == 0);

  const CourseWorkspace untouched;
  const auto nothing = untouched.tito({"submit", "--student", "s1"});
  CHECK(nothing.code == 1);
  CHECK(contains(nothing.output, "no module has been begun"));
  CHECK(student.tito({"submit", "--modules", "99"}).code == 2);
}

TEST_CASE("an untouched stub and a missing file are worth a warning") {
  const Student student;
  fs::copy_file(COURSE_DIR "/modules/01_tensor/src/views.cpp",
                student.source("views.cpp"),
                fs::copy_options::overwrite_existing);
  fs::remove(student.source("tensor.cpp"));
  const auto result = student.tito({"submit", "--student", "s1"});
  CHECK(result.code == 0);
  CHECK(contains(result.output, "views.cpp is still the stub that you got"));
  CHECK(contains(result.output, "modules/01_tensor/src lacks a file"));
}

TEST_CASE("a file that the grader would not take is refused at once") {
  const Student student;
  const auto most = grader::IntakeLimits().file_bytes;
  spit(student.source("views.cpp"), std::string(most, ' '));
  REQUIRE(student.tito({"submit", "--student", "s1"}).code == 0);
  const std::string before = slurp(student.archive());
  spit(student.source("views.cpp"), std::string(most + 1, ' '));
  const auto refused = student.tito({"submit"});
  CHECK(refused.code == 1);
  CHECK(contains(refused.output, "modules/01_tensor/src/views.cpp has"));
  CHECK(slurp(student.archive()) == before);
}

TEST_CASE("the archive goes where it should, and replaces only itself") {
  const Student student;
  fs::create_directory(student.path() / "out");
  const auto submit = [&](const std::string& out) {
    return student.tito({"submit", "--student", "s1", "--out", out});
  };
  CHECK(submit("out").code == 0);
  CHECK(fs::exists(student.path() / "out/s1.zip"));
  CHECK(submit("out").code == 0);
  CHECK(std::distance(fs::directory_iterator(student.path() / "out"), {}) == 1);
  CHECK(submit("work.tar").code == 2);
  const auto renamed = submit("out/work.zip");
  CHECK(renamed.code == 0);
  CHECK(contains(renamed.output, "hand it in as s1.zip"));
  CHECK(submit("no/such/place.zip").code == 3);
}

TEST_CASE("an archive that is as it was packed has no notes") {
  const auto submission = taken_in_with([](auto&, auto&) {});
  CHECK(submission.notes.empty());
  CHECK(submission.ignored.empty());
  CHECK(submission.files.at("01").size() == 2);
}

TEST_CASE("intake notes what the manifest says otherwise") {
  CHECK(mentions(
      taken_in_with([](auto&, auto& files) { files[0].text = "Tensor"; }).notes,
      "tensor.cpp was changed after it was packed"));
  CHECK(mentions(
      taken_in_with([](auto&, auto& files) { files.pop_back(); }).notes,
      "views.cpp went missing after it was packed"));
  CHECK(mentions(taken_in_with([](auto&, auto& files) {
                   files.push_back({"modules/01_tensor/src/matmul.cpp", "m"});
                 }).notes,
                 "matmul.cpp was added after it was packed"));
  CHECK(mentions(taken_in_with([](auto& manifest, auto&) {
                   manifest.student = "s2\x1b[31m";
                 }).notes,
                 "it was packed for s2\\x1b[31m"));
}

TEST_CASE("a manifest of the student's own making does no harm") {
  const auto with = [](const std::string& text) {
    const Scratch scratch;
    spit(scratch.path() / "s1/manifest.json", text);
    spit(scratch.path() / "s1/tensor.cpp", "x");
    const auto submission = taken_in(scratch.path() / "s1");
    CHECK(submission.files.at("01").at("tensor.cpp") == "x");
    CHECK(submission.ignored.empty());
    return submission.notes;
  };
  for (const std::string& text :
       {std::string(), std::string("[]"), std::string("{\"format\": 2}"),
        std::string("{\"format\": \"one\"}"), std::string(500'000, '['),
        std::string("\xff\xfe\0", 3)}) {
    const auto notes = with(text);
    REQUIRE(notes.size() == 1);
    CHECK(contains(notes[0], "manifest.json cannot be read"));
    CHECK(notes[0].size() < 400);
  }
}

TEST_CASE("a second manifest is ignored") {
  const auto submission = taken_in_with([](auto&, auto& files) {
    files.push_back({"folder/manifest.json", "{}"});
    files.push_back({"a/b/manifest.json", "{}"});
  });
  CHECK(submission.ignored.size() == 2);
  CHECK(mentions(submission.notes, "folder/manifest.json: there is another"));
}

TEST_CASE("submit says which C++ files beside the sources are not handed in") {
  const CourseWorkspace course;
  for (const char* name : {"helpers.hpp", "notes.txt"}) {
    spit(course.path() / "modules/02_activations/src" / name, "");
  }
  const auto result =
      course.tito({"submit", "--student", "ada", "--modules", "02"});
  INFO(result.output);
  CHECK(result.code == 0);
  const std::string named = "modules/02_activations/src/helpers.hpp is not";
  CHECK(contains(result.output, named));
  CHECK_FALSE(contains(result.output, "notes.txt"));
}
