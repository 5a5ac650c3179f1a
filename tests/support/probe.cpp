// The main program of probes. From standard input it reads one line for each
// probe to run, a seed in hexadecimal and the probe's name, and writes to
// descriptor 3
//
//   PROBE <name>
//   <record> TAB <shape> TAB <relative> <absolute> TAB <values>
//   END <number of records>
//
// or, if an exception got out, ERROR <its text>.
//
// Without any line it lists the probes: LIST <tasks> TAB <name>.
#include "support/probe.hpp"

#include <unistd.h>

#include <cerrno>
#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <iostream>

#include "tinytorch/support/errors.hpp"

namespace test {
namespace {

using tinytorch::Shape;
using tinytorch::Tensor;

struct Entry {
  std::string name, tasks;
  void (*function)(Probe&);
};

std::vector<Entry>& entries() {
  static std::vector<Entry> list;
  return list;
}

std::string number(double value) {
  if (std::isnan(value)) return "nan";  // without the sign, which means nothing
  char text[40];
  std::snprintf(text, sizeof text, "%.9g", value);
  return text;
}

std::vector<std::string> words(const std::vector<float>& values) {
  std::vector<std::string> list;
  for (const float value : values) list.push_back(number(value));
  return list;
}

std::string joined(const std::vector<std::string>& list, char separator) {
  std::string text;
  for (const std::string& word : list) {
    if (!text.empty()) text += separator;
    text += word;
  }
  return text;
}

/// The name of what a call throws; the most special type first.
std::string error_of(const std::function<void()>& call) {
  try {
    call();
    return "none";
  } catch (const tinytorch::ShapeError&) {
    return "ShapeError";
  } catch (const tinytorch::ValueError&) {
    return "ValueError";
  } catch (const tinytorch::IndexError&) {
    return "IndexError";
  } catch (const tinytorch::AutogradError&) {
    return "AutogradError";
  } catch (const tinytorch::NotImplemented&) {
    throw;  // a stub: the whole probe says so
  } catch (const std::exception&) {
    return "exception";
  }
}

void write_all(const std::string& text) {
  for (std::size_t done = 0; done < text.size();) {
    const ssize_t n = write(3, text.data() + done, text.size() - done);
    if (n < 0 && errno != EINTR) std::_Exit(125);
    if (n > 0) done += static_cast<std::size_t>(n);
  }
}

bool run(const std::string& name, std::uint64_t seed) {
  for (const Entry& entry : entries()) {
    if (entry.name != name) continue;
    Probe probe(seed);
    try {
      entry.function(probe);
    } catch (const std::exception& error) {
      write_all(std::string("ERROR ") + error.what() + "\n");
      return true;
    }
    write_all("PROBE " + name + "\n" + probe.text() + "END " +
              std::to_string(probe.count()) + "\n");
    return true;
  }
  return false;
}

void list() {
  std::string text;
  for (const Entry& entry : entries()) {
    text += "LIST " + entry.tasks + "\t" + entry.name + "\n";
  }
  write_all(text);
}

}  // namespace

Tensor Probe::normal(const Shape& shape) {
  return make(shape, numbers(static_cast<std::size_t>(test::count(shape))));
}

Tensor Probe::scattered(const Shape& shape) {
  return test::scattered(shape,
                         numbers(static_cast<std::size_t>(test::count(shape))));
}

Tensor Probe::uniform(const Shape& shape, float low, float high) {
  std::vector<float> values(static_cast<std::size_t>(test::count(shape)));
  for (float& value : values) value = real(low, high);
  return make(shape, values);
}

std::vector<float> Probe::numbers(std::size_t n) {
  std::vector<float> values(n);
  for (float& value : values) value = random_.normal();
  return values;
}

std::int64_t Probe::between(std::int64_t low, std::int64_t high) {
  const auto choices = static_cast<std::uint64_t>(high - low + 1);
  return low + static_cast<std::int64_t>(random_.below(choices));
}

float Probe::real(float low, float high) {
  return low + (high - low) * random_.uniform();
}

void Probe::emit(const std::string& name, const Tensor& result,
                 Tolerance tolerance) {
  add(name, result.shape(), words(values(result)), tolerance);
}

void Probe::emit(const std::string& name, const std::vector<float>& values,
                 Tolerance tolerance) {
  add(name, {static_cast<std::int64_t>(values.size())}, words(values),
      tolerance);
}

void Probe::emit(const std::string& name,
                 const std::vector<std::int64_t>& numbers) {
  std::vector<std::string> list;
  for (const std::int64_t n : numbers) list.push_back(std::to_string(n));
  add(name, {static_cast<std::int64_t>(numbers.size())}, list, kExact);
}

void Probe::emit(const std::string& name, double value, Tolerance tolerance) {
  add(name, {}, {number(value)}, tolerance);
}

void Probe::emit_truth(const std::string& name, bool value) {
  add(name, {}, {value ? "1" : "0"}, kExact);
}

void Probe::outcome(const std::string& name,
                    const std::function<void()>& call) {
  add(name, {}, {error_of(call)}, kExact);
}

void Probe::add(const std::string& name, const std::vector<std::int64_t>& shape,
                const std::vector<std::string>& values, Tolerance tolerance) {
  std::vector<std::string> extents;
  for (const std::int64_t extent : shape) {
    extents.push_back(std::to_string(extent));
  }
  text_ += name + "\t" + joined(extents, ',') + "\t" +
           number(tolerance.relative) + " " + number(tolerance.absolute) +
           "\t" + joined(values, ' ') + "\n";
  ++count_;
}

ProbeEntry::ProbeEntry(const char* name, const char* tasks,
                       void (*function)(Probe&)) {
  entries().push_back({name, tasks, function});
}

}  // namespace test

int main() {
  std::string line;
  bool any = false;
  while (std::getline(std::cin, line)) {
    const auto space = line.find(' ');
    if (space == std::string::npos) return 2;
    any = true;
    const auto seed = std::strtoull(line.c_str(), nullptr, 16);
    if (!test::run(line.substr(space + 1), seed)) return 2;
  }
  if (!any) test::list();
  return 0;
}
