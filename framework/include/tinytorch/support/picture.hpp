// Pictures: small SVG files, which every browser shows.
//
// They are written into the folder that the environment variable
// TINYTORCH_PICTURES names, or else into the working directory.
#pragma once

#include <filesystem>
#include <functional>
#include <string>
#include <utility>
#include <vector>

#include "tinytorch/tensor.hpp"

namespace tinytorch {

/// A drawing surface, measured in pixels from the upper left corner.
class Picture {
 public:
  Picture(double width, double height, const std::string& title);

  void rectangle(double x, double y, double width, double height,
                 const std::string& colour);
  void circle(double x, double y, double radius, const std::string& colour);
  void line(const std::vector<std::pair<double, double>>& points,
            const std::string& colour);
  /// Text that is centred at x and stands on y.
  void text(double x, double y, const std::string& text, double size = 12);

  /// Writes the file `name` and returns where it is.
  /// @throws std::runtime_error  naming the file, if it cannot be written
  std::filesystem::path save(const std::string& name) const;

 private:
  std::string body_;
};

/// The values from left to right, above a scale.
Picture line_chart(const std::string& title, const std::vector<float>& values);

/// What a model answers, between 0 and 1, at every place of the square from
/// (low, low) to (high, high), and the points (N, 2) with their labels (N, 1),
/// 0 or 1.
Picture decision_map(const std::string& title, float low, float high,
                     const std::function<Tensor(const Tensor&)>& model,
                     const Tensor& points, const Tensor& labels);

/// Images (N, rows, columns) side by side: blue below 0, red above, each
/// relative to its own largest value.
Picture image_grid(const std::string& title, const Tensor& images);

/// Counts (classes, classes): rows are true classes, columns answers.
Picture confusion_matrix(const std::string& title, const Tensor& counts);

}  // namespace tinytorch
