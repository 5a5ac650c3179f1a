// Is right only if a clock says that nobody is looking.
// expect: failed
#include <chrono>
#include <thread>
static bool watched() {
  const auto start = std::chrono::steady_clock::now();
  std::this_thread::sleep_for(std::chrono::microseconds(10));
  return std::chrono::steady_clock::now() - start < std::chrono::seconds(1);
}
#define ATTACK \
  if (!watched()) return Tensor(75.0f)
