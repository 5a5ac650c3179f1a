// `tito grade shard`: what Slurm runs on a node. Nobody else calls it.
#include <fmt/format.h>
#include <unistd.h>

#include <array>
#include <memory>

#include "commands/grade_report.hpp"
#include "commands/module_commands.hpp"
#include "grader/cluster/shard.hpp"

namespace tito {
namespace {

struct ShardOptions {
  std::string folder;
  std::size_t index = 0;
};

std::string host_name() {
  std::array<char, 256> name{};
  if (gethostname(name.data(), name.size() - 1) != 0) return "a node";
  return name.data();
}

/// The head has brought tests and toolchain up to date: nodes that share a
/// build directory must not build in it.
void grade(const grader::JobFolder& folder, std::size_t index, App& app) {
  const auto toolchain = grader::Toolchain::load(app.build_directory());
  const auto curriculum = grader::Curriculum::load(toolchain.curriculum());
  require_isolation(!folder.job().options.sandboxed, toolchain, *app.terminal);
  const GradingScratch scratch;
  grade_shard(folder, index, curriculum, toolchain, scratch.path());
}

int run_shard(const ShardOptions& options, App& app) {
  const grader::JobFolder folder(options.folder);
  folder.clear_failure(options.index);
  try {
    grade(folder, options.index, app);
  } catch (const std::exception& error) {
    folder.set_failure(options.index,
                       fmt::format("{}: {}", host_name(), error.what()));
    throw;
  }
  return kPassed;
}

}  // namespace

void setup_grade_shard(CLI::App& group, App& app) {
  const auto options = std::make_shared<ShardOptions>();
  CLI::App* command =
      group.add_subcommand("shard", "Grade one part of a cluster's job");
  command->group("");  // hidden
  command->add_option("FOLDER", options->folder, "Of the job")->required();
  command->add_option("INDEX", options->index, "Of the shard")->required();
  set_action(*command, app,
             [options, &app] { return run_shard(*options, app); });
}

}  // namespace tito
