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

struct Section {
  std::string id;  ///< for links
  std::string title;
  Html content;
};

Html section(const Section& part) {
  return element(
             "section",
             Html{"\n"} + element("h2", part.title) + Html{"\n"} + part.content,
             {{"id", part.id}}) +
         Html{"\n"};
}

Html contents(const std::vector<Section>& parts) {
  Html links;
  for (const Section& part : parts) {
    links +=
        element("li", element("a", part.title, {{"href", "#" + part.id}})) +
        Html{"\n"};
  }
  return element("nav", element("ul", Html{"\n"} + links),
                 {{"aria-label", "Contents"}}) +
         Html{"\n"};
}

Html link_to(const Student& student) {
  return element("a", html::isolated(student.id),
                 {{"href", feedback_page_name(student.id)}});
}

Html totals_chart(const Totals& all) {
  std::vector<int> counts(kBins);
  for (const double share : all.shares) {
    const auto bin = static_cast<std::size_t>(std::max(0.0, share) * kBins);
    ++counts[std::min(bin, kBins - 1)];
  }
  std::string words;
  for (std::size_t i = 0; i < kBins; ++i) {
    if (counts[i] == 0) continue;
    words += fmt::format("{}{}-{} %: {}", words.empty() ? "" : "; ", 10 * i,
                         10 * (i + 1), counts[i]);
  }
  return html::histogram(
      {"totals", "Students by their share of the points, in percent",
       words + "."},
      counts, {"0", "20", "40", "60", "80", "100"});
}

Section totals_section(const ExportTable& table) {
  const Totals all = totals(table);
  const std::size_t students = class_rows(table).size();
  const std::size_t strangers = table.rows.size() - students;
  const std::string who = fmt::format(
      "{}, {} with points.{}", count_words(students, "student"),
      all.shares.size(),
      strangers == 0
          ? ""
          : fmt::format(" The figures leave out {} not on the roster.",
                        strangers));
  if (all.shares.empty()) return {"totals", "Totals", paragraph(who)};
  return {"totals", "Totals",
          paragraph(fmt::format(
              "{} Mean {}, median {} of the points within reach.", who,
              percent_words(all.mean()), percent_words(all.median()))) +
              totals_chart(all)};
}

Html degraded_words(const ExportTable& table) {
  const auto degraded = static_cast<std::size_t>(degraded_grades(table));
  if (degraded == 0) return {};
  return paragraph(fmt::format(
      "{} measured without a sandbox: the students' pages say which.",
      count_words(degraded, "grade")));
}

Section modules_section(const ExportTable& table) {
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
  return {"modules", "Modules", out.html()};
}

Section tasks_section(const ExportTable& table) {
  auto tasks = task_figures(table);
  if (tasks.empty()) {
    return {"tasks", "Hardest tasks", paragraph("Nothing was graded yet.")};
  }
  tasks.resize(std::min(tasks.size(), kMostTasks));
  std::vector<html::Bar> bars;
  std::string words;
  for (const TaskFigures& task : tasks) {
    const auto value = fmt::format("{} of {}", task.solved, task.students);
    bars.push_back({task.title, task.share(), value});
    words +=
        fmt::format("{}{}: {}", words.empty() ? "" : "; ", task.title, value);
  }
  return {
      "tasks", "Hardest tasks",
      html::bar_chart({"tasks",
                       "Students with all points of the task, of those whose "
                       "module was graded",
                       words + "."},
                      bars)};
}

Section ends_section(const ExportTable& table) {
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
  return {"ends", "Crashes and limits",
          out.empty() ? paragraph("None.") : out.html()};
}

Section late_section(const ExportTable& table) {
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
  return {"late", "Late", out.empty() ? paragraph("Nobody.") : out.html()};
}

Section ungraded_section(const ExportTable& table) {
  html::Table out("Handed in, and without a grade",
                  {{"Student", false}, {"Module", false}, {"Why", false}});
  for (const ExportRow& row : table.rows) {
    for (std::size_t i = 0; i < row.grades.size(); ++i) {
      const EffectiveGrade& grade = row.grades[i];
      if (!is_open(grade)) continue;
      out.add({link_to(row.student), html::text(table.columns[i].title),
               state_words(grade, row.measured[i])});
    }
  }
  return {"ungraded", "Not graded",
          out.empty() ? paragraph("Everything that was handed in has a grade.")
                      : out.html()};
}

Html spans(const SimilarPair& pair) {
  Html out;
  for (std::size_t i = 0; i < std::min(kMostSpans, pair.spans.size()); ++i) {
    const auto& [left, right] = pair.spans[i];
    out += element("div",
                   fmt::format("{}:{}-{} and {}:{}-{}", left.file, left.first,
                               left.last, right.file, right.first, right.last),
                   {{"class", "notes"}});
  }
  if (pair.spans.size() > kMostSpans) {
    out += element("div",
                   fmt::format("and {} more", pair.spans.size() - kMostSpans));
  }
  return out;
}

Section similar_section(const std::vector<SimilarityFinding>& findings) {
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
  return {"similar", "Similar submissions",
          content + (out.empty() ? paragraph("None.") : out.html())};
}

Section students_section(const ExportTable& table) {
  html::Table out("Everyone, with a link to the student's page",
                  {{"Student", false}, {"Name", false}, {"Points", true}});
  for (const ExportRow& row : table.rows) {
    out.add({link_to(row.student), html::isolated(row.student.name),
             html::text(points_of(row.points, row.maximum))});
  }
  return {"students", "Students",
          out.empty() ? paragraph("Nobody is in the gradebook.") : out.html()};
}

}  // namespace

std::string class_page(const ExportTable& table,
                       const FeedbackOptions& options) {
  std::vector<Section> parts = {totals_section(table), modules_section(table),
                                tasks_section(table),  ends_section(table),
                                late_section(table),   ungraded_section(table)};
  if (options.similar) parts.push_back(similar_section(*options.similar));
  parts.push_back(students_section(table));
  Html content = element("h1", "The class") + Html{"\n"} +
                 element("p",
                         "For teachers. Give each student only the student's "
                         "own page.",
                         {{"class", "quiet"}}) +
                 Html{"\n"} + degraded_words(table) + contents(parts);
  for (const Section& part : parts) content += section(part);
  return html::page("The class",
                    element("main", Html{"\n"} + content) + Html{"\n"});
}

}  // namespace grader
