// The names that platforms give, and whose files they are.
#include "grader/download.hpp"

#include "fake_course.hpp"
#include "support/catch.hpp"

namespace fs = std::filesystem;
using grader::Collection;
using grader::Platform;
using grader::Student;

namespace {

/// "22: a.zip", or what else the name may mean.
std::string claims(const std::string& name, Platform platform) {
  std::string text;
  for (const auto& [number, file] : grader::read_claims(name, platform)) {
    text += (text.empty() ? "" : ", ") + number + ": " + file;
  }
  return text.empty() ? "none" : text;
}
std::string canvas(const std::string& name) {
  return claims(name, Platform::canvas);
}
std::string moodle(const std::string& name) {
  return claims(name, Platform::moodle);
}

Student student(const std::string& id, const std::string& number) {
  Student person;
  person.id = id;
  person.canvas_id = person.moodle_id = number;
  return person;
}

/// A download of files that each hold their own name.
class Download {
 public:
  fs::path path() const { return directory_.path(); }
  void add(const std::string& name) const {
    fake::spit(directory_.path() / name, name);
  }
  Collection collect(Platform platform) const {
    return collect(platform, {student("ada", "11"), student("bob", "22"),
                              student("eve", "33")});
  }
  Collection collect(Platform platform,
                     const std::vector<Student>& roster) const {
    return grader::collect(directory_.path(), platform, roster);
  }

 private:
  fake::TemporaryDirectory directory_;
};

/// "ada: a.cpp b.cpp, bob: *.zip"
std::string submissions(const Collection& collection) {
  std::string text;
  for (const auto& submission : collection.submissions) {
    text += (text.empty() ? "" : ", ") + submission.id + ":";
    for (const auto& file : submission.files) {
      text += (submission.archive ? " *" : " ") + file.to.string();
    }
  }
  return text;
}

/// Why a name was left out; empty if it was not.
std::string reason(const Collection& collection, const std::string& name) {
  for (const auto& [left, why] : collection.left_out) {
    if (left == name) return why;
  }
  return "";
}

}  // namespace

TEST_CASE("download: Canvas' names tell user and file") {
  CHECK(canvas("lovelaceada_11_900_s1.zip") == "11: s1.zip");
  CHECK(canvas("lovelaceada_LATE_11_900_s1.zip") == "11: s1.zip");
  CHECK(canvas("lovelaceada_late_11_900_my_work.tar.gz") ==
        "11: my_work.tar.gz");
  CHECK(canvas("de_la_cruz_11_900_s1.zip") == "11: s1.zip");
  // Handed in again.
  CHECK(canvas("lovelaceada_11_900_s1-2.zip") == "11: s1.zip");
  CHECK(canvas("lovelaceada_11_900_tensor-12.cpp") == "11: tensor.cpp");
  CHECK(canvas("lovelaceada_11_900_hw-2-tensor.cpp") == "11: hw-2-tensor.cpp");
  // The ninth time and later.
  CHECK(canvas("lovelaceada_11_900_"
               "tensor-550e8400-e29b-41d4-a716-44665544000a.cpp") ==
        "11: tensor.cpp");
}

TEST_CASE("download: numbers in names of people and files leave Canvas' open") {
  CHECK(canvas("eve_11_33_900_s1.zip") == "11: 900_s1.zip, 33: s1.zip");
  CHECK(canvas("eve_11_9_x_33_900_s1.zip") ==
        "11: x_33_900_s1.zip, 33: s1.zip");
  CHECK(canvas("ada_11_900_2_x.zip") == "11: 2_x.zip, 900: x.zip");
  CHECK(canvas("ada_11_900_hw_1_2_x.zip") == "11: hw_1_2_x.zip, 1: x.zip");
}

TEST_CASE("download: Moodle's names tell participant and file") {
  CHECK(moodle("Ada Lovelace_11_assignsubmission_file_s1.zip") == "11: s1.zip");
  CHECK(moodle("Ada Lovelace_11_assignsubmission_file_") == "11: ");
  CHECK(moodle("Ada Lovelace_11_assignsubmission_file") == "11: ");
  CHECK(moodle("Group 1-Ada_11_assignsubmission_file_a_b.cpp") ==
        "11: a_b.cpp");
  // A file's name is its owner's to choose.
  CHECK(
      moodle("Eve_33_assignsubmission_file_x_11_assignsubmission_file_s.zip") ==
      "33: x_11_assignsubmission_file_s.zip");
}

TEST_CASE("download: other names are nobody's") {
  for (const char* name : {"s1.zip", "", ".DS_Store", "anon_3f2a_900_7_s1.zip",
                           "a_11_s1.zip", "a_11_text.html", "a_1x_9_s1.zip",
                           "a_11_9_", "Ada_11_assignsubmission_file_s1.zip"}) {
    INFO(name);
    CHECK(canvas(name) == "none");
  }
  for (const char* name :
       {"s1.zip", "Ada_11_assignsubmission_onlinetext_", "Ada_11_900_s1.zip",
        "_x_11_assignsubmission_file_s.zip",
        "11_assignsubmission_file_s.zip"}) {
    INFO(name);
    CHECK(moodle(name) == "none");
  }
}

