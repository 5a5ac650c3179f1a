#include "dev/stub.hpp"

#include <fmt/format.h>

namespace tito::dev {
namespace {

constexpr std::size_t kColumns = 80;

/// The call, broken after a comma where it would be too long.
std::vector<std::string> call(const Region& region) {
  std::vector<std::string> args = {fmt::format("\"{}\"", region.task),
                                   fmt::format("\"{}\"", region.name)};
  args.insert(args.end(), region.args.begin(), region.args.end());
  const std::string head = region.indent + "not_implemented(";
  std::vector<std::string> lines = {head};
  for (std::size_t i = 0; i < args.size(); ++i) {
    const bool last = i + 1 == args.size();
    const std::string piece = args[i] + (last ? ");" : ",");
    const std::string gap = i == 0 ? "" : " ";
    if (i > 0 && lines.back().size() + 1 + piece.size() > kColumns) {
      lines.push_back(std::string(head.size(), ' ') + piece);
    } else {
      lines.back() += gap + piece;
    }
  }
  return lines;
}

bool opens_block(const std::string& line) {
  return line.ends_with('{') && line.find("namespace") == line.npos;
}

bool closes_block(const std::string& line) {
  return trim(line).starts_with('}') && line.find("namespace") == line.npos;
}

/// The stub's lines so far; knows where a private region has been left out.
class Output {
 public:
  void leave_out() { seam_ = true; }

  void add(const std::string& line) {
    if (seam_ && trim(line).empty()) {
      if (lines_.empty() || lines_.back().empty() ||
          opens_block(lines_.back())) {
        return;
      }
    } else if (seam_) {
      if (closes_block(line)) drop_blank();
      seam_ = false;
    }
    lines_.push_back(line);
  }

  std::string text() {
    if (seam_) drop_blank();
    return join_lines(lines_);
  }

 private:
  void drop_blank() {
    if (!lines_.empty() && lines_.back().empty()) lines_.pop_back();
  }

  std::vector<std::string> lines_;
  bool seam_ = false;
};

}  // namespace

std::string generate_stub(const std::string& solution,
                          const std::vector<Region>& regions) {
  const std::vector<std::string> lines = split_lines(solution);
  Output output;
  auto region = regions.begin();
  for (std::size_t i = 0; i < lines.size(); ++i) {
    if (region == regions.end() || static_cast<int>(i) + 1 != region->first) {
      output.add(lines[i]);
      continue;
    }
    if (region->task.empty()) {
      output.leave_out();
    } else {
      output.add(fmt::format("{}// TODO({}): {}", region->indent, region->task,
                             region->name));
      for (const std::string& line : call(*region)) output.add(line);
    }
    i = static_cast<std::size_t>(region->last) - 1;
    ++region;
  }
  return output.text();
}

}  // namespace tito::dev
