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

std::vector<int> Table::widths(int available) const {
  std::vector<int> width;
  for (const auto& row : rows_) {
    width.resize(std::max(width.size(), row.size()));
    for (std::size_t i = 0; i < row.size(); ++i) {
      width[i] = std::max(width[i], display_width(row[i].text));
    }
  }
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
  std::string out;
  for (const auto& row : rows_) {
    std::string line(indent, ' ');
    for (std::size_t i = 0; i < row.size(); ++i) {
      if (i > 0) line += std::string(kGap, ' ');
      line += terminal.paint(row[i].style, fit(row[i].text, width[i]));
    }
    const std::size_t end = line.find_last_not_of(' ');
    out += line.substr(0, end == std::string::npos ? 0 : end + 1) + '\n';
  }
  return out;
}

}  // namespace tito
