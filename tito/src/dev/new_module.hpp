// A new room: its entry in the curriculum and the files that belong to it.
#pragma once

#include <string>
#include <vector>

#include "dev/course.hpp"
#include "ui/terminal.hpp"

namespace tito::dev {

struct NewModuleOptions {
  std::string name;                   ///< "autograd"
  std::string title;                  ///< empty: from the name
  std::vector<std::string> required;  ///< empty: the last module
};

/// The curriculum's text with one more module at the end of its list, in the
/// layout of the others.
/// @throws UsageError  if the text is laid out in another way
std::string add_module(const std::string& curriculum, const std::string& entry);

/// `tito dev new-module`. The new tree builds, and `tito dev check` names what
/// is left to write. Returns the exit code.
/// @throws UsageError  for a bad name, one that exists, or an unknown
///   requirement; nothing is written then
int run_new_module(const Course& course, const NewModuleOptions& options,
                   Terminal& terminal);

}  // namespace tito::dev
