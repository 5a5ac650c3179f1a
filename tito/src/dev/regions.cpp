#include "dev/regions.hpp"

#include <fmt/format.h>

#include <optional>
#include <regex>

namespace tito::dev {
namespace {

constexpr std::string_view kOpen = "// <solution";
constexpr std::string_view kClose = "// </solution>";

class Parser {
 public:
  Parser(const std::string& text, const std::string& file,
         std::vector<Problem>& problems)
      : lines_(split_lines(text)), file_(file), problems_(problems) {}

  std::vector<Region> parse() {
    for (at_ = 0; at_ < lines_.size(); ++at_) read_line(lines_[at_]);
    if (open_) {
      report(open_->first, "this region is never closed: add `// </solution>`");
    }
    return std::move(regions_);
  }

 private:
  int line() const { return static_cast<int>(at_) + 1; }

  void report(int line, const std::string& text) {
    problems_.push_back({file_, line, text});
  }

  void read_line(const std::string& line) {
    const std::string_view text = trim(line);
    if (text == kClose) {
      close_region();
    } else if (text.starts_with(kOpen)) {
      open_region();
    } else if (text.find("<solution") != text.npos ||
               text.find("</solution") != text.npos) {
      report(this->line(),
             "a mark must be a line of its own: `// <solution ...>` or "
             "`// </solution>`");
    }
  }

  void close_region() {
    if (!open_) {
      report(line(), "`// </solution>` closes nothing: remove it");
      return;
    }
    open_->last = line();
    regions_.push_back(std::move(*open_));
    open_.reset();
  }

  void open_region() {
    const int first = line();
    const std::string& text = lines_[at_];
    Region region;
    region.first = first;
    region.indent = text.substr(0, text.find('/'));
    read_attributes(mark(), first, region);
    region.body = line() + 1;
    if (open_) {
      report(first, fmt::format("a region inside the one of line {}: close "
                                "that one first",
                                open_->first));
      return;
    }
    open_ = std::move(region);
  }

  /// The text between `<solution` and `>`, which the formatter may have broken
  /// over several lines.
  std::string mark() {
    const int first = line();
    std::string text(trim(lines_[at_]).substr(kOpen.size()));
    while (!text.ends_with('>')) {
      if (at_ + 1 == lines_.size() ||
          !trim(lines_[at_ + 1]).starts_with("//")) {
        report(first, "the mark does not end in `>`");
        return text;
      }
      text += trim(lines_[++at_]).substr(2);
    }
    text.pop_back();
    return text;
  }

  void read_attributes(const std::string& mark, int line, Region& region) {
    static const std::regex attribute(R"re(\s+(\w+)="([^"\\]*)")re");
    auto rest = mark.cbegin();
    std::smatch match;
    while (std::regex_search(rest, mark.cend(), match, attribute,
                             std::regex_constants::match_continuous)) {
      set_attribute(match[1], match[2], line, region);
      rest = match.suffix().first;
    }
    if (!trim({&*mark.cbegin() + (rest - mark.cbegin()),
               static_cast<std::size_t>(mark.cend() - rest)})
             .empty()) {
      report(line, fmt::format("cannot read `{}`: write task=\"01.6\" "
                               "name=\"reshape\" args=\"shape\"",
                               std::string(rest, mark.cend())));
    }
    check_attributes(line, region);
  }

  void set_attribute(const std::string& key, const std::string& value, int line,
                     Region& region) {
    if (key == "task") {
      region.task = value;
    } else if (key == "name") {
      region.name = value;
    } else if (key == "args") {
      region.args = split_list(value);
    } else {
      report(line, fmt::format("unknown attribute `{}`: there are task, name "
                               "and args",
                               key));
    }
  }

  void check_attributes(int line, const Region& region) {
    if (!region.task.empty() && region.name.empty()) {
      report(line, fmt::format("the region of task {} has no name: add "
                               "name=\"...\"",
                               region.task));
    }
    if (region.task.empty() && !(region.name.empty() && region.args.empty())) {
      report(line, "name and args need a task: add task=\"...\"");
    }
  }

  std::vector<std::string> lines_;
  std::string file_;
  std::vector<Problem>& problems_;
  std::vector<Region> regions_;
  std::optional<Region> open_;
  std::size_t at_ = 0;
};

}  // namespace

std::vector<Region> parse_regions(const std::string& text,
                                  const std::string& file,
                                  std::vector<Problem>& problems) {
  return Parser(text, file, problems).parse();
}

void check_regions(const std::vector<Region>& regions,
                   const grader::Module& module, const std::string& source,
                   const std::string& file, std::vector<Problem>& problems) {
  for (const Region& region : regions) {
    if (region.task.empty()) continue;
    const grader::Task* task = module.task(region.task);
    if (!task) {
      problems.push_back(
          {file, region.first,
           fmt::format("module {} has no task {}: see modules/curriculum.json",
                       module.number, region.task)});
    } else if (task->file != source) {
      problems.push_back(
          {file, region.first,
           fmt::format("task {} belongs into {}, says modules/curriculum.json",
                       region.task, task->file)});
    }
  }
}

std::vector<int> lines_in_regions(const std::vector<Region>& regions) {
  std::vector<int> lines;
  for (const Region& region : regions) {
    for (int line = region.body; line < region.last; ++line) {
      lines.push_back(line);
    }
  }
  return lines;
}

}  // namespace tito::dev
