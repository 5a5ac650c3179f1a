#include <fmt/format.h>

#include <functional>
#include <regex>
#include <set>

#include "dev/tree.hpp"
#include "dev/tree_checks.hpp"
#include "system/files.hpp"

namespace tito::dev {

namespace fs = std::filesystem;

namespace {

struct Include {
  std::string path;
  bool quoted;
  int line;
};

std::vector<Include> includes_of(const std::string& text) {
  static const std::regex directive(
      R"re(^\s*#\s*include\s*(["<])([^">]+)[">].*)re");
  std::vector<Include> includes;
  int number = 0;
  for (const std::string& line : split_lines(text)) {
    ++number;
    std::smatch match;
    if (std::regex_match(line, match, directive)) {
      includes.push_back({match[2], match[1] == "\"", number});
    }
  }
  return includes;
}

/// Packages that the framework's support code uses, and nobody sees.
bool is_support_package(const std::string& path) {
  return path == "zlib.h" || path == "nlohmann/json.hpp";
}

bool is_system(const Include& include) {
  const bool standard = include.path.find('/') == include.path.npos ||
                        include.path.starts_with("sys/");
  return !include.quoted && standard && !is_support_package(include.path);
}

/// The headers that code of a module may include.
std::set<std::string> headers_for(const Course& course,
                                  const grader::Module& module) {
  std::vector<const grader::Module*> known =
      course.curriculum.prerequisites(module);
  known.push_back(&module);
  std::set<std::string> headers;
  for (const grader::Module* other : known) {
    for (const std::string& header : other->headers) {
      headers.insert("tinytorch/" + header);
    }
  }
  return headers;
}

class LayerCheck {
 public:
  explicit LayerCheck(const Course& course) : course_(course) {}

  std::vector<Problem> run() {
    const fs::path support = course_.root / "framework/src/support";
    check("framework", "tinytorch/*; zlib and JSON in src/support/*.cpp",
          [support](const std::string& path, const fs::path& file) {
            return path.starts_with("tinytorch/") ||
                   (is_support_package(path) && file.extension() == ".cpp" &&
                    file.parent_path() == support);
          });
    check("milestones", "tinytorch/*", [](const std::string& path, auto&) {
      return path.starts_with("tinytorch/");
    });
    check("tests/support", "tinytorch/*, support/*",
          [](const std::string& path, auto&) {
            return path.starts_with("tinytorch/") ||
                   path.starts_with("support/");
          },
          {"catch2/", "nlohmann/"});
    for (const grader::Module& module : course_.curriculum.modules()) {
      check_module(module);
    }
    check_own("grader", "grader/include", {"tinytorch/"});
    check_own("tito", "tito/src", {"tinytorch/"});
    return std::move(problems_);
  }

 private:
  using Rule = std::function<bool(const std::string&, const fs::path&)>;

  void check_module(const grader::Module& module) {
    const auto headers = headers_for(course_, module);
    const Rule code = [headers](const std::string& path, const fs::path&) {
      return path.starts_with("tinytorch/support/") || headers.contains(path);
    };
    const Rule tests = [code](const std::string& path, const fs::path& file) {
      return code(path, file) || path.starts_with("support/");
    };
    const std::string may =
        "tinytorch/support/* and headers of the module or what it requires";
    for (const char* place : {"modules/", "solutions/"}) {
      check(place + module.folder(), may, code);
    }
    for (const char* place :
         {"tests/public/", "tests/hidden/", "tests/probes/"}) {
      check(place + module.folder(), may + ", support/*", tests);
    }
  }

  /// grader and tito: their own headers and grader/*.
  void check_own(const std::string& folder, const std::string& headers,
                 const std::vector<std::string>& forbidden) {
    const fs::path own = course_.root / headers;
    for (const fs::path& file : sources(folder)) {
      for (const Include& include : includes_of(read_text(file))) {
        bool fine = !include.quoted || include.path.starts_with("grader/") ||
                    fs::exists(own / include.path) ||
                    fs::exists(course_.root / folder / "src" / include.path) ||
                    fs::exists(file.parent_path() / include.path);
        for (const std::string& prefix : forbidden) {
          fine = fine && !include.path.starts_with(prefix);
        }
        if (!fine) report(file, include, "grader/* and its own headers");
      }
    }
  }

  void check(const std::string& folder, const std::string& may,
             const Rule& allowed,
             const std::vector<std::string>& libraries = {}) {
    for (const fs::path& file : sources(folder)) {
      for (const Include& include : includes_of(read_text(file))) {
        bool fine = is_system(include) || allowed(include.path, file);
        for (const std::string& library : libraries) {
          fine = fine || include.path.starts_with(library);
        }
        if (!fine) report(file, include, may);
      }
    }
  }

  std::vector<fs::path> sources(const std::string& folder) const {
    return files_below(course_.root / folder, {".cpp", ".hpp", ".h"});
  }

  void report(const fs::path& file, const Include& include,
              const std::string& may) {
    problems_.push_back(
        {course_.relative(file), include.line,
         fmt::format("may not include {}; allowed: {}", include.path, may)});
  }

  const Course& course_;
  std::vector<Problem> problems_;
};

}  // namespace

std::vector<Problem> check_layers(const Course& course) {
  return LayerCheck(course).run();
}

}  // namespace tito::dev
