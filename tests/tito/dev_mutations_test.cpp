#include "dev/mutate.hpp"
#include "dev/mutations.hpp"
#include "dev/statements.hpp"
#include "dev/tokens.hpp"
#include "dev_course.hpp"
#include "support/catch.hpp"
#include "system/error.hpp"

namespace tito::dev {
namespace {

std::vector<std::string> words(const std::string& text) {
  std::vector<std::string> result;
  for (const Token& token : tokenize(text)) result.emplace_back(token.text);
  return result;
}

using Words = std::vector<std::string>;

TEST_CASE("tokens: the longest operator, numbers with all they may hold") {
  CHECK(words("a<<=b->*c<=>d") ==
        Words{"a", "<<=", "b", "->*", "c", "<=>", "d"});
  CHECK(words("1'000 0x1F 1.5e-3f .5f 0x1p+2") ==
        Words{"1'000", "0x1F", "1.5e-3f", ".5f", "0x1p+2"});
  CHECK(words("0xe+1") == Words{"0xe", "+", "1"});
  CHECK(words("x-1") == Words{"x", "-", "1"});
}

TEST_CASE("tokens: no comments, no preprocessor lines") {
  CHECK(words("a // b\nc /* d\n e */ f") == Words{"a", "c", "f"});
  CHECK(words("#define A \\\n  b\nc # d") == Words{"c", "#", "d"});
  CHECK(words("a /* never closed").size() == 1);
}

TEST_CASE("tokens: strings and characters, whatever they hold") {
  CHECK(words(R"x(f("a;\"// {", '\'', '"'))x") ==
        Words{"f", "(", R"("a;\"// {")", ",", R"('\'')", ",", "'\"'", ")"});
  CHECK(words("R\"--(a)\" b)--\" c") == Words{"R\"--(a)\" b)--\"", "c"});
  CHECK(words("u8R\"(x\ny)\" z") == Words{"u8R\"(x\ny)\"", "z"});
  CHECK(words("\"never closed\nb") == Words{"\"never closed", "b"});
}

TEST_CASE("tokens know their lines") {
  const std::string text = "a\nR\"(1\n2)\"\n/*\n*/ b";
  const auto tokens = tokenize(text);
  REQUIRE(tokens.size() == 3);
  CHECK(tokens[1].line == 2);
  CHECK(tokens[1].last_line == 3);
  CHECK(tokens[2].line == 5);
}

Words statements(const std::string& text) {
  const auto tokens = tokenize(text);
  Words result;
  for (const Statement& statement : map_code(tokens).statements) {
    const std::size_t from = tokens[statement.first].offset;
    result.push_back(text.substr(from, tokens[statement.last].end() - from));
  }
  return result;
}

std::size_t functions(const std::string& text) {
  const auto tokens = tokenize(text);
  return map_code(tokens).functions.size();
}

TEST_CASE("statements: simple and nested ones, labels left out") {
  CHECK(statements("void f() { a(); { b(); } switch (x) { case 1: c(); "
                   "default: d(); } }") ==
        Words{"a();", "b();", "switch (x) { case 1: c(); default: d(); }",
              "c();", "d();"});
  CHECK(statements("int f() { if (a) b(); else { c(); } return 1; }") ==
        Words{"if (a) b(); else { c(); }", "b();", "c();", "return 1;"});
  CHECK(statements("void f() { for (int i = 0; i < 3; ++i) a(); }") ==
        Words{"for (int i = 0; i < 3; ++i) a();", "a();"});
  CHECK(statements("void f() { do { a(); } while (b); }") ==
        Words{"do { a(); } while (b);", "a();"});
  CHECK(statements("void f() { try { a(); } catch (const E& e) { b(); } }") ==
        Words{"try { a(); } catch (const E& e) { b(); }", "a();", "b();"});
}

TEST_CASE("statements: braces of values are not blocks, those of lambdas are") {
  CHECK(statements("void f() { Shape s{1, 2}; g({a, b}); }") ==
        Words{"Shape s{1, 2};", "g({a, b});"});
  CHECK(statements("void f() { auto g = [&](int x) { h(x); }; }") ==
        Words{"auto g = [&](int x) { h(x); };", "h(x);"});
  CHECK(statements("void f() { each(v, [&](int x) -> std::vector<int> { "
                   "return {x}; }); }") ==
        Words{"each(v, [&](int x) -> std::vector<int> { return {x}; });",
              "return {x};"});
}

TEST_CASE("functions are told from classes, namespaces and values") {
  CHECK(functions("namespace a { int f() { return 1; } }  int g() { }") == 2);
  CHECK(functions("class A { public: A() : x_{1} { } int f() const { } "
                  "int x_; };") == 2);
  CHECK(functions("struct A { int x = 1; }; enum class E { a, b };") == 0);
  CHECK(functions("const Map kMap = {{1, 2}}; int x{3};") == 0);
  CHECK(functions("template <class F>\nvoid f(F g) { g(); }") == 1);
  CHECK(functions("struct A f() { }  bool operator==(A a, A b) { }") == 2);
  CHECK(functions("auto f() -> std::vector<int> { return {}; }") == 1);
}

/// "line: change" of everything in the one region.
Words changes(const std::string& body) {
  const std::string text = "int f() {\n// <solution>\n" + body +
                           "\n// </solution>\nreturn 1 + 0;\n}\n";
  std::vector<Problem> problems;
  Words result;
  for (const Mutation& mutation :
       find_mutations(text, parse_regions(text, "", problems))) {
    result.push_back(mutation.change);
  }
  return result;
}

TEST_CASE("each statement is left out once, operators become neighbours") {
  CHECK(changes("x = a + b;") ==
        Words{"without `x = a + b;`", "`+` becomes `-`"});
  CHECK(changes("return a <= 1 && !b;") ==
        Words{"without `return a <= 1 && !b;`", "`<=` becomes `<`",
              "`1` becomes `0`", "`&&` becomes `||`", "without the `!`"});
  CHECK(changes("x += std::max(-a, true);") ==
        Words{"without `x += std::max(-a, true);`", "`+=` becomes `-=`",
              "`max` becomes `min`", "without the `-`",
              "`true` becomes `false`"});
  CHECK(changes("++i;") == Words{"without `++i;`", "`++` becomes `--`"});
}

TEST_CASE("nothing is changed that is no operator") {
  // Templates, pointers, references, text and numbers other than 0 and 1.
  CHECK(changes("std::vector<int> *p = \"a + 1\";").size() == 1);
  CHECK(changes("Shape&& s = 'x' == 10;").size() == 2);
  CHECK(changes("throw E(\"a\" + b + \"c\");").size() == 1);
  CHECK(changes("x = Limits<float>::max();").size() == 1);
  CHECK(changes("// a + b").empty());
}

TEST_CASE("a mutation changes the text at one place") {
  const std::string text = "// <solution>\nx = a + b + c;\n// </solution>\n";
  Mutation mutation{2, text.find("+ c"), 1, "-", ""};
  CHECK(mutated(text, mutation) ==
        "// <solution>\nx = a + b - c;\n// </solution>\n");
}

TEST_CASE("the rate counts neither equivalent mutants nor broken ones") {
  std::vector<Mutant> mutants(10);
  using Fate = Mutant::Fate;
  mutants[0].fate = Fate::noticed;
  mutants[1].fate = Fate::noticed;
  mutants[2].fate = Fate::noticed;
  mutants[3].fate = Fate::survived;
  mutants[4].fate = Fate::explained;
  mutants[5].fate = Fate::same_code;
  CHECK(rate(mutants).value() == Approx(0.75));
  CHECK(rate({}).value() == 1.0);
}

TEST_CASE("equivalents need every field") {
  const grader::Scratch scratch;
  const auto file = scratch.path() / "equivalent.json";
  CHECK(load_equivalents(file).empty());
  write_text(file, R"([{"file": "f", "line_text": "l", "change": "c",
                        "why": "w"}])");
  CHECK(load_equivalents(file).size() == 1);
  write_text(file, R"([{"file": "f", "line_text": "l", "change": "c"}])");
  CHECK_THROWS_AS(load_equivalents(file), UsageError);
  write_text(file, "[{");
  CHECK_THROWS_AS(load_equivalents(file), UsageError);
}

}  // namespace
}  // namespace tito::dev
