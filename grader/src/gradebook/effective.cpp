#include "grader/gradebook/effective.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "grader/report.hpp"

namespace grader {
namespace {

using std::chrono::days;
using std::chrono::seconds;

GradeState state_of(Outcome outcome) {
  switch (outcome) {
    case Outcome::missing:
      return GradeState::missing;
    case Outcome::unreadable:
      return GradeState::unreadable;
    case Outcome::infrastructure_error:
      return GradeState::not_graded;
    default:
      return GradeState::graded;
  }
}

/// What lateness leaves of the earned points, from 0 to 1.
double kept(const Policy& policy, int days_late) {
  if (days_late == 0) return 1;
  if (policy.late == Policy::Late::cutoff) return 0;
  return 1 - std::min(policy.most_percent, policy.percent_per_day * days_late) /
                 100;
}

/// The fewest tokens of `left` that bring the most.
int tokens_worth(const Policy& policy, int days_late, int left) {
  int best = 0;
  for (int spent = 1; spent <= std::min(days_late, left); ++spent) {
    const bool better =
        kept(policy, days_late - spent) > kept(policy, days_late - best);
    if (better) best = spent;
  }
  return best;
}

/// Half a hundredth rounds up, also where its binary form is a little less.
double to_hundredths(double points) {
  return std::floor(points * 100 + 0.5 + 1e-6) / 100;
}

/// What the other tasks have is unknown, and the sum with it. A module that was
/// not handed in has nothing else, so there the sum is known.
bool is_to_be_graded(const EffectiveGrade& grade) {
  return grade.state == GradeState::not_graded ||
         grade.state == GradeState::unreadable;
}

/// Works through one student's modules, in order.
class Reckoning {
 public:
  Reckoning(const Policy& policy, const Decisions& decisions)
      : policy_(policy),
        decisions_(decisions),
        tokens_left_(decisions.tokens.value_or(policy.tokens)) {}

  EffectiveGrade grade(const Module& module, const RecordedGrade* recorded) {
    EffectiveGrade grade = measured(module, recorded);
    override_tasks(module, grade);
    if (decisions_.excused.contains(module.number)) {
      excuse(grade);
    } else if (const auto found = decisions_.modules.find(module.number);
               found != decisions_.modules.end()) {
      override_module(found->second, grade);
    } else if (recorded != nullptr && grade.raw) {
      apply_lateness(recorded->handed, grade);
    }
    if (grade.points) grade.points = to_hundredths(*grade.points);
    if (grade.degraded) grade.notes.emplace_back(kDegradedNote);
    return grade;
  }

  int tokens_left() const { return tokens_left_; }

 private:
  static EffectiveGrade measured(const Module& module,
                                 const RecordedGrade* recorded) {
    EffectiveGrade grade;
    grade.module = module.number;
    grade.maximum = module.points();
    if (recorded == nullptr) return grade;
    const ModuleGrade& source = recorded->grade;
    grade.state = state_of(source.outcome);
    grade.tasks = source.tasks;
    if (source.has_points()) grade.raw = source.points;
    grade.points = grade.raw;
    grade.degraded = recorded->degraded;
    if (recorded->failed_run != 0) {
      grade.outdated = true;
      grade.notes.push_back(fmt::format(
          "measured in run {}; what was handed in for run {} has no "
          "grade yet",
          recorded->run, recorded->failed_run));
    }
    for (const std::string& note : recorded->notes) {
      if (is_stub_note(note, source.folder)) grade.notes.push_back(note);
    }
    return grade;
  }

  void override_tasks(const Module& module, EffectiveGrade& grade) const {
    const bool waits = is_to_be_graded(grade);
    for (const Task& task : module.tasks) {
      const auto found = decisions_.tasks.find(task.id);
      if (found == decisions_.tasks.end()) continue;
      if (!waits) override_task(task, found->second, grade);
      grade.notes.push_back(fmt::format(
          "override: {} has {}{}", task.id, format_points(found->second),
          waits ? " once the module is graded" : ""));
    }
  }

  static void override_task(const Task& task, double points,
                            EffectiveGrade& grade) {
    const auto same = std::find_if(
        grade.tasks.begin(), grade.tasks.end(),
        [&](const TaskScore& score) { return score.task == task.id; });
    const double before = same == grade.tasks.end() ? 0 : same->points;
    if (same == grade.tasks.end()) {
      grade.tasks.push_back({task.id, points, task.points, 0, 0});
    } else {
      same->points = points;
    }
    grade.points = grade.points.value_or(0) + points - before;
    grade.state = GradeState::graded;
    grade.overridden = true;
  }

