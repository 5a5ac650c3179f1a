// Where a command's words go: standard output for results, standard error for
// progress and problems.
#pragma once

#include <fmt/format.h>

#include <string>
#include <string_view>
#include <utility>

namespace tito {

enum class Style { plain, bold, dim, good, bad, warn, accent };

class Terminal {
 public:
  /// The process's own terminal. Colour only on a terminal that has any, and
  /// not with NO_COLOR.
  Terminal();
  /// A terminal of known properties that writes into `sink` (for tests).
  Terminal(std::string* sink, int width, bool colour);

  /// A person sits there: keyboard and screen are both a terminal.
  bool interactive() const { return interactive_; }
  bool output_is_terminal() const { return output_tty_; }
  bool error_is_terminal() const { return error_tty_; }
  /// Columns to use: the terminal's, at most 80; 80 without a terminal.
  int width() const;
  bool colour() const { return colour_; }
  /// The terminal shows UTF-8.
  bool unicode() const { return unicode_; }

  std::string paint(Style style, std::string_view text) const;

  /// Writes to standard output. After a broken pipe it is silent.
  /// @throws std::system_error  if it cannot be written (a full disk)
  void write(std::string_view text);
  template <class... T>
  void print(fmt::format_string<T...> format, T&&... args) {
    write(fmt::format(format, std::forward<T>(args)...));
  }

  /// Writes to standard error.
  void write_error(std::string_view text);
  template <class... T>
  void warn(fmt::format_string<T...> format, T&&... args) {
    write_error(fmt::format(format, std::forward<T>(args)...));
  }

  /// "[#####-----]", `columns` wide.
  std::string bar(double fraction, int columns) const;

  /// Asks a question that is answered with y or n; anything else is no.
  bool confirm(const std::string& question);

 private:
  bool interactive_ = false, output_tty_ = false, error_tty_ = false;
  bool colour_ = false, unicode_ = false, broken_pipe_ = false;
  int width_ = 80;
  std::string* sink_ = nullptr;
};

/// Columns of the terminal behind a descriptor; 80 if it does not say.
int terminal_columns(int descriptor);

}  // namespace tito
