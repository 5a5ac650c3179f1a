#include "room.hpp"

#include <unistd.h>

#include <atomic>
#include <stdexcept>
#include <system_error>

namespace grader {
namespace {

namespace fs = std::filesystem;

constexpr std::uint64_t kCompilerSpace = std::uint64_t{1} << 30;

/// Each thread that grades has a user of its own. 0 where we are not root.
unsigned slot_user() {
  static std::atomic<unsigned> next{kFirstSlotUser};
  thread_local const unsigned mine = next++;
  return geteuid() == 0 ? mine : 0;
}

}  // namespace

Room::Room(fs::path folder, fs::path release, fs::path jail, bool sandboxed)
    : root_(std::move(folder)),
      release_(std::move(release)),
      jail_(std::move(jail)),
      sandboxed_(sandboxed),
      user_(sandboxed ? slot_user() : 0) {
  fs::create_directories(sources());
  fs::create_directories(build());
  if (user_ != 0 && chown(build().c_str(), user_, user_) != 0) {
    throw std::system_error(errno, std::generic_category(), build().string());
  }
}

Room::~Room() {
  std::error_code ignored;
  fs::remove_all(root_, ignored);
}

Launch Room::in_sandbox(SandboxPlan plan) const {
  if (!sandboxed_) return grader::run;
  plan.jail = jail_;
  plan.user = user_;
  const auto sandbox = std::make_shared<Sandbox>(plan);
  return [sandbox](const Command& command, const Limits& limits) {
    return sandbox->run(command, limits);
  };
}

Launch Room::compiling() const {
  SandboxPlan plan;
  plan.tools = true;
  plan.temporary_bytes = kCompilerSpace;
  plan.readable = {release_ / "framework", sources()};
  if (fs::exists(release_ / "prelude")) {
    plan.readable.push_back(release_ / "prelude");
  }
  plan.writable = {build()};
  return in_sandbox(std::move(plan));
}

Launch Room::linking() const {
  SandboxPlan plan;
  plan.tools = true;
  plan.readable = {release_, sources()};
  plan.writable = {build()};
  return in_sandbox(std::move(plan));
}

Launch Room::testing() const {
  SandboxPlan plan;
  plan.readable = {build()};
  return in_sandbox(std::move(plan));
}

}  // namespace grader
