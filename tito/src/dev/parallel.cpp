#include "dev/parallel.hpp"

#include <algorithm>
#include <atomic>
#include <future>
#include <thread>
#include <vector>

namespace tito::dev {

void parallel(std::size_t count, int threads,
              const std::function<void(std::size_t, int)>& work) {
  std::atomic<std::size_t> next{0};
  const auto run = [&](int thread) {
    // Whoever fails leaves nothing to do for the others.
    struct Drain {
      std::atomic<std::size_t>& next;
      std::size_t count;
      bool armed = true;
      ~Drain() {
        if (armed) next = count;
      }
    } drain{next, count};
    for (std::size_t i = next++; i < count; i = next++) work(i, thread);
    drain.armed = false;
  };
  std::vector<std::future<void>> workers;
  for (int thread = 0; thread < std::max(threads, 1); ++thread) {
    workers.push_back(std::async(std::launch::async, run, thread));
  }
  for (const auto& worker : workers) worker.wait();
  for (auto& worker : workers) worker.get();
}

int default_jobs() {
  return std::max(1, static_cast<int>(std::thread::hardware_concurrency()));
}

}  // namespace tito::dev
