#include "class_page.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "chart.hpp"
#include "class_figures.hpp"
#include "grader/report.hpp"
#include "table.hpp"
#include "words.hpp"

namespace grader {
namespace {

using html::element;
using html::Html;

constexpr std::size_t kBins = 10;
constexpr std::size_t kMostTasks = 12;
constexpr std::size_t kMostSpans = 5;
constexpr std::size_t kMostPairs = 50;

Html number(std::size_t count) { return html::text(std::to_string(count)); }

Html paragraph(const std::string& raw) {
  return element("p", raw) + Html{"\n"};
}

Html section(const std::string& title, const Html& content) {
  return element("section",
                 Html{"\n"} + element("h2", title) + Html{"\n"} + content) +
         Html{"\n"};
}

Html link_to(const Student& student) {
  return element("a", html::isolated(student.id),
                 {{"href", feedback_page_name(student.id)}});
}

Html totals_section(const ExportTable& table) {
  const Totals all = totals(table);
  const std::string who =
      fmt::format("{}, {} with points.",
                  count_words(table.rows.size(), "student"), all.shares.size());
  if (all.shares.empty()) return section("Totals", paragraph(who));
  std::vector<html::Bin> bins(kBins);
  for (std::size_t i = 0; i < kBins; ++i) {
    bins[i].label = fmt::format("{}-{} %", 10 * i, 10 * (i + 1));
  }
  for (const double share : all.shares) {
    const auto bin = static_cast<std::size_t>(std::max(0.0, share) * kBins);
    ++bins[std::min(bin, kBins - 1)].count;
  }
  std::string words;
  for (const html::Bin& bin : bins) {
    if (bin.count == 0) continue;
    words += fmt::format("{}{}: {}", words.empty() ? "" : "; ", bin.label,
                         bin.count);
  }
  return section(
      "Totals",
      paragraph(fmt::format("{} Mean {}, median {} of the points within reach.",
                            who, percent_words(all.mean()),
                            percent_words(all.median()))) +
          html::histogram(
              {"totals", "Students by their share of the points", words + "."},
              bins));
}

Html degraded_words(const ExportTable& table) {
  const auto degraded = static_cast<std::size_t>(degraded_grades(table));
  if (degraded == 0) return {};
  return paragraph(fmt::format(
      "{} measured without a sandbox: the students' pages say which.",
      count_words(degraded, "grade")));
}

Html modules_section(const ExportTable& table) {
  html::Table out("Students in each module", {{"Module", false},
                                              {"Graded", true},
                                              {"Mean points", true},
                                              {"Late", true},
                                              {"Not handed in", true},
                                              {"Excused", true},
                                              {"Unreadable", true},
                                              {"Our failure", true}});
  for (const ModuleFigures& figures : module_figures(table)) {
    const auto mean = figures.mean();
    out.add({html::text(figures.title), number(figures.graded),
             html::text(mean ? fmt::format("{:.1f}", *mean) : "none"),
             number(figures.late), number(figures.missing),
             number(figures.excused), number(figures.unreadable),
             number(figures.not_graded)});
  }
  return section("Modules", out.html());
}

Html tasks_section(const ExportTable& table) {
  auto tasks = task_figures(table);
  if (tasks.empty()) return {};
  tasks.resize(std::min(tasks.size(), kMostTasks));
  std::vector<html::Bar> bars;
  std::string words;
  for (const TaskFigures& task : tasks) {
    const auto value = fmt::format("{} ({} of {})", percent_words(task.share()),
                                   task.solved, task.students);
    bars.push_back({task.title, task.share(), value});
    words +=
        fmt::format("{}{}: {}", words.empty() ? "" : "; ", task.title, value);
  }
  return section(
      "Hardest tasks",
      paragraph("The share of students with all points of the task, of those "
                "whose module was graded.") +
          html::bar_chart(
              {"tasks", "Tasks that the fewest students solved", words + "."},
              bars));
}

Html ends_section(const ExportTable& table) {
  html::Table out("Students with a test of the task that ended so",
                  {{"Task", false},
                   {"Crashed", true},
                   {"Ran out of time", true},
                   {"Printed too much", true},
                   {"Ended early", true}});
  for (const EndFigures& figures : end_figures(table)) {
    out.add({html::text(figures.title), number(figures.crashed),
             number(figures.timed_out), number(figures.output_limit),
             number(figures.incomplete)});
  }
  return section("Crashes and limits",
                 out.empty() ? paragraph("None.") : out.html());
}

Html late_section(const ExportTable& table) {
  html::Table out("Late submissions", {{"Student", false},
                                       {"Module", false},
                                       {"Days late", true},
                                       {"Tokens spent", true},
                                       {"Measured", true},
                                       {"Counts", true}});
  for (const ExportRow& row : table.rows) {
    for (std::size_t i = 0; i < row.grades.size(); ++i) {
      const EffectiveGrade& grade = row.grades[i];
      if (grade.days_late == 0) continue;
      out.add({link_to(row.student), html::text(table.columns[i].title),
               html::text(std::to_string(grade.days_late)),
               html::text(std::to_string(grade.tokens)),
               html::text(points_words(grade.raw)),
               html::text(points_words(grade.points))});
    }
  }
  return section("Late", out.empty() ? paragraph("Nobody.") : out.html());
}

Html ungraded_section(const ExportTable& table) {
  html::Table out("Handed in, and without a grade",
                  {{"Student", false}, {"Module", false}, {"Why", false}});
  for (const ExportRow& row : table.rows) {
    for (std::size_t i = 0; i < row.grades.size(); ++i) {
      const EffectiveGrade& grade = row.grades[i];
      if (grade.state != GradeState::unreadable &&
          grade.state != GradeState::not_graded) {
        continue;
      }
      out.add({link_to(row.student), html::text(table.columns[i].title),
               state_words(grade, row.measured[i])});
    }
  }
  return section("Not graded",
                 out.empty()
                     ? paragraph("Everything that was handed in has a grade.")
                     : out.html());
}

Html spans(const SimilarPair& pair) {
  Html out;
  for (std::size_t i = 0; i < std::min(kMostSpans, pair.spans.size()); ++i) {
    const auto& [left, right] = pair.spans[i];
    out += element("div",
                   fmt::format("{}:{}-{} and {}:{}-{}", left.file, left.first,
                               left.last, right.file, right.first, right.last));
  }
  if (pair.spans.size() > kMostSpans) {
    out += element("div",
                   fmt::format("and {} more", pair.spans.size() - kMostSpans));
  }
  return out;
}

Html similar_section(const std::vector<SimilarityFinding>& findings) {
  html::Table out("Pairs that look alike", {{"Students", false},
                                            {"Module", false},
                                            {"Contained", true},
                                            {"Jaccard", true},
                                            {"Lines of both", false}});
  for (std::size_t i = 0; i < std::min(kMostPairs, findings.size()); ++i) {
    const auto& [module, pair] = findings[i];
    out.add({html::isolated(pair.left) + html::text(" and ") +
                 html::isolated(pair.right),
             html::text(module), html::text(percent_words(pair.containment())),
             html::text(percent_words(pair.jaccard())), spans(pair)});
  }
  Html content = paragraph(std::string(kSimilarityNote));
  if (findings.size() > kMostPairs) {
    content += paragraph(
        fmt::format("The first {} of {} pairs.", kMostPairs, findings.size()));
  }
  return section("Similar submissions",
                 content + (out.empty() ? paragraph("None.") : out.html()));
}

Html students_section(const ExportTable& table) {
  html::Table out(
      "Everyone, with a link to the student's page",
      {{"Student", false}, {"Name", false}, {"Points", true}, {"Of", true}});
  for (const ExportRow& row : table.rows) {
    out.add({link_to(row.student), html::isolated(row.student.name),
             html::text(points_words(row.points)),
             html::text(format_points(row.maximum))});
  }
  return section("Students", out.html());
}

}  // namespace

std::string class_page(const ExportTable& table,
                       const FeedbackOptions& options) {
  Html content = element("h1", "The class") + Html{"\n"} +
                 element("p",
                         "For teachers. Give each student only the student's "
                         "own page.",
                         {{"class", "quiet"}}) +
                 Html{"\n"} + totals_section(table) + degraded_words(table) +
                 modules_section(table) + tasks_section(table) +
                 ends_section(table) + late_section(table) +
                 ungraded_section(table);
  if (options.similar) content += similar_section(*options.similar);
  content += students_section(table);
  return html::page("The class",
                    element("main", Html{"\n"} + content) + Html{"\n"});
}

}  // namespace grader
