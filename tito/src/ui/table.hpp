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

  /// Shortens the first column alone, to `first` columns of text at most.
  bool fits(const Terminal& terminal, int first) const;
  /// The same; columns that do not fit follow in further blocks, each behind
  /// the first column.
  std::string render_blocks(const Terminal& terminal, int first) const;

 private:
  using Columns = std::vector<std::size_t>;

  std::vector<int> natural_widths() const;
  std::vector<int> widths(int available) const;
  std::string lines(const Terminal& terminal, const std::vector<int>& width,
                    const Columns& columns, int indent) const;

  std::vector<std::vector<Cell>> rows_;
  bool has_header_ = false;
};

}  // namespace tito
