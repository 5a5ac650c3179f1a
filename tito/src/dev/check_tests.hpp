// What can only be checked by building and running tests.
#pragma once

#include <set>
#include <string>
#include <vector>

#include "dev/bench.hpp"
#include "dev/text.hpp"

namespace tito::dev {

/// Every test is tagged with tasks of its module, every task has a public and
/// a hidden test, and a test is tagged [hidden] if and only if it lies in
/// tests/hidden.
std::vector<Problem> check_tags(const Course& course);

/// Every solution passes all its tests. Call Bench::prepare() first.
std::vector<Problem> check_solutions(const Course& course, const Bench& bench);

/// Every stub compiles without a warning, and on top of the prerequisites'
/// solutions every test fails because a task is not written yet: one that the
/// test is tagged with, or that such a task builds on, of the same module.
std::vector<Problem> check_stubs(const Course& course, const Bench& bench);

/// What is wrong with the results of running a module's tests on its stubs.
std::vector<std::string> judge_stub_results(
    const grader::Curriculum& curriculum, const grader::Module& module,
    const std::vector<grader::TestResult>& results);

struct TestTags {
  std::string name;
  std::vector<std::string> tags;
  int line = 0;
};

/// The TEST_CASEs of a source text.
std::vector<TestTags> find_tests(const std::string& text);

}  // namespace tito::dev
