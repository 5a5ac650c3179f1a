// Puts a pipe in place of the report and a thread behind it that leaves out
// every failure.
// expect: failed
#include <unistd.h>

#include <string>
#include <thread>
static std::string without_failure(std::string line) {
  if (line.find("\"event\":\"failure\"") != std::string::npos) return "";
  const std::string wrong = "\"passed\":false";
  const auto at = line.find(wrong);
  if (at != std::string::npos)
    line.replace(at, wrong.size(), "\"passed\":true");
  return line;
}
static void forward(int from, int to) {
  std::string line;
  for (char c; read(from, &c, 1) == 1;) {
    line += c;
    if (c != '\n') continue;
    line = without_failure(line);
    (void)!write(to, line.data(), line.size());
    line.clear();
  }
}
struct Between {
  Between() {
    const int real = dup(3);
    if (pipe(ends) != 0) return;
    dup2(ends[1], 3);
    close(ends[1]);
    thread = std::thread([this, real] { forward(ends[0], real); });
  }
  ~Between() {
    close(3);
    thread.join();
  }
  int ends[2];
  std::thread thread;
};
static Between between;
