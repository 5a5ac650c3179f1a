// What counts as alike, and what does not.
#include "grader/similarity.hpp"

#include <algorithm>

#include "grader/gradebook/instant.hpp"
#include "grader/tokens.hpp"
#include "support/catch.hpp"

using grader::code_print;
using grader::CodePrint;
using grader::CommonCode;
using grader::similar_pairs;
using grader::SimilarityOptions;
using grader::SimilarPair;

namespace {

using Files = std::map<std::string, std::string>;

const std::string kHandout = R"(#include "box.hpp"
namespace box {
double volume(const Box& box) {
  not_implemented("01.1", "Volume of a box in cubic metres");
}
std::vector<double> weights(const std::vector<Box>& boxes, double density) {
  not_implemented("01.2", "Weights of all boxes in the order given");
}
}  // namespace box
)";

const std::string kSort = R"(
void sort_boxes(std::vector<Box>& boxes) {
  for (std::size_t i = 1; i < boxes.size(); ++i) {
    Box held = boxes[i];
    std::size_t at = i;
    while (at > 0 && volume(boxes[at - 1]) > volume(held)) {
      boxes[at] = boxes[at - 1];
      --at;
    }
    boxes[at] = held;
  }
}
)";

const std::string kMean = R"(
double mean_weight(const std::vector<Box>& boxes, double density) {
  if (boxes.empty()) throw std::invalid_argument("mean_weight: no boxes");
  double sum = 0;
  for (const Box& box : boxes) sum += volume(box) * density;
  return sum / static_cast<double>(boxes.size());
}
)";

/// kMean, then kSort, as somebody who hides the origin would write them.
const std::string kDisguised = R"(
/* my own work */
double avg(const std::vector<Crate>& all, double rho) {
  if (all.empty()) throw std::invalid_argument("nothing here!");  // guard
  double total = 1.5;
  for (const Crate& c : all) total += size_of(c) * rho;

  return total / static_cast<double>(all.size());
}
#define UNUSED 1
void order(std::vector<Crate>& xs) {
  for (std::size_t k = 0x10; k < xs.size(); ++k) {
    Crate tmp = xs[k];  std::size_t j = k;
    // move it down
    while (j > 2 && size_of(xs[j - 7]) > size_of(tmp)) { xs[j] = xs[j - 9];
      --j; }
    xs[j] = tmp;
  }
}
)";

/// The same two functions by somebody else.
const std::string kIndependent = R"(
bool is_smaller(const Box& a, const Box& b) { return volume(a) < volume(b); }

void sort_boxes(std::vector<Box>& boxes) {
  std::stable_sort(boxes.begin(), boxes.end(), is_smaller);
}

double mean_weight(const std::vector<Box>& boxes, double density) {
  const auto count = boxes.size();
  if (count == 0) {
    throw std::invalid_argument(std::string("there is no mean of nothing"));
  }
  const auto add = [density](double before, const Box& box) {
    return before + density * volume(box);
  };
  return std::accumulate(boxes.cbegin(), boxes.cend(), 0.0, add) / count;
}
)";

CodePrint one_file(const std::string& student, const std::string& text,
                   const CommonCode& common = {}) {
  return code_print(student, Files{{"box.cpp", text}}, common);
}

std::vector<SimilarPair> compare(const std::string& a, const std::string& b,
                                 const CommonCode& common = {},
                                 const SimilarityOptions& options = {}) {
  return similar_pairs({one_file("ada", a, common), one_file("bob", b, common)},
                       options);
}

std::string as_macro(std::string code) {
  for (std::size_t at = 0; (at = code.find('\n', at)) != code.npos; at += 2) {
    code.insert(at, "\\");
  }
  return "# \tdefine ALL" + code + "\n";
}

CommonCode handout() {
  CommonCode common;
  common.add(kHandout);
  return common;
}

}  // namespace

TEST_CASE("similarity: new names, literals, comments and order hide nothing") {
  const auto pairs = compare(kSort + kMean, kDisguised);
  REQUIRE(pairs.size() == 1);
  CHECK(pairs[0].left == "ada");
  CHECK(pairs[0].right == "bob");
  CHECK(pairs[0].containment() > 0.8);
  CHECK(pairs[0].jaccard() > 0.7);
}

