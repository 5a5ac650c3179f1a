#include "dev/templates.hpp"

#include <fmt/format.h>

#include <nlohmann/json.hpp>

namespace tito::dev {
namespace {

std::string quoted(const std::string& text) {
  return nlohmann::json(text).dump();
}

std::string lesson(const Room& room) {
  return fmt::format(
      "# {0} {1}\n\n"
      "## Why\n\n"
      "## The idea\n\n"
      "## The contract\n\n"
      "## Tasks\n\n"
      "### {0}.1 {1}\n\n"
      "## The systems view\n\n"
      "## Common errors\n\n"
      "## Check your understanding\n\n"
      "## What comes next\n",
      room.number, room.title);
}

std::string hints(const Room& room) {
  return fmt::format("# Hints\n\n## {}.1 {}\n", room.number, room.title);
}

std::string notes(const Room& room) {
  return fmt::format("# {} {}: notes on the solution\n", room.number,
                     room.title);
}

std::string header(const Room& room) {
  return fmt::format(
      "// {1}.\n"
      "#pragma once\n\n"
      "namespace tinytorch {{\n\n"
      "/// [{0}.1] Returns x.\n"
      "float {2}_example(float x);\n\n"
      "}}  // namespace tinytorch\n",
      room.number, room.title, room.name);
}

std::string solution(const Room& room) {
  return fmt::format(
      "// Module {0}: {1}.\n"
      "#include \"tinytorch/{2}.hpp\"\n\n"
      "#include \"tinytorch/support/errors.hpp\"\n\n"
      "namespace tinytorch {{\n\n"
      "float {2}_example(float x) {{\n"
      "  // <solution task=\"{0}.1\" name=\"{2}\" args=\"x\">\n"
      "  return x;\n"
      "  // </solution>\n"
      "}}\n\n"
      "}}  // namespace tinytorch\n",
      room.number, room.title, room.name);
}

std::string test(const Room& room, const std::string& what,
                 const std::string& tag, const std::string& value) {
  return fmt::format(
      "#include \"tinytorch/{0}.hpp\"\n\n"
      "#include \"support/catch.hpp\"\n\n"
      "namespace tinytorch {{\n"
      "namespace {{\n\n"
      "TEST_CASE({1}, \"[{2}.1]{3}\") {{\n"
      "  CHECK({0}_example({4}) == {4});\n"
      "}}\n\n"
      "}}  // namespace\n"
      "}}  // namespace tinytorch\n",
      room.name, quoted(what), room.number, tag, value);
}

}  // namespace

std::string curriculum_entry(const Room& room) {
  std::string required;
  for (const std::string& number : room.required) {
    required += (required.empty() ? "" : ", ") + quoted(number);
  }
  return fmt::format(
      "    {{\n"
      "      \"number\": \"{0}\",\n"
      "      \"name\": \"{1}\",\n"
      "      \"title\": {2},\n"
      "      \"tier\": \"foundation\",\n"
      "      \"summary\": {2},\n"
      "      \"requires\": [{3}],\n"
      "      \"headers\": [\"{1}.hpp\"],\n"
      "      \"sources\": [\"{1}.cpp\"],\n"
      "      \"tasks\": [\n"
      "        {{\"id\": \"{0}.1\", \"title\": {2}, \"file\": \"{1}.cpp\", "
      "\"points\": 100, \"builds_on\": []}}\n"
      "      ]\n"
      "    }}",
      room.number, room.name, quoted(room.title), required);
}

std::vector<NewFile> files_of(const Room& room) {
  const std::string folder = room.folder();
  const std::string tests = folder + "/" + room.name + "_test.cpp";
  return {
      {"framework/include/tinytorch/" + room.name + ".hpp", header(room)},
      {"modules/" + folder + "/README.md", lesson(room)},
      {"modules/" + folder + "/hints.md", hints(room)},
      {"solutions/" + folder + "/NOTES.md", notes(room)},
      {"solutions/" + folder + "/src/" + room.name + ".cpp", solution(room)},
      {"tests/public/" + tests,
       test(room, room.title + ": a first example", "", "2.0f")},
      {"tests/hidden/" + tests,
       test(room, room.title + ": a negative number", "[hidden]", "-3.0f")},
      {"tests/mutants/" + folder + ".json", "[]\n"},
  };
}

}  // namespace tito::dev
