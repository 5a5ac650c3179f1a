#include "tinytorch/support/picture.hpp"

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <stdexcept>

namespace tinytorch {
namespace {

constexpr double kHeader = 30;  // above the drawing, for the title

std::string number(double value) {
  char text[32];
  std::snprintf(text, sizeof text, "%.6g", value);
  return text;
}

std::string escaped(const std::string& text) {
  std::string result;
  for (const char c : text) {
    if (c == '<') {
      result += "&lt;";
    } else if (c == '&') {
      result += "&amp;";
    } else {
      result += c;
    }
  }
  return result;
}

/// "x='1' y='2'": pairs of names and numbers.
std::string attributes(
    const std::vector<std::pair<std::string, double>>& pairs) {
  std::string text;
  for (const auto& [name, value] : pairs) {
    text += " " + name + "='" + number(value) + "'";
  }
  return text;
}

/// Blue at -1, white at 0, red at 1.
std::string diverging(double value) {
  const double strength = std::clamp(std::fabs(value), 0.0, 1.0);
  const int pale = 255 - static_cast<int>(std::lround(200 * strength));
  char text[16];
  if (value < 0) {
    std::snprintf(text, sizeof text, "#%02x%02xff", pale, pale);
  } else {
    std::snprintf(text, sizeof text, "#ff%02x%02x", pale, pale);
  }
  return text;
}

struct Place {
  double row, column;
};

/// Where cell `i` of a grid lies that has `width` cells in a row.
Place place_of(std::int64_t i, std::int64_t width) {
  const std::int64_t row = i / width;
  return {static_cast<double>(row), static_cast<double>(i - row * width)};
}

float largest_magnitude(const Tensor& tensor) {
  float largest = 0.0f;
  for (const float value : tensor.to_vector()) {
    largest = std::max(largest, std::fabs(value));
  }
  return largest > 0.0f ? largest : 1.0f;
}

}  // namespace

Picture::Picture(double width, double height, const std::string& title) {
  body_ = "<svg xmlns='http://www.w3.org/2000/svg' font-family='sans-serif'" +
          attributes({{"width", width}, {"height", height}}) +
          " role='img' aria-label='" + escaped(title) + "'>\n";
  rectangle(0, 0, width, height, "white");
  text(width / 2, 20, title, 14);
}

void Picture::rectangle(double x, double y, double width, double height,
                        const std::string& colour) {
  body_ +=
      "<rect" +
      attributes({{"x", x}, {"y", y}, {"width", width}, {"height", height}}) +
      " fill='" + colour + "'/>\n";
}

void Picture::circle(double x, double y, double radius,
                     const std::string& colour) {
  body_ += "<circle" + attributes({{"cx", x}, {"cy", y}, {"r", radius}}) +
           " stroke='black' fill='" + colour + "'/>\n";
}

void Picture::line(const std::vector<std::pair<double, double>>& points,
                   const std::string& colour) {
  body_ +=
      "<polyline fill='none' stroke-width='2' stroke='" + colour + "' points='";
  for (const auto& [x, y] : points) {
    body_ += number(x) + "," + number(y) + " ";
  }
  body_ += "'/>\n";
}

void Picture::text(double x, double y, const std::string& text, double size) {
  body_ += "<text text-anchor='middle'" +
           attributes({{"x", x}, {"y", y}, {"font-size", size}}) + ">" +
           escaped(text) + "</text>\n";
}

std::filesystem::path Picture::save(const std::string& name) const {
  const char* const folder = std::getenv("TINYTORCH_PICTURES");
  const auto file = std::filesystem::path(folder ? folder : ".") / name;
  std::ofstream out(file);
  out << body_ << "</svg>\n";
  out.close();
  if (out) return file;
  throw std::runtime_error("cannot write the picture " + file.string() +
                           ": set TINYTORCH_PICTURES to a folder of yours");
}

Picture line_chart(const std::string& title, const std::vector<float>& values) {
  constexpr double kWidth = 400, kHeight = 200, kLeft = 60;
  Picture picture(kLeft + kWidth + 20, kHeader + kHeight + 20, title);
  if (values.empty()) return picture;
  const auto [low, high] = std::minmax_element(values.begin(), values.end());
  const double span = *high > *low ? *high - *low : 1.0;
  const double steps = std::max(1.0, static_cast<double>(values.size()) - 1.0);
  std::vector<std::pair<double, double>> points;
  for (std::size_t i = 0; i < values.size(); ++i) {
    const double share = (values[i] - *low) / span;
    points.emplace_back(kLeft + kWidth * static_cast<double>(i) / steps,
                        kHeader + kHeight * (1 - share));
  }
  picture.line({{kLeft, kHeader},
                {kLeft, kHeader + kHeight},
                {kLeft + kWidth, kHeader + kHeight}},
               "#999999");
  picture.line(points, "#c03030");
  picture.text(kLeft / 2, kHeader + 10, number(*high));
  picture.text(kLeft / 2, kHeader + kHeight, number(*low));
  return picture;
}

Picture decision_map(const std::string& title, float low, float high,
                     const std::function<Tensor(const Tensor&)>& model,
                     const Tensor& points, const Tensor& labels) {
  constexpr std::int64_t kCells = 60;
  constexpr double kCell = 6, kSide = kCells * kCell;
  const float span = high - low;
  std::vector<float> places;
  for (std::int64_t i = 0; i < kCells * kCells; ++i) {
    const auto [row, column] = place_of(i, kCells);
    places.push_back(low + span * static_cast<float>(column + 0.5) / kCells);
    places.push_back(high - span * static_cast<float>(row + 0.5) / kCells);
  }
  const Tensor answers = model(Tensor({kCells * kCells, 2}, places));
  Picture picture(kSide, kHeader + kSide, title);
  for (std::int64_t i = 0; i < kCells * kCells; ++i) {
    const double answer = static_cast<double>(answers.at({i, 0}));
    const auto [row, column] = place_of(i, kCells);
    picture.rectangle(column * kCell, kHeader + row * kCell, kCell, kCell,
                      diverging(answer - 0.5));
  }
  for (std::int64_t i = 0; i < points.size(0); ++i) {
    const double x = static_cast<double>((points.at({i, 0}) - low) / span);
    const double y = static_cast<double>((high - points.at({i, 1})) / span);
    picture.circle(x * kSide, kHeader + y * kSide, 4,
                   labels.at({i, 0}) > 0.5f ? "#d02020" : "#2020d0");
  }
  return picture;
}

Picture image_grid(const std::string& title, const Tensor& images) {
  constexpr double kPixel = 6, kGap = 6;
  const auto count = images.size(0), rows = images.size(1),
             columns = images.size(2);
  const auto across = static_cast<std::int64_t>(
      std::ceil(std::sqrt(static_cast<double>(count))));
  const double width = static_cast<double>(columns) * kPixel + kGap;
  const double height = static_cast<double>(rows) * kPixel + kGap;
  const double lines = place_of(count - 1, across).row + 1;
  Picture picture(width * static_cast<double>(across), kHeader + height * lines,
                  title);
  for (std::int64_t i = 0; i < count; ++i) {
    const Tensor image = images.slice(0, i, i + 1);
    const float largest = largest_magnitude(image);
    const auto [line, place] = place_of(i, across);
    const double left = width * place, top = kHeader + height * line;
    for (std::int64_t r = 0; r < rows; ++r) {
      for (std::int64_t c = 0; c < columns; ++c) {
        const double value = static_cast<double>(image.at({0, r, c}) / largest);
        picture.rectangle(left + static_cast<double>(c) * kPixel,
                          top + static_cast<double>(r) * kPixel, kPixel, kPixel,
                          diverging(value));
      }
    }
  }
  return picture;
}

Picture confusion_matrix(const std::string& title, const Tensor& counts) {
  constexpr double kCell = 32, kLeft = 40, kTop = kHeader + 30;
  const std::int64_t classes = counts.size(0);
  const double side = kCell * static_cast<double>(classes);
  const float largest = largest_magnitude(counts);
  Picture picture(kLeft + side, kTop + side, title);
  for (std::int64_t r = 0; r < classes; ++r) {
    const double y = kTop + kCell * static_cast<double>(r);
    const double x = kLeft + kCell * static_cast<double>(r);
    picture.text(kLeft / 2, y + 20, std::to_string(r));
    picture.text(x + kCell / 2, kTop - 8, std::to_string(r));
    for (std::int64_t c = 0; c < classes; ++c) {
      const double left = kLeft + kCell * static_cast<double>(c);
      const float count = counts.at({r, c});
      picture.rectangle(left, y, kCell - 1, kCell - 1,
                        diverging(static_cast<double>(count / largest)));
      picture.text(left + kCell / 2, y + 20,
                   number(static_cast<double>(count)));
    }
  }
  return picture;
}

}  // namespace tinytorch
