#include "grader/release.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "digest.hpp"
#include "files.hpp"
#include "grader/build.hpp"
#include "grader/oracle.hpp"

namespace grader {
namespace {

namespace fs = std::filesystem;

constexpr const char* kHarnesses[] = {"harness/public", "harness/hidden",
                                      "harness/probes"};

fs::path copy_into(const fs::path& folder, const fs::path& file) {
  fs::create_directories(folder);
  const fs::path target = folder / file.filename();
  fs::copy_file(file, target, fs::copy_options::overwrite_existing);
  return target;
}

void copy_objects(std::vector<fs::path>& objects, const fs::path& folder) {
  for (fs::path& object : objects) object = copy_into(folder, object);
}

/// Names below `root` and contents of the headers, objects and libraries in a
/// folder.
void add_files(Digest& digest, const fs::path& folder, const fs::path& root) {
  std::vector<fs::path> files;
  if (!fs::exists(folder)) return;
  for (const auto& entry : fs::recursive_directory_iterator(folder)) {
    if (entry.is_regular_file()) files.push_back(entry.path());
  }
  std::sort(files.begin(), files.end());
  for (const fs::path& file : files) {
    digest.add(file.lexically_relative(root).string());
    digest.add(read_file(file));
  }
}

/// Every module whose reference some graded module is built on or judged by.
std::vector<const Module*> needed(const Curriculum& curriculum,
                                  const std::vector<const Module*>& modules) {
  std::vector<const Module*> result;
  const auto add = [&](const Module* module) {
    if (std::count(result.begin(), result.end(), module) == 0) {
      result.push_back(module);
    }
  };
  for (const Module* module : modules) {
    for (const Module* other : curriculum.prerequisites(*module)) add(other);
    add(module);
  }
  return result;
}

}  // namespace

Release::Release(const Curriculum& curriculum, const Toolchain& toolchain,
                 const std::vector<const Module*>& modules, bool references,
                 fs::path directory)
    : directory_(std::move(directory)), toolchain_(toolchain) {
  copy_course(toolchain, modules);
  for (const Module* module : modules) list(*module, toolchain);
  if (references) copy_references(toolchain, needed(curriculum, modules));
  make_readable(directory_);
  common_ = common_digest();
  for (const Module* module : modules) {
    digests_[module->number] = digest(curriculum, *module);
  }
}

void Release::close_to_others() const {
  for (const char* folder : {"harness", "reference", "oracle"}) {
    if (fs::exists(directory_ / folder)) {
      fs::permissions(directory_ / folder, fs::perms::owner_all);
    }
  }
}

std::string Release::digest() const {
  Digest digest;
  for (const auto& [module, text] : digests_) digest.add(module).add(text);
  return digest.hex();
}

void Release::copy_course(const Toolchain& original,
                          const std::vector<const Module*>& modules) {
  fs::create_directories(directory_ / "framework");
  fs::copy(original.include(), directory_ / "framework/include",
           fs::copy_options::recursive);
  toolchain_.course = directory_;
  toolchain_.jail = copy_into(directory_, original.jail);
  toolchain_.objects.clear();
  for (const Module* module : modules) {
    for (const char* kind : kHarnesses) {
      auto& list =
          toolchain_.objects[fmt::format("{}/{}", kind, module->folder())];
      list = original.test_objects(kind, module->folder());
      copy_objects(list, directory_ / kind / module->folder());
    }
  }
  const fs::path gch = original.prelude.string() + ".gch";
  if (!fs::exists(gch)) toolchain_.prelude.clear();
  if (toolchain_.prelude.empty()) return;
  toolchain_.prelude = copy_into(directory_ / "prelude", original.prelude);
  copy_into(directory_ / "prelude", gch);
}

void Release::list(const Module& module, const Toolchain& original) {
  const auto list = [&](const char* kind) {
    return original.test_objects(fmt::format("lists/{}", kind),
                                 module.folder());
  };
  for (const char* kind : {"public", "hidden"}) {
    for (const fs::path& program : list(kind)) {
      const auto more = list_tests(program);
      auto& all = tests_[module.number];
      all.insert(all.end(), more.begin(), more.end());
    }
  }
  auto& probes = probes_[module.number];
  // Without a reference nobody can judge them.
  for (const fs::path& oracle :
       original.test_objects("oracle", module.folder())) {
    copy_into(directory_ / "oracle", oracle);
    probes = list_probes(list("probes").front());
  }
}

void Release::copy_references(const Toolchain& original,
                              const std::vector<const Module*>& needed) {
  for (const Module* module : needed) {
    auto& objects = references_[module->number];
    objects = original.test_objects("reference", module->folder());
    if (objects.empty()) {
      throw ToolchainError(fmt::format(
          "module {} has no reference solution here\nGrade in the author's "
          "tree, or on the students' own modules: --prerequisites own",
          module->number));
    }
    copy_objects(objects, directory_ / "reference" / module->folder());
  }
}

const std::vector<TestResult>& Release::tests(const Module& module) const {
  return tests_.at(module.number);
}

const std::vector<TestResult>& Release::probes(const Module& module) const {
  return probes_.at(module.number);
}

const std::vector<fs::path>& Release::reference(const Module& module) const {
  return references_.at(module.number);
}

std::map<std::string, std::string> Release::expected(
    const Module& module,
    const std::map<std::string, std::string>& seeds) const {
  Command command;
  command.argv = {directory_ / "oracle" / module.folder()};
  command.report_pipe = true;
  for (const auto& [name, seed] : seeds) {
    command.input.append(seed).append(" ").append(name).append("\n");
  }
  Limits limits;
  limits.wall = std::chrono::minutes(2);
  const ProcessResult process = run(command, limits);
  auto result = split_probes(process.report);
  if (!process.ok() || result.size() != seeds.size()) {
    throw ToolchainError(
        fmt::format("the reference of module {} does not answer its probes: {}",
                    module.number, process.error + process.output));
  }
  return result;
}

/// A grader that may judge otherwise is another release.
std::string Release::common_digest() const {
  Digest digest;
  for (const auto* flags : {&toolchain_.grading_flags, &toolchain_.link_flags,
                            &toolchain_.grading_link_flags}) {
    for (const std::string& flag : *flags) {
      // It names this run's directory, and takes it out of the objects.
      if (flag.rfind("-ffile-prefix-map", 0) != 0) digest.add(flag);
    }
    digest.add("");
  }
  // Nodes of a cluster may have compilers of their own.
  digest.add(toolchain_.compiler_version());
  for (const fs::path& file : {fs::path("/proc/self/exe"), toolchain_.jail}) {
    digest.add(read_file(file));
  }
  digest.add(toolchain_.prelude.empty() ? "" : read_file(toolchain_.prelude));
  add_files(digest, directory_ / "framework", directory_);
  return digest.hex();
}

std::string Release::digest(const Curriculum& curriculum,
                            const Module& module) const {
  Digest digest;
  digest.add(common_);
  for (const char* kind : kHarnesses) {
    add_files(digest, directory_ / kind / module.folder(), directory_);
  }
  auto parts = curriculum.prerequisites(module);
  parts.push_back(&module);
  for (const Module* part : parts) {
    add_files(digest, directory_ / "reference" / part->folder(), directory_);
  }
  digest.add(module.writes_files ? "writes files" : "");
  for (const Task& task : module.tasks) {
    digest.add(fmt::format("{} {} {}", task.id, task.file, task.points));
  }
  return digest.hex();
}

}  // namespace grader
