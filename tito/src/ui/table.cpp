#include "ui/table.hpp"

#include <algorithm>
#include <numeric>

#include "ui/text.hpp"

namespace tito {
namespace {

constexpr int kGap = 2;
constexpr int kNarrowestColumn = 6;

}  // namespace

Table::Table(std::vector<std::string> header) : has_header_(!header.empty()) {
  if (!has_header_) return;
  std::vector<Cell> row;
  for (std::string& text : header) row.push_back({std::move(text), Style::dim});
  rows_.push_back(std::move(row));
}

void Table::add(std::vector<Cell> row) { rows_.push_back(std::move(row)); }

std::vector<int> Table::natural_widths() const {
  std::vector<int> width;
  for (const auto& row : rows_) {
    width.resize(std::max(width.size(), row.size()));
    for (std::size_t i = 0; i < row.size(); ++i) {
      width[i] = std::max(width[i], display_width(row[i].text));
    }
  }
  return width;
}

std::vector<int> Table::widths(int available) const {
  std::vector<int> width = natural_widths();
  if (width.empty()) return width;
  const int gaps = kGap * (static_cast<int>(width.size()) - 1);
  while (std::accumulate(width.begin(), width.end(), gaps) > available) {
    const auto widest = std::max_element(width.begin(), width.end());
    if (*widest <= kNarrowestColumn) break;
    --*widest;
  }
  return width;
}

std::string Table::render(const Terminal& terminal, int indent) const {
  const std::vector<int> width = widths(terminal.width() - indent);
  Columns all(width.size());
  std::iota(all.begin(), all.end(), 0);
  return lines(terminal, width, all, indent);
}

bool Table::fits(const Terminal& terminal, int first) const {
  std::vector<int> width = natural_widths();
  if (width.empty()) return true;
  width[0] = std::min(width[0], first);
  const int gaps = kGap * (static_cast<int>(width.size()) - 1);
  return std::accumulate(width.begin(), width.end(), gaps) <= terminal.width();
}

std::string Table::render_blocks(const Terminal& terminal, int first) const {
  std::vector<int> width = natural_widths();
  if (width.empty()) return "";
  const int natural = width[0], least = std::min(natural, first);
  std::string out;
  for (std::size_t next = 1; next < width.size();) {
    Columns columns = {0};
    int left = terminal.width();
    do {  // a column wider than the terminal stands alone
      columns.push_back(next);
      left -= kGap + width[next++];
    } while (next < width.size() && left - kGap - width[next] >= least);
    width[0] = std::clamp(left, least, natural);
    out += (out.empty() ? "" : "\n") + lines(terminal, width, columns, 0);
  }
  return out;
}

std::string Table::lines(const Terminal& terminal,
                         const std::vector<int>& width, const Columns& columns,
                         int indent) const {
  std::string out;
  for (const auto& row : rows_) {
    std::string line(indent, ' ');
    for (const std::size_t i : columns) {
      if (i >= row.size()) continue;
      if (i > 0) line += std::string(kGap, ' ');
      line += terminal.paint(row[i].style, fit(row[i].text, width[i]));
    }
    const std::size_t end = line.find_last_not_of(' ');
    out += line.substr(0, end == std::string::npos ? 0 : end + 1) + '\n';
  }
  return out;
}

}  // namespace tito
