// A line on standard error that shows that something is being done.
#pragma once

#include <atomic>
#include <condition_variable>
#include <cstdint>
#include <mutex>
#include <string>
#include <thread>

#include "ui/terminal.hpp"

namespace tito {

/// Shows a label with a spinner, or with a bar once the amount of work is
/// known, from a thread of its own, and erases it at the end. Nothing is shown
/// without a terminal, or for work of less than a fifth of a second.
class Activity {
 public:
  /// How an amount of work reads: 3, or "1.2 MB".
  using Amount = std::string (*)(std::uintmax_t);

  Activity(const Terminal& terminal, std::string label,
           Amount amount = nullptr);
  ~Activity();
  Activity(const Activity&) = delete;
  Activity& operator=(const Activity&) = delete;

  void set_total(std::uintmax_t total) { total_ = total; }
  void set_done(std::uintmax_t done) { done_ = done; }
  void advance() { ++done_; }

 private:
  void show_until_stopped();
  std::string line(int frame) const;

  const Terminal& terminal_;
  const std::string label_;
  const Amount amount_;
  std::atomic<std::uintmax_t> done_{0}, total_{0};
  std::mutex mutex_;
  std::condition_variable stop_signal_;
  bool stop_ = false;
  std::thread thread_;
};

}  // namespace tito
