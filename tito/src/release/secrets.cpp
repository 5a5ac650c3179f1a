#include "release/secrets.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <regex>
#include <set>
#include <string_view>
#include <unordered_map>

#include "dev/regions.hpp"
#include "dev/tree.hpp"
#include "system/files.hpp"

namespace tito::release {

namespace fs = std::filesystem;
using dev::Course;
using dev::Problem;

namespace {

constexpr std::size_t kTelling = 30;
constexpr const char* kGiven[] = {"framework", "tests/public", "tests/support"};
constexpr const char* kHidden[] = {"tests/hidden", "tests/probes",
                                   "tests/mutants"};

std::vector<std::string> telling_lines(const std::string& text) {
  std::vector<std::string> lines;
  for (const std::string& line : dev::split_lines(text)) {
    const std::string_view code = dev::trim(line);
    if (code.size() > kTelling) lines.emplace_back(code);
  }
  return lines;
}

/// Sorts a solution's lines into those that its stub shows and the others.
void sort_solution(const std::string& text, const std::string& file,
                   Secrets& inside, std::set<std::string>& outside) {
  std::vector<Problem> found_by_check_stubs;
  const std::vector<int> marked = dev::lines_in_regions(
      dev::parse_regions(text, file, found_by_check_stubs));
  int number = 0;
  for (const std::string& line : dev::split_lines(text)) {
    ++number;
    const std::string code(dev::trim(line));
    if (code.size() <= kTelling) continue;
    if (std::binary_search(marked.begin(), marked.end(), number)) {
      inside.emplace(code, file);
    } else {
      outside.insert(code);
    }
  }
}

/// Names survive in compiled tests, where lines do not.
void add_test_names(const std::string& text, const std::string& file,
                    Secrets& secrets) {
  static const std::regex name(R"re((?:TEST_CASE|PROBE)\(\s*"([^"\\]+)")re");
  for (std::sregex_iterator at(text.begin(), text.end(), name), end; at != end;
       ++at) {
    const std::string found = at->str(1);
    if (found.size() > kTelling) secrets.emplace(found, file);
  }
}

Secrets hidden_lines(const Course& course) {
  Secrets secrets;
  for (const char* folder : kHidden) {
    for (const fs::path& file : dev::files_below(course.root / folder)) {
      const std::string text = read_text(file);
      for (std::string& line : telling_lines(text)) {
        secrets.emplace(std::move(line), course.relative(file));
      }
      add_test_names(text, course.relative(file), secrets);
    }
  }
  return secrets;
}

std::set<std::string> given_lines(const Course& course) {
  std::set<std::string> given;
  for (const char* folder : kGiven) {
    for (const fs::path& file : dev::files_below(course.root / folder)) {
      for (std::string& line : telling_lines(read_text(file))) {
        given.insert(std::move(line));
      }
    }
  }
  return given;
}

bool is_given(const std::string& file) {
  return !file.starts_with("modules/") && !file.starts_with("tests/public/") &&
         !file.starts_with("milestones/");
}

/// Whether one line alone, found in `file`, is no coincidence.
bool tells_alone(const Secrets::value_type& secret, const std::string& file) {
  const auto& [line, origin] = secret;
  if (origin.starts_with("solutions/")) return !is_given(file);
  return line.starts_with("CHECK") || line.starts_with("REQUIRE");
}

Problem found(const Secrets::value_type& secret, const std::string& file,
              std::size_t line) {
  return {file, static_cast<int>(line),
          fmt::format("a line of {}: `{}`", secret.second, secret.first)};
}

/// The secret that a line is, or has in a comment, a quotation or a list.
Secrets::const_iterator secret_in(const Secrets& secrets,
                                  const std::string& line) {
  const std::string_view code = dev::trim(line);
  const auto exact = secrets.find(std::string(code));
  if (exact != secrets.end()) return exact;
  const auto begin = code.find_first_not_of("/*>+-# \t");
  if (begin == 0 || begin == std::string_view::npos) return secrets.end();
  return secrets.find(std::string(code.substr(begin)));
}

void search_text(const Secrets& secrets, const std::string& text,
                 const std::string& file, std::vector<Problem>& problems) {
  std::vector<Secrets::const_iterator> hits;
  for (const std::string& line : dev::split_lines(text)) {
    hits.push_back(secret_in(secrets, line));
  }
  const auto hit = [&](std::size_t i) {
    return i < hits.size() && hits[i] != secrets.end();
  };
  for (std::size_t i = 0; i < hits.size(); ++i) {
    if (!hit(i)) continue;
    if (hit(i - 1) || hit(i + 1) || tells_alone(*hits[i], file)) {
      problems.push_back(found(*hits[i], file, i + 1));
    }
  }
}

/// The secrets by how they begin, to look for all of them at once.
using Beginnings =
    std::unordered_multimap<std::string_view, Secrets::const_pointer>;

void search_bytes(const Beginnings& secrets, std::string_view bytes,
                  const std::string& file, std::vector<Problem>& problems) {
  for (std::size_t at = 0; at + kTelling < bytes.size(); ++at) {
    const auto [first, last] = secrets.equal_range(bytes.substr(at, kTelling));
    for (auto it = first; it != last; ++it) {
      if (!bytes.substr(at).starts_with(it->second->first)) continue;
      problems.push_back(found(*it->second, file, 0));
    }
  }
}

}  // namespace

Secrets secrets_of(const Course& course) {
  Secrets of_solutions;
  std::set<std::string> stubs;
  for (const fs::path& file :
       dev::files_below(course.root / "solutions", {".cpp"})) {
    sort_solution(read_text(file), course.relative(file), of_solutions, stubs);
  }
  const auto is_shown = [&](const auto& secret) {
    return stubs.contains(secret.first);
  };
  std::erase_if(of_solutions, is_shown);
  Secrets secrets = hidden_lines(course);
  stubs.merge(given_lines(course));
  std::erase_if(secrets, is_shown);
  for (const auto& [line, file] : of_solutions) secrets[line] = file;
  return secrets;
}

std::vector<Problem> find_secrets(const Secrets& secrets,
                                  const fs::path& tree) {
  Beginnings beginnings;
  for (const auto& secret : secrets) {
    const std::string_view text = secret.first;
    beginnings.emplace(text.substr(0, kTelling), &secret);
  }
  std::vector<Problem> problems;
  for (const fs::path& file : dev::files_below(tree)) {
    const std::string name = file.lexically_relative(tree).string();
    const std::string text = read_text(file);
    if (text.find('\0') == std::string::npos) {
      search_text(secrets, text, name, problems);
    } else {
      search_bytes(beginnings, text, name, problems);
    }
  }
  return problems;
}

}  // namespace tito::release
