// Charts as inline SVG.
#pragma once

#include <string>
#include <vector>

#include "html.hpp"

namespace grader::html {

struct ChartText {
  std::string id;           ///< different for each chart of a page
  std::string title;        ///< what it shows; stands above
  std::string description;  ///< the same in words, for who cannot see it
};

struct Bar {
  std::string label;
  double share = 0;   ///< of the full length, 0 to 1
  std::string value;  ///< stands behind the bar: a dozen characters
};

/// Bars from left to right, one below the other.
Html bar_chart(const ChartText& text, const std::vector<Bar>& bars);

/// Columns beside each other, as high as their counts. Below them stand ticks,
/// evenly from the left edge to the right one.
/// REQUIRES: a count, and two ticks.
Html histogram(const ChartText& text, const std::vector<int>& counts,
               const std::vector<std::string>& ticks);

}  // namespace grader::html
