#include "room.hpp"

#include <fmt/format.h>
#include <unistd.h>

#include <atomic>
#include <cerrno>
#include <cstdlib>
#include <limits>
#include <stdexcept>
#include <system_error>

#include "child.hpp"
#include "files.hpp"
#include "grader/second_try.hpp"

namespace grader {
namespace {

namespace fs = std::filesystem;

constexpr std::uint64_t kMostFiles = 10'000;
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
      user_(slot_user()) {
  fs::create_directories(sources());
  fs::create_directories(build());
  write_file(processors(), "0-3\n");
  fs::permissions(processors(), fs::perms(0644));
  if (user_ == 0) return;
  give(build(), user_);
  // Those who are graded at the same time may not look in.
  give(root_, 0);
  fs::permissions(root_, fs::perms(0750));
}

void Room::give(const fs::path& place, unsigned owner) const {
  if (lchown(place.c_str(), owner, user_) == 0) return;
  throw std::system_error(errno, std::generic_category(), place.string());
}

void Room::seal() const {
  if (sandboxed_ || user_ == 0) return;
  give(build(), 0);
  fs::permissions(build(), fs::perms(0750));
  for (const auto& entry : fs::recursive_directory_iterator(build())) {
    give(entry.path(), 0);
    fs::permissions(entry.path(), fs::perms::group_read | fs::perms::group_exec,
                    fs::perm_options::add);
  }
}

Room::~Room() {
  std::error_code ignored;
  fs::remove_all(root_, ignored);
}

Launch Room::in_sandbox(SandboxPlan plan) const {
  if (!sandboxed_) {
    // Being nobody is what then keeps a process from the course.
    return [user = user_](const Command& command, const Limits& limits) {
      return run_as(user, command, limits);
    };
  }
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
  return with_second_try(in_sandbox(std::move(plan)));
}

Launch Room::linking() const {
  // It needs the tests' objects, which no user of a submission may read.
  if (!sandboxed_) return with_second_try(run);
  SandboxPlan plan;
  plan.tools = true;
  plan.readable = {release_};
  plan.writable = {build()};
  return with_second_try(in_sandbox(std::move(plan)));
}

Launch Room::testing() const {
  return with_second_try(in_test_sandbox(/*writes=*/false));
}

Launch Room::testing_with_files() const {
  return with_second_try([this](Command command, Limits limits) {
    limits.files = kMostFiles;
    if (!sandboxed_) {
      limits.files = std::numeric_limits<std::uint64_t>::max();
      const fs::path own = root_ / "files";
      fs::remove_all(own);
      fs::create_directory(own);
      if (user_ != 0) give(own, user_);
      command.environment.push_back("TMPDIR=" + own.string());
    }
    return in_test_sandbox(/*writes=*/true)(command, limits);
  });
}

Launch Room::in_test_sandbox(bool writes) const {
  SandboxPlan plan;
  plan.read_only = !writes;
  plan.readable = {build()};
  plan.processors = processors();
  return in_sandbox(std::move(plan));
}

fs::path make_folder(const fs::path& rooms) {
  fs::create_directories(rooms);
  fs::permissions(rooms, fs::perms(0711));
  std::string folder = rooms / "XXXXXX";
  if (mkdtemp(folder.data()) == nullptr) {
    throw std::system_error(errno, std::generic_category(), folder);
  }
  return folder;
}

void require_enterable(const fs::path& place) {
  if (geteuid() != 0) return;
  const fs::path whole = fs::canonical(place);
  for (fs::path at = whole; at != at.root_path(); at = at.parent_path()) {
    const auto allowed = fs::status(at).permissions();
    if ((allowed & fs::perms::others_exec) != fs::perms::none) continue;
    throw std::runtime_error(fmt::format(
        "the users that submissions are graded as cannot enter '{}'. Set "
        "TMPDIR to a directory that everybody may enter: TMPDIR=/var/tmp",
        at.string()));
  }
}

}  // namespace grader
