// `tito grade collect`: one submission a student out of a platform's download.
#include <fmt/format.h>

#include <memory>

#include "commands/gradebook_commands.hpp"
#include "commands/reporting.hpp"
#include "grader/download.hpp"
#include "grader/gradebook/instant.hpp"
#include "system/error.hpp"
#include "system/files.hpp"
#include "ui/text.hpp"

namespace fs = std::filesystem;
using nlohmann::json;

namespace tito {
namespace {

struct CollectOptions {
  std::string gradebook, download, platform, out;
};

const std::map<std::string, grader::Platform> kPlatforms = {
    {"canvas", grader::Platform::canvas}, {"moodle", grader::Platform::moodle}};

/// Work of an earlier download would look like work of this one.
void make_empty(const fs::path& out) {
  make_directories(out);
  if (fs::is_empty(out)) return;
  throw UsageError(
      fmt::format("'{}' is not empty. Name an empty or a new directory: --out "
                  "PATH",
                  printable(out.string())));
}

void copy(const grader::Collected& submission, const fs::path& out) {
  for (const grader::CollectedFile& file : submission.files) {
    const fs::path to = submission.archive
                            ? out / (submission.id + file.to.string())
                            : out / submission.id / file.to;
    make_directories(to.parent_path());
    try {
      fs::copy_file(file.from, to);
    } catch (const fs::filesystem_error& error) {
      throw EnvironmentError(fmt::format(
          "cannot copy '{}' to '{}': {}. Mend that, remove '{}', and collect "
          "again",
          printable(file.from.string()), printable(to.string()),
          error.code().message(), printable(out.string())));
    }
  }
}

json to_json(const grader::Collection& collection) {
  json submissions = json::array(), left_out = json::array();
  for (const auto& submission : collection.submissions) {
    submissions.push_back(submission.id);
  }
  for (const auto& [name, reason] : collection.left_out) {
    left_out.push_back({{"name", name}, {"reason", reason}});
  }
  return {{"submissions", submissions},
          {"left_out", left_out},
          {"missing", collection.missing}};
}

void print_collection(const grader::Collection& collection,
                      const std::string& out, Terminal& terminal) {
  for (const auto& [name, reason] : collection.left_out) {
    terminal.warn("left out: {}: {}\n", one_line(name), reason);
  }
  if (!collection.missing.empty()) {
    const std::string line =
        fmt::format("nothing from: {}", fmt::join(collection.missing, ", "));
    for (const std::string& part : wrap(line, terminal.width())) {
      terminal.print("{}\n", part);
    }
  }
  terminal.print(
      "{} in {}\nNext: {}\n",
      count(static_cast<int>(collection.submissions.size()), "submission"), out,
      command_text(terminal,
                   fmt::format("tito grade run {} --out grades.csv", out)));
}

int run_collect(const CollectOptions& options, App& app) {
  const fs::path download = app.directory / options.download;
  if (!fs::is_directory(download)) {
    throw grader::InputError(fmt::format(
        "'{}' is not a directory; unpack the download first: unzip FILE.zip -d "
        "DIRECTORY",
        printable(options.download)));
  }
  const grader::Gradebook book(gradebook_path(options.gradebook, app),
                               grader::Gradebook::Mode::existing);
  const auto collection = grader::collect(
      download, kPlatforms.at(options.platform), book.students());
  make_empty(app.directory / options.out);
  for (const auto& submission : collection.submissions) {
    copy(submission, app.directory / options.out);
  }
  if (app.json) {
    print_json(app, to_json(collection));
  } else {
    print_collection(collection, options.out, *app.terminal);
  }
  return kPassed;
}

}  // namespace

void setup_grade_collect(CLI::App& group, App& app) {
  const auto options = std::make_shared<CollectOptions>();
  CLI::App* command = group.add_subcommand(
      "collect", "Sort what a learning platform lets you download by student");
  command
      ->add_option("download", options->download,
                   "All submissions to one assignment, unpacked")
      ->type_name("DIRECTORY")
      ->required();
  command->add_option("--from", options->platform, "Where they come from")
      ->check(CLI::IsMember(kPlatforms))
      ->required();
  command
      ->add_option("--out", options->out,
                   "A new directory, with one folder or archive a student")
      ->type_name("PATH")
      ->required();
  add_gradebook_option(*command, options->gradebook);
  add_json_flag(*command, app);
  command->footer(
      "The roster says who is who: its column canvas_id holds the ID of "
      "Canvas'\n"
      "gradebook export, moodle_id the Identifier of Moodle's worksheet. What\n"
      "cannot be told for certain is left out, and said.");
  set_gradebook_action(*command, app,
                       [options, &app] { return run_collect(*options, app); });
}

}  // namespace tito
