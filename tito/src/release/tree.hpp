// What of the author's tree goes to whom.
#pragma once

#include <filesystem>
#include <vector>

#include "dev/course.hpp"

namespace tito::release {

/// The files that a student gets, relative to the root: no solutions, nothing
/// of the hidden tests (an object file would carry the expected values), no
/// tests of our own. Left-overs of editors, tools and graders go to nobody.
std::vector<std::filesystem::path> student_files(const dev::Course& course);

/// The files to teach, grade and develop with: the whole tree.
/// @throws UsageError  if this tree has no solutions
std::vector<std::filesystem::path> instructor_files(const dev::Course& course);

/// Copies files into a new directory; returns how many.
/// @throws UsageError  if the directory lies in the course's folders, or exists
///   and is not empty
int copy_tree(const dev::Course& course,
              const std::vector<std::filesystem::path>& files,
              const std::filesystem::path& target);

/// The student's tree: the stubs as the solutions generate them, and the
/// workflow that grades every push, .github/workflows/grade.yml. Returns how
/// many files it has.
/// @throws UsageError  as copy_tree(), and if this tree has no solutions: what
///   is secret could not be told
/// @throws NotYetError  if a solution has no readable marks
int make_student_tree(const dev::Course& course,
                      const std::filesystem::path& target);

}  // namespace tito::release
