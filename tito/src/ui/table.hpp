// Columns of text that fit the terminal.
#pragma once

#include <string>
#include <vector>

#include "ui/terminal.hpp"

namespace tito {

struct Cell {
  std::string text;
  Style style = Style::plain;
};

/// Rows of cells, printed with columns as wide as their widest cell. If that
/// exceeds the terminal, the widest columns are shortened.
class Table {
 public:
  explicit Table(std::vector<std::string> header = {});
  void add(std::vector<Cell> row);
  std::string render(const Terminal& terminal, int indent = 0) const;

 private:
  std::vector<int> widths(int available) const;

  std::vector<std::vector<Cell>> rows_;
  bool has_header_ = false;
};

}  // namespace tito
