// A small course in a temporary directory.
#pragma once

#include <algorithm>
#include <filesystem>
#include <string>
#include <vector>

#include "dev/course.hpp"
#include "dev/text.hpp"
#include "grader/scratch.hpp"

namespace tito::dev {

inline const char* const kSmallCurriculum = R"({
  "version": 1,
  "modules": [
    {
      "number": "01",
      "name": "tensor",
      "title": "Tensor",
      "tier": "foundation",
      "summary": "Arrays",
      "requires": [],
      "headers": ["tensor.hpp"],
      "sources": ["tensor.cpp", "views.cpp"],
      "tasks": [
        {"id": "01.1", "title": "Sizes", "file": "tensor.cpp", "points": 40, "builds_on": []},
        {"id": "01.2", "title": "Reshape", "file": "views.cpp", "points": 60, "builds_on": ["01.1"]}
      ]
    },
    {
      "number": "02",
      "name": "layers",
      "title": "Layers",
      "tier": "foundation",
      "summary": "Layers",
      "requires": ["01"],
      "headers": ["layers.hpp"],
      "sources": ["layers.cpp"],
      "tasks": [
        {"id": "02.1", "title": "Linear", "file": "layers.cpp", "points": 70, "builds_on": ["01.2"]},
        {"id": "02.2", "title": "Names", "file": "layers.cpp", "points": 30, "builds_on": []}
      ]
    }
  ],
  "milestones": []
}
)";

class SmallCourse {
 public:
  SmallCourse() { write("modules/curriculum.json", kSmallCurriculum); }

  void write(const std::string& file, const std::string& text) const {
    write_text(root() / file, text);
  }
  std::filesystem::path root() const { return scratch_.path(); }
  Course open() const { return open_course(root()); }

 private:
  grader::Scratch scratch_;
};

inline bool any_contains(const std::vector<Problem>& problems,
                         const std::string& text) {
  return std::any_of(
      problems.begin(), problems.end(), [&](const Problem& problem) {
        return to_string(problem).find(text) != std::string::npos;
      });
}

}  // namespace tito::dev
