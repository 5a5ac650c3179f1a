// Reading and changing a workspace's progress, safely beside other processes.
#pragma once

#include <functional>

#include "system/progress.hpp"
#include "system/workspace.hpp"
#include "ui/terminal.hpp"

namespace tito {

class ProgressStore {
 public:
  ProgressStore(Workspace workspace, Terminal& terminal);

  /// The progress as it is now; empty if there is none. A broken or foreign
  /// file is moved aside, never deleted, and a warning says where to.
  /// @throws EnvironmentError  if a newer tito wrote it
  Progress load();

  /// Loads under the lock, lets `change` alter the progress, and saves it.
  void update(const std::function<void(Progress&)>& change);

 private:
  Progress load_unlocked();
  void set_aside(const std::string& why);
  void refuse_newer(const std::string& text, const std::string& why);

  Workspace workspace_;
  Terminal& terminal_;
};

}  // namespace tito
