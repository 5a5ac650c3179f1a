// The student's reward, built from nothing but their own modules.
#include "course_workspace.hpp"

TEST_CASE("a milestone runs on the student's own library") {
  const CourseWorkspace course;
  for (const char* folder : {"01_tensor", "02_activations", "03_layers"}) {
    course.solve(folder);
    const auto completed = course.tito({"module", "complete", folder});
    INFO(completed.output);
    REQUIRE(completed.code == 0);
  }
  const auto run =
      course.tito({"milestone", "run", "perceptron", "--part", "1"});
  INFO(run.output);
  CHECK(run.code == 0);
  CHECK(contains(run.output, "accuracy="));
}
