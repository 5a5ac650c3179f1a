// `tito grade feedback`: pages that say what counts, and what did not pass.
#include <fmt/format.h>

#include <memory>

#include "commands/grade_report.hpp"
#include "commands/gradebook_commands.hpp"
#include "commands/reporting.hpp"
#include "grader/feedback.hpp"
#include "grader/gradebook/pseudonym.hpp"
#include "grader/submission.hpp"
#include "ui/text.hpp"

namespace fs = std::filesystem;

namespace tito {
namespace {

struct FeedbackOptions {
  std::string gradebook, out, similarity, submissions;
  std::vector<std::string> modules;
  std::optional<grader::RunId> run;
  bool anonymous = false;
};

/// The files that were graded, as far as the submissions are still the same.
class GradedSources {
 public:
  GradedSources(const grader::Entries& entries, grader::Curriculum curriculum,
                const std::vector<grader::RecordedGrade>& grades)
      : curriculum_(std::move(curriculum)) {
    for (const auto& entry : entries.accepted) entries_[entry.id] = entry;
    for (const auto& recorded : grades) {
      hashes_[{recorded.student, recorded.grade.number}] = recorded.handed.hash;
    }
  }

  std::string operator()(const std::string& student, const std::string& module,
                         const std::string& file) const {
    const auto entry = entries_.find(student);
    const auto hash = hashes_.find({student, module});
    if (entry == entries_.end() || hash == hashes_.end()) return "";
    const auto submission = grader::read_submission(entry->second, curriculum_);
    if (grader::content_hash(submission) != hash->second) return "";
    const auto files = submission.files.find(module);
    if (files == submission.files.end()) return "";
    const auto text = files->second.find(file);
    return text == files->second.end() ? "" : text->second;
  }

 private:
  grader::Curriculum curriculum_;
  std::map<std::string, grader::Entry> entries_;
  std::map<std::pair<std::string, std::string>, std::string> hashes_;
};

std::vector<grader::SimilarityFinding> similar(const FeedbackOptions& options,
                                               const grader::Gradebook& book,
                                               const App& app) {
  auto report =
      grader::similarity_from_json(read_given(options.similarity, app));
  if (options.anonymous) {
    grader::rename_students(report.findings, [&](const std::string& student) {
      return grader::pseudonym(book.course_key(), student);
    });
  }
  return report.findings;
}

grader::FeedbackOptions page_options(const FeedbackOptions& options,
                                     const grader::Curriculum& curriculum,
                                     const grader::Gradebook& book,
                                     const App& app) {
  grader::FeedbackOptions result;
  if (!options.similarity.empty()) result.similar = similar(options, book, app);
  if (options.submissions.empty() || options.anonymous) return result;
  const auto detail = grader::Detail::scores;
  result.source = GradedSources(
      entries_in(options.submissions, "feedback", app), curriculum,
      options.run ? book.grades(*options.run, detail)
                  : book.latest_grades(detail));
  return result;
}

int run_feedback(const FeedbackOptions& options, App& app) {
  const auto curriculum = course_curriculum(app);
  const grader::Gradebook book(gradebook_path(options.gradebook, app),
                               grader::Gradebook::Mode::existing);
  if (options.run) require_run(book, *options.run);
  grader::ExportChoice choice;
  choice.modules = module_numbers(curriculum, options.modules);
  choice.anonymous = options.anonymous;
  choice.run = options.run;
  const auto table = export_table(book, curriculum, choice);
  const auto pages = grader::feedback_pages(
      table, page_options(options, curriculum, book, app));
  write_directory(pages, app.directory / options.out);
  if (app.json) {
    print_json(app, {{"out", options.out}, {"students", table.rows.size()}});
    return kPassed;
  }
  warn_of_unfinished(book, *app.terminal);
  app.terminal->print(
      "{} in {}, one for each student. index.html is for teachers.\n",
      count(static_cast<int>(table.rows.size()), "page"), options.out);
  return kPassed;
}

}  // namespace

void setup_grade_feedback(CLI::App& group, App& app) {
  const auto options = std::make_shared<FeedbackOptions>();
  CLI::App* command = group.add_subcommand(
      "feedback", "Write a page for each student, and one about the class");
  command->add_option("--out", options->out, "An empty or a new directory")
      ->type_name("DIR")
      ->required();
  command
      ->add_option("--run", options->run,
                   "Only what this run graded; default: the latest grades")
      ->type_name("N");
  command->add_option("--module", options->modules, "Only these: 01,02")
      ->delimiter(',')
      ->allow_extra_args(false)
      ->type_name("MODULE");
  command->add_flag("--anonymous", options->anonymous,
                    "Pseudonyms instead of people");
  command
      ->add_option("--submissions", options->submissions,
                   "Where the submissions are: shows the line of a compile "
                   "error")
      ->type_name("DIR");
  command
      ->add_option(
          "--similarity", options->similarity,
          "What tito grade similarity --json wrote, for the class page")
      ->type_name("FILE");
  add_gradebook_option(*command, options->gradebook);
  add_json_flag(*command, app);
  command->footer(
      "Overrides and the late policy apply now. Of hidden tests that did not\n"
      "pass a page holds the task and the name, nothing else.");
  set_gradebook_action(*command, app,
                       [options, &app] { return run_feedback(*options, app); });
}

}  // namespace tito
