// `tito submit`: the student's work as one archive, ready to hand in.
#include <fmt/format.h>

#include <algorithm>
#include <memory>

#include "commands/grade_report.hpp"
#include "commands/module_commands.hpp"
#include "commands/reporting.hpp"
#include "grader/manifest.hpp"
#include "grader/submission.hpp"
#include "system/error.hpp"
#include "system/files.hpp"
#include "system/pack.hpp"
#include "system/progress_store.hpp"
#include "system/session.hpp"
#include "system/stubs.hpp"
#include "ui/table.hpp"
#include "ui/text.hpp"

namespace fs = std::filesystem;

namespace tito {
namespace {

struct SubmitOptions {
  std::string student, out;
  std::vector<std::string> modules;
};

struct Source {
  const grader::Module* module;
  std::string path;  ///< as the archive has it
  std::string text;
  bool untouched;  ///< every task in it is still to be written
};

std::string student_of(const SubmitOptions& options,
                       const Workspace& workspace) {
  const std::string id = options.student.empty()
                             ? load_session(workspace).student
                             : options.student;
  if (id.empty()) {
    throw UsageError(
        "whose work is it? Name the id that your course knows you by; it is "
        "remembered: tito submit --student ID");
  }
  if (!grader::is_valid_id(id)) {
    throw UsageError(fmt::format(
        "'{}' is not a student id: letters, digits and . _ @ + -, at most 64, "
        "beginning with a letter, a digit or _. Run: tito submit --student ID",
        printable(id)));
  }
  return id;
}

/// The module's files that exist, in the curriculum's order.
std::vector<Source> sources_of(const Course& course,
                               const grader::Module& module) {
  const Workspace& workspace = course.workspace;
  std::vector<Source> sources;
  for (const std::string& name : module.sources) {
    const fs::path path = fs::path("modules") / module.folder() / "src" / name;
    if (!fs::is_regular_file(workspace.root / path)) continue;
    std::string text = read_text(workspace.root / path);
    const bool untouched = is_untouched(course, module, name, text);
    sources.push_back({&module, path.string(), std::move(text), untouched});
  }
  return sources;
}

bool is_begun(const std::vector<Source>& sources) {
  return std::any_of(sources.begin(), sources.end(),
                     [](const Source& source) { return !source.untouched; });
}

struct Choice {
  std::vector<Source> sources;
  std::vector<const grader::Module*> left_out;  ///< nobody began them
};

/// What the options name; otherwise the modules that have been begun, because
/// what is handed in untouched counts as work without points.
Choice choose(const Course& course, const Progress& progress,
              const SubmitOptions& options) {
  const auto numbers = module_numbers(course.curriculum, options.modules);
  Choice choice;
  for (const grader::Module& module : course.curriculum.modules()) {
    const auto sources = sources_of(course, module);
    const bool named =
        std::count(numbers.begin(), numbers.end(), module.number) > 0;
    const bool begun = progress.complete(module.number) || is_begun(sources);
    if (numbers.empty() ? begun : named) {
      choice.sources.insert(choice.sources.end(), sources.begin(),
                            sources.end());
    } else if (numbers.empty()) {
      choice.left_out.push_back(&module);
    }
  }
  if (!choice.sources.empty()) return choice;
  throw NotYetError(
      "there is nothing to hand in: no module has been begun. See: tito "
      "module status");
}

void check_sizes(const std::vector<Source>& sources) {
  const std::uint64_t most = grader::IntakeLimits().file_bytes;
  for (const Source& source : sources) {
    if (source.text.size() <= most) continue;
    throw NotYetError(fmt::format(
        "{} has {}, and the grader takes at most {} of a file. Take out what "
        "is not code, then: tito submit",
        source.path, byte_count(source.text.size()), byte_count(most)));
  }
}

/// By default <student>.zip here: the grader takes the id from the name.
fs::path archive_path(const SubmitOptions& options, const std::string& student,
                      const App& app) {
  const fs::path named = student + ".zip";
  const fs::path out = app.directory / options.out;
  if (options.out.empty()) return app.directory / named;
  if (fs::is_directory(out)) return out / named;
  if (out.extension() != ".zip") {
    throw UsageError(
        fmt::format("'{}' does not end in .zip. Run: tito submit --out {}",
                    options.out, named.string()));
  }
  return out;
}

grader::Manifest manifest_of(const std::vector<Source>& sources,
                             const std::string& student, const Course& course) {
  grader::Manifest manifest;
  manifest.student = student;
  manifest.tito = TITO_VERSION;
  manifest.course = content_hash(read_text(course.toolchain.curriculum()));
  manifest.created = timestamp();
  for (const Source& source : sources) {
    manifest.add(source.path, source.text);
  }
  return manifest;
}

std::vector<PackedFile> files_of(const grader::Manifest& manifest,
                                 const std::vector<Source>& sources) {
  std::vector<PackedFile> files = {
      {grader::kManifestName, grader::to_json(manifest)}};
  for (const Source& source : sources) {
    files.push_back({source.path, source.text});
  }
  return files;
}

std::vector<std::string> warnings_about(const std::vector<Source>& sources,
                                        const Course& course) {
  std::vector<std::string> warnings;
  for (const grader::Module& module : course.curriculum.modules()) {
    const auto of_module = [&](const Source& source) {
      return source.module == &module;
    };
    const auto packed =
        std::count_if(sources.begin(), sources.end(), of_module);
    if (packed == 0) continue;
    for (const fs::path& file : course.workspace.other_files(module)) {
      warnings.push_back(not_handed_in(file, module));
    }
    if (static_cast<std::size_t>(packed) < module.sources.size()) {
      warnings.push_back(fmt::format(
          "modules/{}/src lacks a file; the grader will put its stub there",
          module.folder()));
    }
  }
  for (const Source& source : sources) {
    if (!source.untouched) continue;
    warnings.push_back(source.path + " is still the stub that you got");
  }
  return warnings;
}

std::vector<std::string> left_out_numbers(const Choice& choice) {
  std::vector<std::string> numbers;
  for (const grader::Module* module : choice.left_out) {
    numbers.push_back(module->number);
  }
  return numbers;
}

nlohmann::json submit_json(const std::string& student, const fs::path& archive,
                           const Choice& choice,
                           const std::vector<std::string>& warnings) {
  nlohmann::json files = nlohmann::json::array();
  for (const Source& source : choice.sources) {
    files.push_back({{"path", source.path},
                     {"size", source.text.size()},
                     {"untouched", source.untouched}});
  }
  return {{"student", student},
          {"out", archive},
          {"files", files},
          {"left_out", left_out_numbers(choice)},
          {"warnings", warnings}};
}

void print_packed(const std::string& student, const fs::path& archive,
                  const Choice& choice, App& app) {
  Terminal& terminal = *app.terminal;
  Table table({"file", "size", ""});
  for (const Source& source : choice.sources) {
    table.add({{source.path},
               {byte_count(source.text.size())},
               {source.untouched ? "untouched" : "", Style::warn}});
  }
  terminal.write(table.render(terminal, 2));
  if (!choice.left_out.empty()) {
    terminal.print("\nNot begun, so left out: {}\n",
                   join_words(left_out_numbers(choice)));
  }
  const std::string name = short_path(archive, app.directory);
  terminal.print(
      "\n{} of {} in {}\nNext: upload {} where your course collects "
      "submissions, under that name\n",
      count(static_cast<int>(choice.sources.size()), "file"), student,
      terminal.paint(Style::bold, name), name);
}

int run_submit(const SubmitOptions& options, App& app) {
  const Course course = open_course(app);
  const std::string student = student_of(options, course.workspace);
  const Progress progress =
      ProgressStore(course.workspace, *app.terminal).load();
  const Choice choice = choose(course, progress, options);
  const std::vector<Source>& sources = choice.sources;
  check_sizes(sources);
  const fs::path archive = archive_path(options, student, app);
  const auto manifest = manifest_of(sources, student, course);
  write_atomically(archive, zip(files_of(manifest, sources)));
  update_session(course.workspace,
                 [&](Session& session) { session.student = student; });
  auto warnings = warnings_about(sources, course);
  if (archive.stem() != student) {
    warnings.push_back(fmt::format(
        "the grader takes the id from the name: hand it in as {}.zip",
        student));
  }
  if (app.json) {
    print_json(app, submit_json(student, archive, choice, warnings));
    return kPassed;
  }
  print_packed(student, archive, choice, app);
  for (const std::string& warning : warnings) {
    app.terminal->warn("Mind: {}\n", warning);
  }
  return kPassed;
}

}  // namespace

void add_submit(CLI::App& parser, App& app) {
  const auto options = std::make_shared<SubmitOptions>();
  CLI::App* command =
      parser.add_subcommand("submit", "Pack your work to hand it in");
  command
      ->add_option("--student", options->student,
                   "Your id in the course. Default: the one of last time")
      ->type_name("ID");
  command
      ->add_option("--modules", options->modules,
                   "Only these: 01,02. Default: all that have been begun")
      ->delimiter(',')
      ->allow_extra_args(false);
  command
      ->add_option("--out", options->out,
                   "The archive, or its directory. Default: ID.zip")
      ->type_name("FILE");
  add_json_flag(*command, app);
  command->footer(
      "The archive holds your module sources and a manifest with their\n"
      "checksums. tito grade run reads it as it is.");
  set_action(*command, app,
             [options, &app] { return run_submit(*options, app); });
}

}  // namespace tito