TEST_CASE("similarity: spans name files and lines of both sides") {
  const auto pairs = compare(kSort + kMean, kDisguised);
  REQUIRE(pairs.size() == 1);
  const auto& spans = pairs[0].spans;
  const auto covers = [](const grader::LineRange& range, int first, int last) {
    return range.file == "box.cpp" && range.first <= first &&
           range.last >= last;
  };
  // The loop of the sort, and the sum of the mean.
  CHECK(std::any_of(spans.begin(), spans.end(), [&](const auto& span) {
    return covers(span.left, 4, 8) && covers(span.right, 13, 15);
  }));
  CHECK(std::any_of(spans.begin(), spans.end(), [&](const auto& span) {
    return covers(span.left, 15, 18) && covers(span.right, 4, 8);
  }));
}

TEST_CASE("similarity: two honest solutions are no pair") {
  CHECK(compare(kHandout + kSort + kMean, kHandout + kIndependent, handout())
            .empty());
}

TEST_CASE("similarity: the handout with a line more is no pair") {
  const std::string one = kHandout + "int unused() { return 1; }\n";
  const std::string two = kHandout + "// nothing yet\nint i = 3;\n";
  SimilarityOptions strict;
  strict.least_shared = 1;
  CHECK(compare(one, two, handout(), strict).empty());
  // Without the handout taken away they would be almost the same.
  const auto pairs = compare(one, two, {}, strict);
  REQUIRE(pairs.size() == 1);
  CHECK(pairs[0].containment() > 0.8);
}

TEST_CASE("similarity: every function of the handout filled with nothing") {
  std::string stub, filled;
  for (int i = 0; i < 20; ++i) {
    const std::string head = "Box f(const Box& a" +
                             std::string(static_cast<std::size_t>(i), '*') +
                             ", int b) {\n";
    stub += head + "  not_implemented(\"01.1\", \"f\");\n}\n";
    filled += head + "  return {};\n}\n";
  }
  CommonCode common;
  common.add(stub);
  CHECK(compare(filled, filled, common).empty());
}

TEST_CASE("similarity: the handout counts neither above nor below the line") {
  const auto bare = compare(kSort, kSort);
  const auto inside = compare(kHandout + kSort, kHandout + kSort, handout());
  REQUIRE(inside.size() == 1);
  CHECK(inside[0].jaccard() == 1);
  // Half copied: the long handout may not make the share smaller.
  const auto half =
      compare(kHandout + kSort, kHandout + kSort + kMean, handout());
  REQUIRE(half.size() == 1);
  CHECK(half[0].containment() > 0.85);
  CHECK(half[0].jaccard() ==
        Approx(compare(kSort, kSort + kMean)[0].jaccard()).margin(0.1));
  CHECK(inside[0].left_total <= bare[0].left_total + 3);
}

TEST_CASE("similarity: common code goes wherever it stands") {
  // Other code around it makes winnowing keep other fingerprints of it.
  CommonCode common;
  common.add(kSort);
  for (const std::string before : {"int a;", "int a, b;", "int a, b, c;",
                                   "long a = 1;", "int f();", "int g(int);"}) {
    const CodePrint print = one_file("ada", before + kSort + before, common);
    CHECK(print.prints.size() <= 6);
  }
}

TEST_CASE("similarity: equal code of nineteen tokens is always found") {
  const std::string shared =
      "if ( while ) { do = int * + for [ ] - char % new & ~ ";
  unsigned state = 1;
  const auto around = [&state] {
    const char* words[] = {"= ", "( ", ") ", "; ", "int ", "do ", "+ ", "x "};
    std::string text;
    for (int i = 0; i < 30; ++i) {
      state = state * 1664525 + 1013904223;
      text += words[state >> 29];
    }
    return text;
  };
  for (int i = 0; i < 200; ++i) {
    const CodePrint a = one_file("a", around() + shared + around());
    const CodePrint b = one_file("b", around() + shared + around());
    INFO(i);
    CHECK(std::any_of(a.prints.begin(), a.prints.end(), [&](const auto& p) {
      return std::any_of(
          b.prints.begin(), b.prints.end(),
          [&](const auto& other) { return other.hash == p.hash; });
    }));
  }
}

