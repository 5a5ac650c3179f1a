// What every milestone program needs besides the framework: its arguments, its
// errors, and simple drawings in text.
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <vector>

namespace tinytorch {

/// The whole of a main(): runs `story` with the seed of "--seed N", 0 without.
/// @returns the exit code: 0, 1 if the story threw (the error is printed), or 2
///   if the arguments are wrong
int tell(int argc, char** argv,
         const std::function<void(std::uint64_t seed)>& story);

/// A bar of `width` characters, filled from the left: "#####.....".
std::string bar(double share, int width = 20);

/// A curve of the values in `rows` lines of text, with a scale on the left.
/// NaN and infinite values are left out.
std::string curve(const std::vector<float>& values, int rows = 8,
                  int columns = 60);

}  // namespace tinytorch
