// What tito remembers for convenience: hints shown, the last test results, and
// who hands in.
#pragma once

#include <functional>
#include <map>
#include <string>

#include "grader/curriculum.hpp"
#include "system/workspace.hpp"

namespace tito {

struct Session {
  std::map<std::string, int> hints;            ///< task -> hints shown so far
  std::map<std::string, std::string> results;  ///< task -> last state
  std::string student;  ///< the id of the last `tito submit`; may be empty
};

/// A missing or broken file counts as an empty session: losing it costs
/// nothing.
Session load_session(const Workspace& workspace);

/// Loads, changes and saves under the lock. In a workspace that cannot be
/// written the change is forgotten.
void update_session(const Workspace& workspace,
                    const std::function<void(Session&)>& change);

/// The first task that the last test run did not see pass; nullptr if all did.
const grader::Task* first_unfinished(const grader::Module& module,
                                     const Session& session);

}  // namespace tito