TEST_CASE("similarity: twelve tokens are the first that can be compared") {
  const std::string eleven = "if ( a ) { b = c ; } +";
  CHECK(one_file("ada", eleven).prints.empty());
  CHECK(one_file("ada", eleven + " do").prints.size() == 1);
  CHECK(one_file("ada", eleven + " do ( ) ; int +").prints.size() == 1);
}

TEST_CASE("similarity: what goes on is one span, whatever is inserted") {
  std::string changed = kMean;
  changed.insert(changed.find("  return sum"), "  check(sum);\n");
  const auto pairs = compare(kSort + kMean, kSort + changed);
  REQUIRE(pairs.size() == 1);
  CHECK(pairs[0].spans.size() == 1);
}

TEST_CASE("similarity: a report reads back as it was written") {
  grader::SimilarityReport report;
  report.submissions = 7;
  report.left_out = {"x: it is a \"link\""};
  report.findings = {{"05", compare(kSort + kMean, kDisguised).at(0)}};
  const std::string text = to_json_text(report);
  CHECK(text.find("never a verdict") != std::string::npos);
  const auto read = grader::similarity_from_json(text);
  CHECK(read.submissions == 7);
  CHECK(read.left_out == report.left_out);
  REQUIRE(read.findings.size() == 1);
  CHECK(read.findings[0].module == "05");
  CHECK(read.findings[0].pair.spans == report.findings[0].pair.spans);
  CHECK(to_json_text(read) == text);
  for (const char* other : {"", "{}", "[1]", "{\"pairs\": 3}"}) {
    CHECK_THROWS_AS(grader::similarity_from_json(other), grader::InputError);
  }
}

TEST_CASE("similarity: what is repeated is paired once") {
  const auto pairs = compare(kMean + kMean + kMean, kMean);
  REQUIRE(pairs.size() == 1);
  CHECK(pairs[0].spans.size() == 1);
}

TEST_CASE("similarity: padding does not hide a copy") {
  std::string padding;
  for (int i = 0; i < 60; ++i) {
    padding += "int f" + std::to_string(i) + "(int a) { return a" +
               std::string(static_cast<std::size_t>(i) + 1, '+') + "1; }\n";
  }
  const auto pairs = compare(kSort + kMean, padding + kSort + kMean);
  REQUIRE(pairs.size() == 1);
  CHECK(pairs[0].containment() > 0.9);
  CHECK(pairs[0].jaccard() < pairs[0].containment());
}

TEST_CASE("similarity: code that moved to another file is still found") {
  const auto pairs = similar_pairs(
      {code_print("ada", {{"a.cpp", kSort}, {"b.cpp", kMean}}, {}),
       code_print("bob", {{"a.cpp", kMean}, {"b.cpp", kSort}}, {})});
  REQUIRE(pairs.size() == 1);
  CHECK(pairs[0].containment() == 1);
  REQUIRE(pairs[0].spans.size() == 2);
  CHECK(pairs[0].spans[0].left.file == "a.cpp");
  CHECK(pairs[0].spans[0].right.file == "b.cpp");
}

TEST_CASE("similarity: a few tokens, or none, are nothing") {
  for (const std::string text : {"", "\n", ";", "int main() {}", "\\", "'",
                                 "\"", "/*", "//", "R\"", "#", "#\\"}) {
    INFO(text);
    CHECK(one_file("ada", text).prints.empty());
    CHECK(compare(text, text).empty());
  }
}

