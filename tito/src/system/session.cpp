#include "system/session.hpp"

#include <nlohmann/json.hpp>

#include "system/error.hpp"
#include "system/files.hpp"
#include "system/lock.hpp"

using nlohmann::json;

namespace tito {

Session load_session(const Workspace& workspace) {
  if (!std::filesystem::exists(workspace.session())) return {};
  try {
    const json root = json::parse(read_text(workspace.session()));
    Session session;
    root.at("hints").get_to(session.hints);
    root.at("results").get_to(session.results);
    session.student = root.value("student", "");
    return session;
  } catch (const json::exception&) {
    return {};
  }
}

void update_session(const Workspace& workspace,
                    const std::function<void(Session&)>& change) {
  try {
    workspace.prepare();
    const FileLock lock(workspace.lock());
    Session session = load_session(workspace);
    change(session);
    const json root = {{"hints", session.hints},
                       {"results", session.results},
                       {"student", session.student}};
    write_atomically(workspace.session(), root.dump(2) + '\n',
                     Durability::fast);
  } catch (const EnvironmentError&) {
    // A hint is worth showing although its number cannot be remembered.
  }
}

const grader::Task* first_unfinished(const grader::Module& module,
                                     const Session& session) {
  for (const grader::Task& task : module.tasks) {
    const auto found = session.results.find(task.id);
    if (found == session.results.end() || found->second != "passed") {
      return &task;
    }
  }
  return nullptr;
}

}  // namespace tito
