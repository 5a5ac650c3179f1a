// `tito grade collect`.
#include "course_with_grades.hpp"

namespace fs = std::filesystem;

namespace {

/// Ada's archive and Bob's file, as Moodle hands them out.
class Collecting {
 public:
  Collecting() {
    spit(course_.path() / "ids.csv", "id,moodle_id\nada,11\nbob,22\neve,33\n");
    CHECK(course_.run({"roster", "import", "ids.csv"}).code == 0);
    spit(course_.path() / "d/Ada L_11_assignsubmission_file/s.zip", "zip");
    spit(course_.path() / "d/Bob_22_assignsubmission_file/tensor.cpp", "code");
    spit(course_.path() / "d/Carl_44_assignsubmission_file/s.zip", "zip");
  }

  const CourseWithGrades& course() const { return course_; }
  fs::path path() const { return course_.path(); }

 private:
  CourseWithGrades course_;
};

const std::vector<std::string> kCollect = {"collect", "d",     "--from",
                                           "moodle",  "--out", "in"};

}  // namespace

TEST_CASE("collect: a download becomes one folder or archive a student") {
  const Collecting here;
  const auto result = here.course().run(kCollect);
  INFO(result.output);
  CHECK(result.code == 0);
  CHECK(slurp(here.path() / "in/ada.zip") == "zip");
  CHECK(slurp(here.path() / "in/bob/tensor.cpp") == "code");
  CHECK(std::distance(fs::directory_iterator(here.path() / "in"), {}) == 2);
  CHECK(contains(result.output, "the roster has no moodle_id 44"));
  CHECK(contains(result.output, "nothing found from: eve"));
  CHECK(contains(result.output, "tito grade run in --out grades.csv"));
}

TEST_CASE("collect: the same as JSON") {
  const Collecting here;
  const auto found = here.course().json(kCollect);
  CHECK(found.at("submissions") == nlohmann::json{"ada", "bob"});
  CHECK(found.at("missing") == nlohmann::json{"eve"});
  CHECK(found.at("left_out").at(0).at("name") ==
        "Carl_44_assignsubmission_file");
}

TEST_CASE("collect: what is wrong is said before anything is written") {
  const Collecting here;
  spit(here.path() / "full/old.txt", "old");
  here.course().refuses({"collect", "d", "--from", "moodle", "--out", "full"},
                        "is not empty");
  here.course().refuses({"collect", "d.zip", "--from", "moodle", "--out", "in"},
                        "unzip");
  CHECK(slurp(here.path() / "full/old.txt") == "old");
  here.course().refuses({"collect", "d", "--from", "canvas", "--out", "in"},
                        "has no column canvas_id");
  const auto platform = here.course().run(
      {"collect", "d", "--from", "blackboard", "--out", "in"});
  CHECK(platform.code == 2);
  const auto book = here.course().run({"collect", "d", "--from", "moodle",
                                       "--out", "in", "--gradebook", "no.db"});
  CHECK(book.code == 3);
  CHECK(contains(book.output, "there is no gradebook"));
  CHECK_FALSE(fs::exists(here.path() / "in"));
}

TEST_CASE("collect: a download in which nobody is known is refused") {
  const Collecting here;
  spit(here.path() / "e/Carl_44_assignsubmission_file_\x1b[31m.zip", "zip");
  const auto result =
      here.course().run({"collect", "e", "--from", "moodle", "--out", "in"});
  CHECK(result.code == 2);
  CHECK(contains(result.output, "nothing in 'e' belongs to a student"));
  CHECK(contains(result.output, "the roster has no moodle_id 44"));
  CHECK_FALSE(contains(result.output, "\x1b[31m.zip"));
  CHECK_FALSE(fs::exists(here.path() / "in"));
}
