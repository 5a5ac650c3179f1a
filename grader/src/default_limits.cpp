#include "grader/grade.hpp"

namespace grader {

Limits default_test_limits() {
  Limits limits;
  limits.wall = std::chrono::seconds(30);
  limits.cpu = std::chrono::seconds(10);
  limits.memory_bytes = std::uint64_t{1} << 30;
  limits.output_bytes = 1 << 20;
  limits.processes = 64;
  limits.confined = true;
  return limits;
}

Limits default_build_limits() {
  Limits limits;
  // CPU time is what a compiler bomb costs; the wall clock also runs while a
  // busy machine lets an honest submission wait.
  limits.wall = std::chrono::seconds(180);
  limits.cpu = std::chrono::seconds(60);
  limits.memory_bytes = std::uint64_t{2} << 30;
  limits.output_bytes = 1 << 20;
  limits.file_bytes = std::uint64_t{256} << 20;
  return limits;
}

}  // namespace grader
