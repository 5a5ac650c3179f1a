// The marked regions of a solution: what the student writes, and what only the
// author sees.
//
//   // <solution task="01.6" name="reshape" args="shape">
//   ...
//   // </solution>
//
// A region without a task holds private helpers or includes.
#pragma once

#include <string>
#include <vector>

#include "dev/text.hpp"
#include "grader/curriculum.hpp"

namespace tito::dev {

struct Region {
  int first = 0;       ///< line of the opening mark, counted from 1
  int body = 0;        ///< first line after it
  int last = 0;        ///< line of the closing mark
  std::string indent;  ///< blanks before the opening mark
  std::string task;    ///< empty: a private region
  std::string name;
  std::vector<std::string> args;
};

/// The regions in order. What is wrong with the marks is added to `problems`
/// under the name `file`: unclosed, nested and stray marks, unknown or missing
/// attributes.
std::vector<Region> parse_regions(const std::string& text,
                                  const std::string& file,
                                  std::vector<Problem>& problems);

/// Adds a problem for each region whose task the module does not have, or has
/// in another file than `source`.
void check_regions(const std::vector<Region>& regions,
                   const grader::Module& module, const std::string& source,
                   const std::string& file, std::vector<Problem>& problems);

/// The line numbers (from 1) inside regions, marks excluded.
std::vector<int> lines_in_regions(const std::vector<Region>& regions);

}  // namespace tito::dev
