#include "commands/command_line.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <nlohmann/json.hpp>
#include <system_error>

#include "commands/commands.hpp"
#include "commands/help.hpp"
#include "system/error.hpp"
#include "ui/suggest.hpp"
#include "ui/terminal.hpp"
#include "ui/text.hpp"

namespace fs = std::filesystem;

namespace tito {
namespace {

constexpr const char* kExamples = R"(A student's day:
  tito module start 01        begin: lesson, files to edit, first task
  tito module test            what works, and the first thing that does not
  tito module hint            help with the current task
  tito watch                  test again whenever a file is saved
  tito module complete 01     all tests; then the next module opens
  tito milestone run perceptron
  tito submit --student ID    pack your work to hand it in

Something is wrong with the machine:  tito doctor)";

/// Without it the commands of the gradebook would fall back to the course's.
std::string check_directory(const std::string& name) {
  std::error_code error;
  if (fs::is_directory(name, error)) return "";
  return fmt::format("there is no directory '{}'; name the course's", name);
}

void add_all_commands(CLI::App& parser, App& app) {
  parser.formatter(std::make_shared<HelpFormatter>(app.terminal->width()));
  parser.set_version_flag("--version", std::string("tito ") + TITO_VERSION);
  parser.add_option("-C", app.directory, "Work as if started in DIR")
      ->type_name("DIR")
      ->check(check_directory);
  parser.footer(kExamples);
  parser.fallthrough();
  parser.require_subcommand(0, 1);
  add_module(parser, app);
  add_milestone(parser, app);
  add_dataset(parser, app);
  add_watch(parser, app);
  add_setup(parser, app);
  add_doctor(parser, app);
  add_submit(parser, app);
  add_grade(parser, app);
  add_release(parser, app);
  add_dev(parser, app);
  add_completion(parser, app);
}

CLI::App& deepest_parsed(CLI::App& parser) {
  CLI::App* here = &parser;
  while (!here->get_subcommands().empty()) here = here->get_subcommands()[0];
  return *here;
}

std::vector<std::string> known_words(CLI::App& command, bool options) {
  std::vector<std::string> words;
  if (!options) {
    for (const CLI::App* sub : command.get_subcommands({})) {
      // Without a group a command is hidden.
      if (!sub->get_group().empty()) words.push_back(sub->get_name());
    }
    return words;
  }
  for (CLI::App* here = &command; here; here = here->get_parent()) {
    for (const CLI::Option* option : here->get_options()) {
      for (const std::string& name : option->get_lnames()) {
        words.push_back("--" + name);
      }
    }
  }
  return words;
}

std::string explain_unknown(const std::string& word, CLI::App& command) {
  const std::string name = full_name(command);
  const bool option = word.starts_with('-');
  const bool takes_words = command.get_subcommands({}).empty();
  const auto known = known_words(command, option);
  if (std::find(known.begin(), known.end(), word) != known.end()) {
    return fmt::format("'{}' belongs after the command: {} {}.", word, name,
                       word);
  }
  const std::string what =
      option ? "option" : (takes_words ? "argument" : "command");
  return fmt::format("'{}' does not know the {} '{}'.{}", name, what,
                     printable(word), did_you_mean(word, known));
}

/// What was wrong with the words, better than the parser knows.
std::string explain(CLI::App& parser, const CLI::ParseError& error) {
  CLI::App& command = deepest_parsed(parser);
  const std::string see = fmt::format("See: {} --help", full_name(command));
  const std::vector<std::string> unknown = parser.remaining(true);
  if (unknown.empty()) return fmt::format("{}. {}", error.what(), see);
  return fmt::format("{} {}", explain_unknown(unknown.front(), command), see);
}

void print_error(Terminal& terminal, const std::string& message) {
  terminal.warn("tito: {}\n", printable(message));
}

int fail(App& app, ExitCode code, const std::string& message) {
  print_error(*app.terminal, message);
  if (app.json) {
    const nlohmann::json report = {{"error", message}, {"exit_code", code}};
    app.terminal->print(
        "{}\n",
        report.dump(2, ' ', false, nlohmann::json::error_handler_t::replace));
  }
  return code;
}

fs::path current_directory() {
  std::error_code error;
  const fs::path here = fs::current_path(error);
  if (!error) return here;
  throw UsageError(
      "the current directory was deleted. Go to the course's directory: cd "
      "DIR");
}

int run_chosen(CLI::App& parser, App& app) {
  if (app.action) return app.action();
  app.terminal->write(parser.help());
  return parser.get_subcommands().empty() ? kPassed : kUsage;
}

int parse_and_run(CLI::App& parser, App& app, int argc,
                  const char* const* argv) {
  try {
    parser.parse(argc, argv);
  } catch (const CLI::CallForVersion& version) {
    app.terminal->print("{}\n", version.what());
    return kPassed;
  } catch (const CLI::Success&) {
    app.terminal->write(parser.help());
    return kPassed;
  } catch (const CLI::ParseError& error) {
    return fail(app, kUsage, explain(parser, error));
  }
  try {
    return run_chosen(parser, app);
  } catch (const CommandError& error) {
    return fail(app, error.code(), error.what());
  } catch (const std::system_error& error) {
    const bool reader_left = error.code() == std::errc::broken_pipe;
    return reader_left ? kPassed : fail(app, kEnvironment, error.what());
  } catch (const std::exception& error) {
    return fail(app, kEnvironment, error.what());
  }
}

}  // namespace

std::string full_name(const CLI::App& command) {
  const CLI::App* parent = command.get_parent();
  return parent ? full_name(*parent) + ' ' + command.get_name() : "tito";
}

int run_command_line(int argc, const char* const* argv) {
  Terminal terminal;
  App app;
  app.terminal = &terminal;
  try {
    app.executable = fs::read_symlink("/proc/self/exe");
    app.directory = current_directory();
    CLI::App parser("The course's workbench: build your own ML framework.",
                    "tito");
    add_all_commands(parser, app);
    return parse_and_run(parser, app, argc, argv);
  } catch (const std::exception& error) {
    // Before a command was chosen: a deleted directory, a full disk.
    print_error(terminal, error.what());
    return kEnvironment;
  }
}

}  // namespace tito