  static void excuse(EffectiveGrade& grade) {
    grade.state = GradeState::excused;
    grade.outdated = false;
    grade.points.reset();
    grade.notes = {"excused"};
  }

  void override_module(double points, EffectiveGrade& grade) const {
    grade.state = GradeState::graded;
    grade.outdated = false;
    grade.points = points;
    grade.overridden = true;
    grade.notes.push_back(fmt::format("override: {}; lateness does not count",
                                      format_points(points)));
  }

  int days_late(const Handed& handed, EffectiveGrade& grade) const {
    const auto due = policy_.due.find(grade.module);
    if (!handed.submitted_at || due == policy_.due.end()) return 0;
    Instant deadline = due->second;
    if (const auto extension = decisions_.extensions.find(grade.module);
        extension != decisions_.extensions.end() &&
        extension->second > deadline) {
      deadline = extension->second;
      grade.notes.push_back("extension until " + to_text(deadline));
    }
    const seconds late = *handed.submitted_at - deadline - policy_.grace;
    if (late <= seconds(0)) return 0;
    return static_cast<int>(std::chrono::ceil<days>(late).count());
  }

  void apply_lateness(const Handed& handed, EffectiveGrade& grade) {
    grade.days_late = days_late(handed, grade);
    if (grade.days_late == 0) return;
    if (*grade.points > 0) {
      grade.tokens = tokens_worth(policy_, grade.days_late, tokens_left_);
    }
    tokens_left_ -= grade.tokens;
    const double share = kept(policy_, grade.days_late - grade.tokens);
    *grade.points *= share;
    grade.notes.push_back(fmt::format(
        "{} {} late, {} {} spent: {}% kept", grade.days_late,
        grade.days_late == 1 ? "day" : "days", grade.tokens,
        grade.tokens == 1 ? "token" : "tokens", format_points(100 * share)));
  }

  const Policy& policy_;
  const Decisions& decisions_;
  int tokens_left_;
};

/// What was not handed in is lower than any points.
double fraction(const EffectiveGrade& grade) {
  if (!grade.points) return -1;
  return grade.maximum > 0 ? *grade.points / grade.maximum : 1;
}

void drop_lowest(int count, std::vector<EffectiveGrade>& grades) {
  for (; count > 0; --count) {
    EffectiveGrade* lowest = nullptr;
    for (EffectiveGrade& grade : grades) {
      const bool candidate = !grade.dropped &&
                             grade.state != GradeState::excused &&
                             grade.state != GradeState::not_graded;
      if (!candidate) continue;
      if (lowest == nullptr || fraction(grade) <= fraction(*lowest)) {
        lowest = &grade;
      }
    }
    if (lowest == nullptr) return;
    lowest->dropped = true;
    lowest->notes.emplace_back("dropped: does not count in the total");
  }
}

}  // namespace

bool is_open(const EffectiveGrade& grade) {
  return grade.outdated || is_to_be_graded(grade);
}

const char* to_string(GradeState state) {
  switch (state) {
    case GradeState::graded:
      return "graded";
    case GradeState::missing:
      return "missing";
    case GradeState::unreadable:
      return "unreadable";
    case GradeState::not_graded:
      return "not-graded";
    case GradeState::excused:
      return "excused";
  }
  return "unknown";
}

Total total_of(const std::vector<EffectiveGrade>& modules) {
  Total total;
  for (const EffectiveGrade& grade : modules) {
    if (grade.dropped || grade.state == GradeState::excused) continue;
    total.maximum += grade.maximum;
    if (grade.points) {
      total.points = to_hundredths(total.points.value_or(0) + *grade.points);
    }
  }
  return total;
}

StudentGrades effective_grades(const std::vector<const RecordedGrade*>& grades,
                               const Curriculum& curriculum,
                               const Policy& policy,
                               const Decisions& decisions) {
  Reckoning reckoning(policy, decisions);
  StudentGrades result;
  for (const Module& module : curriculum.modules()) {
    const auto found = std::find_if(
        grades.begin(), grades.end(), [&](const RecordedGrade* grade) {
          return grade->grade.number == module.number;
        });
    result.modules.push_back(
        reckoning.grade(module, found == grades.end() ? nullptr : *found));
  }
  drop_lowest(policy.drop_lowest, result.modules);
  result.total = total_of(result.modules);
  result.tokens_left = reckoning.tokens_left();
  return result;
}

}  // namespace grader
