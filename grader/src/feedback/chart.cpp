#include "chart.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace grader::html {
namespace {

// In units of the drawing, which are pixels at its full width.
constexpr int kWidth = 720;
constexpr int kRow = 30, kBarHeight = 16;
constexpr int kLabels = 230, kValues = 130;
constexpr int kPlotHeight = 160, kTop = 24, kBottom = 24;

std::string number(double value) { return fmt::format("{:.6g}", value); }

Html rectangle(const char* kind, double x, double y, double width,
               double height) {
  return element("rect", Html{},
                 {{"class", kind},
                  {"x", number(x)},
                  {"y", number(y)},
                  {"width", number(width)},
                  {"height", number(height)},
                  {"rx", "2"}}) +
         Html{"\n"};
}

Html label(const std::string& raw, double x, double y, const char* anchor) {
  return element(
             "text", raw,
             {{"x", number(x)}, {"y", number(y)}, {"text-anchor", anchor}}) +
         Html{"\n"};
}

Html drawing(const ChartText& text, int height, const Html& content) {
  const std::string title = text.id + "-title", desc = text.id + "-desc";
  const Html svg = element(
      "svg",
      Html{"\n"} + element("title", text.title, {{"id", title}}) + Html{"\n"} +
          element("desc", text.description, {{"id", desc}}) + Html{"\n"} +
          content,
      {{"role", "img"},
       {"viewBox", fmt::format("0 0 {} {}", kWidth, height)},
       {"aria-labelledby", title + " " + desc}});
  return element("div", svg, {{"class", "wide"}}) + Html{"\n"};
}

/// As much of the label as there is room for.
std::string fitting(const std::string& raw) { return shortened(raw, 30); }

}  // namespace

Html bar_chart(const ChartText& text, const std::vector<Bar>& bars) {
  const double length = kWidth - kLabels - kValues;
  Html content;
  double y = 0;
  for (const Bar& bar : bars) {
    const double top = y + (kRow - kBarHeight) / 2.0, base = top + 13;
    const double share = std::clamp(bar.share, 0.0, 1.0);
    content += label(fitting(bar.label), 0, base, "start");
    content += rectangle("track", kLabels, top, length, kBarHeight);
    if (share > 0) {
      content += rectangle("bar", kLabels, top, length * share, kBarHeight);
    }
    content += label(bar.value, kLabels + length + 10, base, "start");
    y += kRow;
  }
  return drawing(text, static_cast<int>(y), content);
}

Html histogram(const ChartText& text, const std::vector<Bin>& bins) {
  int most = 1;
  for (const Bin& bin : bins) most = std::max(most, bin.count);
  const double step =
      static_cast<double>(kWidth) /
      static_cast<double>(std::max<std::size_t>(1, bins.size()));
  const double ground = kTop + kPlotHeight;
  Html content;
  double x = 0;
  for (const Bin& bin : bins) {
    const double height = static_cast<double>(kPlotHeight) * bin.count / most;
    const double middle = x + step / 2;
    if (bin.count > 0) {
      content += rectangle("bar", x + 4, ground - height, step - 8, height);
      content += label(std::to_string(bin.count), middle, ground - height - 6,
                       "middle");
    }
    content += label(bin.label, middle, ground + 18, "middle");
    x += step;
  }
  content += element("line", Html{},
                     {{"class", "axis"},
                      {"x1", "0"},
                      {"x2", number(kWidth)},
                      {"y1", number(ground)},
                      {"y2", number(ground)}}) +
             Html{"\n"};
  return drawing(text, kTop + kPlotHeight + kBottom, content);
}

}  // namespace grader::html
