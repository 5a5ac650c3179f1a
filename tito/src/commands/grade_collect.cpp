// `tito grade collect`: one submission a student out of a platform's download.
#include <fmt/format.h>

#include <algorithm>
#include <map>
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
void refuse_full(const fs::path& out) {
  std::error_code error;
  if (!fs::exists(out, error) || fs::is_empty(out, error)) return;
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
    try {
      fs::create_directories(to.parent_path());
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
  print_ids("nothing found from", collection.missing, terminal);
  terminal.print(
      "{} in {}\nNext: {}\n",
      count(static_cast<int>(collection.submissions.size()), "submission"), out,
      command_text(terminal,
                   fmt::format("tito grade run {} --out grades.csv", out)));
}

/// @throws UsageError  if nobody can be found by the platform's numbers
void require_numbers(const std::vector<grader::Student>& roster,
                     grader::Platform platform) {
  const auto field = grader::number_field(platform);
  const bool known =
      std::any_of(roster.begin(), roster.end(),
                  [&](const auto& s) { return !(s.*field).empty(); });
  if (known) return;
  throw UsageError(fmt::format(
      "the roster has no column {}, by which {}'s files find their students. "
      "Add it: tito grade roster import FILE",
      grader::number_column(platform), grader::to_string(platform)));
}

grader::Collection read_download(const CollectOptions& options,
                                 const App& app) {
  const fs::path download = app.directory / options.download;
  std::error_code error;
  if (!fs::is_directory(download, error)) {
    throw grader::InputError(fmt::format(
        "'{}' is not a directory; unpack the download first: unzip FILE.zip -d "
        "DIRECTORY",
        printable(options.download)));
  }
  const grader::Gradebook book(gradebook_path(options.gradebook, app),
                               grader::Gradebook::Mode::existing);
  const auto platform = kPlatforms.at(options.platform);
  const auto roster = book.students();
  require_numbers(roster, platform);
  return grader::collect(download, platform, roster);
}

void warn_of_left_out(const grader::Collection& collection,
                      Terminal& terminal) {
  for (const auto& [name, reason] : collection.left_out) {
    terminal.warn("left out: {}: {}\n", one_line(name), one_line(reason));
  }
}

int run_collect(const CollectOptions& options, App& app) {
  const fs::path out = app.directory / options.out;
  const auto collection = read_download(options, app);
  refuse_full(out);
  if (!app.json) warn_of_left_out(collection, *app.terminal);
  if (collection.submissions.empty()) {
    throw grader::InputError(
        fmt::format("nothing in '{}' belongs to a student on the roster",
                    printable(options.download)));
  }
  for (const auto& submission : collection.submissions) copy(submission, out);
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
      "The roster says who is who: canvas_id is the ID of Canvas' gradebook\n"
      "export, moodle_id the Identifier of Moodle's worksheet, another one in\n"
      "each assignment: import it for each. What cannot be told for certain "
      "is\n"
      "left out, and said. Groups are not known to it.");
  set_gradebook_action(*command, app,
                       [options, &app] { return run_collect(*options, app); });
}

}  // namespace tito
