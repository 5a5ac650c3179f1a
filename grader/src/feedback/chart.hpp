// Charts as inline SVG.
#pragma once

#include <string>
#include <vector>

#include "html.hpp"

namespace grader::html {

struct ChartText {
  std::string id;           ///< different for each chart of a page
  std::string title;        ///< what it shows
  std::string description;  ///< the same in words, for who cannot see it
};

struct Bar {
  std::string label;
  double share = 0;   ///< of the full length, 0 to 1
  std::string value;  ///< stands behind the bar
};

/// Bars from left to right, one below the other.
Html bar_chart(const ChartText& text, const std::vector<Bar>& bars);

/// Columns beside each other, as high as their counts.
struct Bin {
  std::string label;
  int count = 0;
};
Html histogram(const ChartText& text, const std::vector<Bin>& bins);

}  // namespace grader::html
