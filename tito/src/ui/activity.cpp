#include "ui/activity.hpp"

#include <unistd.h>

#include <chrono>
#include <utility>

#include "ui/text.hpp"

namespace tito {
namespace {

constexpr auto kPatience = std::chrono::milliseconds(200);
constexpr auto kFrame = std::chrono::milliseconds(100);

void write_to_stderr(const std::string& text) {
  // A display that cannot be written is not worth an error.
  [[maybe_unused]] const ssize_t n =
      ::write(STDERR_FILENO, text.data(), text.size());
}

}  // namespace

Activity::Activity(const Terminal& terminal, std::string label, Amount amount)
    : terminal_(terminal), label_(std::move(label)), amount_(amount) {
  if (terminal_.error_is_terminal()) {
    thread_ = std::thread([this] { show_until_stopped(); });
  }
}

Activity::~Activity() {
  {
    const std::lock_guard guard(mutex_);
    stop_ = true;
  }
  stop_signal_.notify_all();
  if (thread_.joinable()) thread_.join();
}

std::string Activity::line(int frame) const {
  const std::uintmax_t total = total_;
  if (total > 0) {
    const std::uintmax_t done = done_;
    const auto read = [this](std::uintmax_t n) {
      return amount_ ? amount_(n) : std::to_string(n);
    };
    return fmt::format("{} {} {}/{}", label_,
                       terminal_.bar(1.0 * done / total, 22), read(done),
                       read(total));
  }
  return fmt::format("{} {}", label_, "|/-\\"[frame % 4]);
}

void Activity::show_until_stopped() {
  std::unique_lock lock(mutex_);
  const auto stopped = [this] { return stop_; };
  if (stop_signal_.wait_for(lock, kPatience, stopped)) return;
  int frame = 0;
  do {
    const int columns = terminal_columns(STDERR_FILENO) - 1;
    std::string shown = line(frame++);
    if (display_width(shown) > columns) shown = fit(shown, columns);
    write_to_stderr("\r\x1b[K" + shown);
  } while (!stop_signal_.wait_for(lock, kFrame, stopped));
  write_to_stderr("\r\x1b[K");
}

}  // namespace tito