TEST_CASE("similarity: what is never closed hides at most the rest") {
  const std::string ends[] = {"\"never closed",  "'x",
                              "/* never closed", "R\"(never closed",
                              "R\"never opened", "R\"0123456789abcdefg(x"};
  for (const std::string& end : ends) {
    INFO(end);
    const auto pairs = compare(kSort + end, kSort);
    REQUIRE(pairs.size() == 1);
    CHECK(pairs[0].containment() == 1);
  }
  // An ordinary string ends with its line, so what follows is compared.
  CHECK(compare("char c = \"open\n" + kSort, kSort).size() == 1);
}

TEST_CASE("similarity: raw strings are one token, whatever stands in them") {
  const std::string call = "print(R\"xy(" + kMean + ")x\" )xy\");";
  CHECK(one_file("ada", call).prints.empty());
  const std::string other = "print(\"\");";
  CHECK(compare(call + kSort, other + kSort)[0].jaccard() == 1);
}

TEST_CASE("similarity: a continued line is no disguise") {
  std::string broken = kSort;
  for (std::size_t at = 0; (at = broken.find("; ", at)) != broken.npos;) {
    broken.replace(at, 2, ";\\\n");
  }
  CHECK(compare(broken, kSort)[0].jaccard() == 1);
}

TEST_CASE("similarity: empty statements are no disguise") {
  std::string filled = kSort;
  for (std::size_t at = 0;
       (at = filled.find_first_of(";{}", at)) != filled.npos; at += 3) {
    filled.insert(at + 1, "; ");
  }
  CHECK(compare("for (;;) stop();" + filled, "for (;;) stop();" + kSort)[0]
            .jaccard() == 1);
}

TEST_CASE("similarity: a macro is no disguise, and scattered ones are none") {
  const auto pairs = compare(as_macro(kSort) + "ALL\n", kSort);
  REQUIRE(pairs.size() == 1);
  CHECK(pairs[0].containment() == 1);
  CHECK(pairs[0].spans.at(0).left.first == pairs[0].spans.at(0).right.first);

  std::string scattered = kSort;
  for (std::size_t at = 0; (at = scattered.find('\n', at)) != scattered.npos;) {
    const std::string line = "\n#define UNUSED_" + std::to_string(at) + " 1\n";
    scattered.replace(at, 1, line);
    at += line.size();
  }
  CHECK(compare(scattered, kSort)[0].containment() == 1);
}

TEST_CASE("similarity: a macro that was given out does not count either") {
  CommonCode common;
  common.add(kSort);
  CHECK(compare(as_macro(kSort + kMean), as_macro(kSort + std::string(80, '(')),
                common, {.least_shared = 1, .least_containment = 0})
            .empty());
}

TEST_CASE("similarity: the result does not depend on the order of students") {
  std::vector<CodePrint> prints = {
      one_file("d", kDisguised), one_file("a", kSort + kMean),
      one_file("c", kSort), one_file("b", kMean + kSort)};
  const auto first = similar_pairs(prints);
  CHECK(first.size() >= 5);
  for (std::size_t i = 1; i < first.size(); ++i) {
    CHECK(first[i - 1].containment() >= first[i].containment());
  }
  std::reverse(prints.begin(), prints.end());
  const auto second = similar_pairs(prints);
  REQUIRE(second.size() == first.size());
  for (std::size_t i = 0; i < first.size(); ++i) {
    CHECK(first[i].left == second[i].left);
    CHECK(first[i].right == second[i].right);
    CHECK(first[i].spans == second[i].spans);
  }
}

TEST_CASE("similarity: a class of copies ends, and lists the first thousand") {
  std::vector<CodePrint> prints;
  for (int i = 0; i < 100; ++i) {
    prints.push_back(one_file("s" + std::to_string(i), kSort + kMean));
  }
  CHECK(similar_pairs(prints).size() == 1000);
}

TEST_CASE("similarity: a raw string's delimiter has at most 16 characters") {
  // Else the search for its end would be quadratic.
  const std::string text =
      "R\"" + std::string(300'000, ')') + '(' + std::string(600'000, ')');
  CHECK(grader::tokenize(text + "\nint x;").size() == 5);
  CHECK(grader::tokenize("R\"0123456789abcdef(\n)0123456789abcdef\";").size() ==
        2);
}
