// Tables that screen readers can read, too.
#pragma once

#include <string>
#include <vector>

#include "html.hpp"

namespace grader::html {

struct Column {
  std::string title;
  bool number = false;  ///< to the right
};

/// Rows of cells; the first cell of a row is its header.
class Table {
 public:
  Table(std::string caption, std::vector<Column> columns);
  void add(const std::vector<Html>& cells);
  bool empty() const { return rows_.empty(); }
  Html html() const;

 private:
  Html head() const;

  std::string caption_;
  std::vector<Column> columns_;
  Html rows_;
};

}  // namespace grader::html
