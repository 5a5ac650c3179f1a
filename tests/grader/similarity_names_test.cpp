// Pseudonyms in findings of similarity.
#include "grader/similarity.hpp"
#include "support/catch.hpp"

using grader::SimilarityFinding;

namespace {

/// Two thirds of the left student's code, all of the right one's.
SimilarityFinding finding(const std::string& left, const std::string& right) {
  return {"05",
          {left, right, 20, 30, 20, {{{"l.cpp", 1, 9}, {"r.cpp", 3, 11}}}}};
}

}  // namespace

TEST_CASE("similarity: new names do not tell the order of the old ones") {
  std::vector<SimilarityFinding> findings = {
      finding("ada", "bob"), finding("ada", "eve"), finding("bob", "eve")};
  const std::map<std::string, std::string> names = {
      {"ada", "p3"}, {"bob", "p1"}, {"eve", "p2"}};
  grader::rename_students(findings,
                          [&](const auto& name) { return names.at(name); });
  REQUIRE(findings.size() == 3);
  CHECK(findings[0].pair.left == "p1");
  CHECK(findings[0].pair.right == "p2");
  CHECK(findings[0].pair.left_total == 30);
  CHECK(findings[0].pair.spans[0].left.file == "l.cpp");
  CHECK(findings[1].pair.left == "p1");
  CHECK(findings[1].pair.right == "p3");
  // Ada's code still is the larger, and her file her own.
  CHECK(findings[1].pair.left_total == 20);
  CHECK(findings[1].pair.right_total == 30);
  CHECK(findings[1].pair.spans[0].left.file == "r.cpp");
  CHECK(findings[1].pair.spans[0].left.first == 3);
  CHECK(findings[2].pair.left == "p2");
}
