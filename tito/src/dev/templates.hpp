// What the files of a new module hold before their author writes them.
#pragma once

#include <string>
#include <vector>

namespace tito::dev {

struct Room {
  std::string number;                 ///< "05"
  std::string name;                   ///< "autograd"
  std::string title;                  ///< "Autograd"
  std::vector<std::string> required;  ///< numbers

  std::string folder() const { return number + "_" + name; }
};

struct NewFile {
  std::string path;  ///< relative to the course's root
  std::string text;
};

/// The module's object in curriculum.json, indented as the others are.
std::string curriculum_entry(const Room& room);

/// One task, solved and tested, and empty sections to be written.
std::vector<NewFile> files_of(const Room& room);

}  // namespace tito::dev