TEST_CASE("download: each student's files come together") {
  const Download download;
  download.add("lovelaceada_11_901_s1.zip");
  download.add("lovelaceada_11_902_notes.pdf");
  download.add("b_LATE_22_903_tensor-1.cpp");
  download.add("b_LATE_22_904_views.cpp");
  const auto found = download.collect(Platform::canvas);
  CHECK(submissions(found) == "ada: *.zip, bob: tensor.cpp views.cpp");
  CHECK(found.missing == std::vector<std::string>{"eve"});
  CHECK(found.left_out.size() == 1);
  CHECK(reason(found, "lovelaceada_11_902_notes.pdf") ==
        "ada's archive counts");
}

TEST_CASE("download: a folder of Moodle's holds one student's files") {
  const Download download;
  download.add("Ada_11_assignsubmission_file/deep/down/S1.TAR.GZ");
  download.add("Bob_22_assignsubmission_file_/01_tensor/src/tensor.cpp");
  download.add("Bob_22_assignsubmission_file_/views.cpp");
  download.add("Bob_22_assignsubmission_onlinetext/onlinetext.html");
  fs::create_directories(download.path() / "Eve_33_assignsubmission_file");
  const auto found = download.collect(Platform::moodle);
  CHECK(submissions(found) ==
        "ada: *.tar.gz, bob: 01_tensor/src/tensor.cpp views.cpp");
  CHECK(found.missing == std::vector<std::string>{"eve"});
  CHECK(reason(found, "Bob_22_assignsubmission_onlinetext") ==
        "Moodle does not name a file that was handed in like that");
}

TEST_CASE("download: what a person must decide is left out") {
  const Download download;
  download.add("a_11_901_s1.zip");
  download.add("a_11_902_s2.zip");
  download.add("b_22_903_tensor-1.cpp");
  download.add("b_22_904_tensor-2.cpp");
  const auto found = download.collect(Platform::canvas);
  CHECK(submissions(found).empty());
  CHECK(found.left_out.size() == 4);
  CHECK(reason(found, "a_11_901_s1.zip") ==
        "of ada there are several archives: choose by hand");
  CHECK(reason(found, "b_22_904_tensor-2.cpp") ==
        "of bob tensor.cpp is there twice: choose by hand");
  CHECK(found.missing == std::vector<std::string>{"eve"});
}

TEST_CASE("download: code beside an archive may be the work") {
  const Download download;
  download.add("Bob_22_assignsubmission_file/src/tensor.cpp");
  download.add("Bob_22_assignsubmission_file/src/pictures.zip");
  const auto found = download.collect(Platform::moodle);
  CHECK(submissions(found).empty());
  CHECK(reason(found, "Bob_22_assignsubmission_file/src/tensor.cpp") ==
        "of bob there is code beside an archive: choose by hand");
}

TEST_CASE("download: what a Mac adds is nobody's work") {
  const Download download;
  const std::string folder = "Bob_22_assignsubmission_file/";
  for (const char* name :
       {"s1.zip", "._s1.zip", "__MACOSX/t.zip", ".DS_Store"}) {
    download.add(folder + name);
  }
  const auto found = download.collect(Platform::moodle);
  CHECK(submissions(found) == "bob: *.zip");
  CHECK(found.left_out.empty());
}

TEST_CASE("download: a number is that of who is enrolled") {
  const Download download;
  download.add("b_22_901_s1.zip");
  Student gone = student("bob", "22");
  gone.enrolled = false;
  const Student robert = student("robert", "22");
  const auto found = download.collect(Platform::canvas, {gone, robert});
  CHECK(submissions(found) == "robert: *.zip");
  CHECK(found.missing.empty());
  // Who has left can hand in still.
  CHECK(submissions(download.collect(Platform::canvas, {gone})) ==
        "bob: *.zip");
  CHECK(submissions(
            download.collect(Platform::canvas, {robert, student("bob", "22")}))
            .empty());
}

TEST_CASE("download: nobody hands in under another's number") {
  const Download download;
  // Eve calls herself "Eve_11", or "Eve_(11)_(9)_x".
  download.add("eve_11_33_901_s1.zip");
  download.add("eve_11_9_x_33_901_s1.zip");
  download.add("lovelaceada_11_902_s1.zip");
  download.add("b_22_903_4_x.zip");
  download.add("stranger_44_904_s1.zip");
  const auto found = download.collect(Platform::canvas);
  CHECK(submissions(found) == "ada: *.zip, bob: *.zip");
  CHECK(found.submissions.at(0).files.at(0).from ==
        download.path() / "lovelaceada_11_902_s1.zip");
  for (const char* name :
       {"eve_11_33_901_s1.zip", "eve_11_9_x_33_901_s1.zip"}) {
    CHECK(reason(found, name) == "it may belong to ada or to eve");
  }
  CHECK(reason(found, "stranger_44_904_s1.zip") ==
        "the roster has no canvas_id 44");
}

TEST_CASE("download: links and names that are none are left out") {
  const Download download;
  download.add("a_11_901_..");
  fs::create_symlink("/etc/passwd", download.path() / "b_22_902_s1.zip");
  fs::create_directories(download.path() / "e_33_903_d/inner");
  fs::create_symlink("/etc", download.path() / "e_33_903_d/inner/etc");
  const auto found = download.collect(Platform::canvas);
  CHECK(submissions(found).empty());
  CHECK(found.missing.size() == 3);
  CHECK(reason(found, "a_11_901_..") == "its owner gave it no name");
  CHECK(reason(found, "b_22_902_s1.zip") == "it is not a regular file");
  CHECK(reason(found, "e_33_903_d/inner/etc") == "it is not a regular file");
}
