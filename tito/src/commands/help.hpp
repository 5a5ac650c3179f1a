// What --help prints.
#pragma once

#include <CLI/CLI.hpp>
#include <string>

namespace tito {

/// CLI11's pages, in lines that are no longer than the terminal is wide. The
/// values that an option takes stand behind its description.
class HelpFormatter : public CLI::Formatter {
 public:
  explicit HelpFormatter(int width) : width_(width) {}

  std::string make_option(const CLI::Option* option,
                          bool is_positional) const override;
  std::string make_subcommand(const CLI::App* command) const override;
  std::string make_footer(const CLI::App* command) const override;

 private:
  std::string entry(const std::string& name, const std::string& text) const;

  int width_;
};

}  // namespace tito
