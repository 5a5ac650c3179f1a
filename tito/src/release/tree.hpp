// What of the author's tree goes to whom.
#pragma once

#include <filesystem>
#include <vector>

#include "dev/course.hpp"

namespace tito::release {

/// The files that a student gets, relative to the root: no solutions, nothing
/// of the hidden tests (an object file would carry the expected values), no
/// tests of our own. Left-overs of editors, tools and graders go to nobody. Of
/// modules/ it is the lists, lessons and hints: stubs are generated, and what
/// else lies there is an author's who played the student.
std::vector<std::filesystem::path> student_files(const dev::Course& course);

/// The files to teach, grade and develop with: the whole tree, but for stubs.
/// @throws UsageError  if this tree has no solutions
std::vector<std::filesystem::path> instructor_files(const dev::Course& course);

/// The instructor's tree, with the stubs as the solutions generate them.
/// Returns how many files it has.
/// @throws UsageError  if the directory lies in the course's folders, or exists
///   and is not empty; and if this tree has no solutions
/// @throws NotYetError  if a solution has no readable marks
int make_instructor_tree(const dev::Course& course,
                         const std::filesystem::path& target);

/// The student's tree, likewise, with .gitattributes and the workflow that
/// grades every push, .github/workflows/grade.yml. Throws as
/// make_instructor_tree().
/// @throws NotYetError  if it would hold what cannot be searched for secrets
int make_student_tree(const dev::Course& course,
                      const std::filesystem::path& target);

}  // namespace tito::release
