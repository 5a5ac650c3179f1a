// Where one submission is compiled and run.
#pragma once

#include <filesystem>
#include <functional>
#include <memory>

#include "grader/sandbox.hpp"

namespace grader {

/// The directories of one submission, removed with this object, and the
/// sandboxes that see no more of the machine than each step needs. Without
/// sandboxes, but as root, compilers and tests run as a user of their own, who
/// reads what everybody may read.
class Room {
 public:
  /// `release` holds the copies of the course; see Release.
  Room(std::filesystem::path folder, std::filesystem::path release,
       std::filesystem::path jail, bool sandboxed);
  Room(const Room&) = delete;
  ~Room();

  /// What the paths of all rooms begin with.
  std::filesystem::path scratch() const {
    return root_.parent_path().parent_path();
  }
  const std::filesystem::path& root() const { return root_; }
  std::filesystem::path sources() const { return root_ / "modules"; }
  std::filesystem::path build() const { return root_ / "build"; }

  /// Runs compilers: they see headers and the submission's sources.
  Launch compiling() const;
  /// Nothing that the submission runs may change what was compiled. In a
  /// sandbox it never can.
  void seal() const;
  /// Runs linkers and inspectors: they see test objects too, and no sources.
  Launch linking() const;
  /// Runs what was built: it sees itself and the system's libraries. Calls the
  /// command's callbacks once it has ended.
  Launch testing() const;
  /// The same for code that writes files, each time in a sandbox of its own:
  /// none finds what another has left. Without sandboxes root runs it as
  /// another user, who can write into few places.
  Launch testing_with_files() const;

 private:
  /// How many there are must not decide whether code passes, nor what it sums
  /// up in which order: four, everywhere.
  std::filesystem::path processors() const { return root_ / "processors"; }
  Launch in_sandbox(SandboxPlan plan) const;
  Launch in_test_sandbox(bool writes) const;
  void give(const std::filesystem::path& place, unsigned owner) const;

  std::filesystem::path root_, release_, jail_;
  bool sandboxed_;
  unsigned user_;
};

/// A new folder for a room. Its name is no one's: code could ask for it
/// (/proc/self/exe) and treat two students differently who share one verdict.
/// @throws std::system_error
std::filesystem::path make_folder(const std::filesystem::path& rooms);

/// Where rooms can be. Root grades as other users, who must get there.
/// @throws std::runtime_error
void require_enterable(const std::filesystem::path& place);

}  // namespace grader
