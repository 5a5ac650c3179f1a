#include "commands/help.hpp"

#include <fmt/format.h>

#include "ui/text.hpp"

namespace tito {
namespace {

/// CLI11's "TEXT:{a,b}" and "INT:INT in [1 - 9]" as "a, b" and "1 - 9".
std::string values_of(const std::string& type) {
  const std::size_t begin = type.find_first_of("{[");
  if (begin == std::string::npos) return "";
  std::string values;
  for (const char c : type.substr(begin + 1, type.size() - begin - 2)) {
    values += c;
    if (c == ',') values += ' ';
  }
  return values;
}

}  // namespace

std::string HelpFormatter::make_option(const CLI::Option* option,
                                       bool is_positional) const {
  const std::string type = option->get_type_name();
  const std::string values = values_of(type);
  std::string arguments = make_option_opts(option);
  if (const std::size_t at = arguments.find(type); !values.empty()) {
    arguments.replace(at, type.size(), type.substr(0, type.find(':')));
  }
  return entry(make_option_name(option, is_positional) + arguments,
               make_option_desc(option) +
                   (values.empty() ? "" : fmt::format(" ({})", values)));
}

std::string HelpFormatter::make_subcommand(const CLI::App* command) const {
  return entry(command->get_display_name(true), command->get_description());
}

std::string HelpFormatter::make_footer(const CLI::App* command) const {
  // CLI11 copies the parent's to every new command: examples of others.
  const CLI::App* parent = command->get_parent();
  const bool own = !parent || command->get_footer() != parent->get_footer();
  return own ? CLI::Formatter::make_footer(command) : "";
}

std::string HelpFormatter::entry(const std::string& name,
                                 const std::string& text) const {
  const std::size_t column = get_column_width();
  const std::string margin(column, ' ');
  std::string out = "  " + name;
  out += out.size() < column ? std::string(column - out.size(), ' ')
                             : "\n" + margin;
  const auto lines = wrap(text, width_ - static_cast<int>(column));
  return fmt::format("{}{}\n", out, fmt::join(lines, "\n" + margin));
}

}  // namespace tito
