#include "chart.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace grader::html {
namespace {

// Charts are as wide as there is room: what lies across is a share of the
// width, and what stands is in pixels. So letters keep their size on a phone.
constexpr int kRow = 46, kBarTop = 20, kBarHeight = 14;
constexpr double kBarLength = 0.62, kGap = 0.02;
constexpr int kPlotHeight = 160, kGround = kPlotHeight + 24, kBottom = 24;

std::string number(double value) { return fmt::format("{:.6g}", value); }
std::string percent(double share) { return number(100 * share) + "%"; }

Html rectangle(const char* kind, double x, double y, double width,
               double height) {
  return element("rect", Html{},
                 {{"class", kind},
                  {"x", percent(x)},
                  {"y", number(y)},
                  {"width", percent(width)},
                  {"height", number(height)},
                  {"rx", "2"}}) +
         Html{"\n"};
}

Html label(const std::string& raw, double x, double y, const char* anchor) {
  return element(
             "text", raw,
             {{"x", percent(x)}, {"y", number(y)}, {"text-anchor", anchor}}) +
         Html{"\n"};
}

Html drawing(const ChartText& text, int height, const Html& content) {
  const std::string title = text.id + "-title", desc = text.id + "-desc";
  const Html caption = element("figcaption", text.title, {{"id", title}});
  const Html svg =
      element("svg",
              Html{"\n"} + element("desc", text.description, {{"id", desc}}) +
                  Html{"\n"} + content,
              {{"role", "img"},
               {"height", std::to_string(height)},
               {"aria-labelledby", title},
               {"aria-describedby", desc}});
  return element("figure",
                 Html{"\n"} + caption + Html{"\n"} + svg + Html{"\n"}) +
         Html{"\n"};
}

/// As much of the label as there is room for on a phone.
std::string fitting(const std::string& raw) { return shortened(raw, 34); }

/// The first and the last one stay inside of the chart.
Html tick(const std::string& raw, std::size_t i, std::size_t last) {
  const double x = static_cast<double>(i) / static_cast<double>(last);
  const char* anchor = i == 0 ? "start" : i == last ? "end" : "middle";
  return label(raw, x, kGround + 18, anchor);
}

Html column(double left, double width, int count, double share) {
  const double height = kPlotHeight * share, top = kGround - height;
  return rectangle("bar", left + width / 20, top, width * 0.9, height) +
         label(std::to_string(count), left + width / 2, top - 6, "middle");
}

Html axis() {
  return element("line", Html{},
                 {{"class", "axis"},
                  {"x1", "0"},
                  {"x2", "100%"},
                  {"y1", number(kGround)},
                  {"y2", number(kGround)}}) +
         Html{"\n"};
}

}  // namespace

Html bar_chart(const ChartText& text, const std::vector<Bar>& bars) {
  Html content;
  int y = 0;
  for (const Bar& bar : bars) {
    const double top = y + kBarTop;
    const double share = std::clamp(bar.share, 0.0, 1.0);
    content += label(fitting(bar.label), 0, y + 13, "start");
    content += rectangle("track", 0, top, kBarLength, kBarHeight);
    if (share > 0) {
      content += rectangle("bar", 0, top, kBarLength * share, kBarHeight);
    }
    content += label(bar.value, kBarLength + kGap, top + 12, "start");
    y += kRow;
  }
  return drawing(text, y, content);
}

Html histogram(const ChartText& text, const std::vector<int>& counts,
               const std::vector<std::string>& ticks) {
  const double step = 1.0 / static_cast<double>(counts.size());
  const int most = std::max(1, *std::max_element(counts.begin(), counts.end()));
  Html content;
  for (std::size_t i = 0; i < counts.size(); ++i) {
    if (counts[i] == 0) continue;
    content += column(step * static_cast<double>(i), step, counts[i],
                      static_cast<double>(counts[i]) / most);
  }
  for (std::size_t i = 0; i < ticks.size(); ++i) {
    content += tick(ticks[i], i, ticks.size() - 1);
  }
  return drawing(text, kGround + kBottom, content + axis());
}

}  // namespace grader::html
