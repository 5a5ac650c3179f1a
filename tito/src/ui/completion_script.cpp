#include "ui/completion_script.hpp"

#include <fmt/format.h>

#include "ui/text.hpp"

namespace tito {
namespace {

std::string in_quotes(const std::string& text) {
  std::string out = "'";
  for (const char c : text) out += c == '\'' ? "'\\''" : std::string(1, c);
  return out + "'";
}

std::string joined(const std::vector<std::string>& words) {
  std::string out;
  for (const std::string& word : words) out += (out.empty() ? "" : " ") + word;
  return out;
}

std::string child_path(const CommandNode& command, const std::string& child) {
  return command.path.empty() ? child : command.path + ' ' + child;
}

/// The arms of a case that walks down the tree; `arm` has places for the
/// pattern and for the new path.
std::string walk(const std::vector<CommandNode>& commands,
                 const std::string& arm) {
  std::string out;
  for (const CommandNode& command : commands) {
    for (const auto& sub : command.subcommands) {
      out += fmt::format(fmt::runtime(arm),
                         in_quotes(command.path + '/' + sub.text),
                         in_quotes(child_path(command, sub.text)));
    }
  }
  return out;
}

/// An arm of the shell's `case` for each option that takes a value: `offer`
/// makes its body.
template <class Offer>
std::string values(const std::vector<CommandNode>& commands,
                   const Offer& offer) {
  std::string out;
  for (const CommandNode& command : commands) {
    for (const auto& option : command.options) {
      for (const std::string& name : option.names) {
        if (!option.takes_value) continue;
        out += fmt::format("    {}) {} ;;\n",
                           in_quotes(command.path + '|' + name), offer(option));
      }
    }
  }
  return out;
}

std::string bash_values(const std::vector<CommandNode>& commands) {
  return values(commands, [](const auto& option) {
    return "words=" + in_quotes(joined(option.values));
  });
}

std::string bash_words(const CommandNode& command) {
  std::vector<std::string> words = command.arguments, options;
  for (const auto& sub : command.subcommands) words.push_back(sub.text);
  for (const auto& option : command.options) {
    options.insert(options.end(), option.names.begin(), option.names.end());
  }
  return fmt::format("    {}) words={} options={} ;;\n",
                     in_quotes(command.path), in_quotes(joined(words)),
                     in_quotes(joined(options)));
}

std::string bash_script(const std::vector<CommandNode>& commands) {
  std::string cases;
  for (const CommandNode& command : commands) cases += bash_words(command);
  return "_tito() {\n"
         "  local cur=${COMP_WORDS[COMP_CWORD]} at='' words='' options='' i\n"
         "  for ((i = 1; i < COMP_CWORD; ++i)); do\n"
         "    case \"$at/${COMP_WORDS[i]}\" in\n" +
         walk(commands, "      {}) at={} ;;\n") +
         "    esac\n"
         "  done\n"
         "  case \"$at\" in\n" +
         cases +
         "  esac\n"
         "  case \"$at|${COMP_WORDS[COMP_CWORD-1]}\" in\n" +
         bash_values(commands) +
         "    *'|-C') COMPREPLY=($(compgen -d -- \"$cur\")); return ;;\n"
         "  esac\n"
         "  [[ $cur == -* ]] && words=$options\n"
         "  COMPREPLY=($(compgen -W \"$words\" -- \"$cur\"))\n"
         "}\n"
         "complete -o default -F _tito tito\n";
}

/// "name:help" for _describe, in which a colon separates.
std::string described(const std::string& name, const std::string& help) {
  std::string text = name + ':';
  for (const char c : help) text += c == ':' ? "\\:" : std::string(1, c);
  return in_quotes(text);
}

std::string zsh_words(const CommandNode& command) {
  std::string commands, options;
  for (const auto& sub : command.subcommands) {
    commands += ' ' + described(sub.text, sub.help);
  }
  for (const auto& option : command.options) {
    for (const std::string& name : option.names) {
      options += ' ' + described(name, option.help);
    }
  }
  return fmt::format(
      "    {})\n      commands=({} )\n      options=({} )\n"
      "      arguments=( {} )\n      files={} ;;\n",
      in_quotes(command.path), commands, options, joined(command.arguments),
      command.takes_files ? 1 : 0);
}

std::string zsh_values(const std::vector<CommandNode>& commands) {
  return values(commands, [](const auto& option) {
    const std::string offer = option.values.empty()
                                  ? "_files"
                                  : "compadd -- " + joined(option.values);
    return offer + "; return";
  });
}

std::string zsh_script(const std::vector<CommandNode>& commands) {
  std::string cases;
  for (const CommandNode& command : commands) cases += zsh_words(command);
  return "#compdef tito\n"
         "_tito() {\n"
         "  local at='' files=0 i\n"
         "  local -a commands options arguments\n"
         "  for ((i = 2; i < CURRENT; ++i)); do\n"
         "    case \"$at/${words[i]}\" in\n" +
         walk(commands, "      {}) at={} ;;\n") +
         "    esac\n"
         "  done\n"
         "  case \"$at|${words[CURRENT-1]}\" in\n" +
         zsh_values(commands) +
         "    *'|-C') _files -/; return ;;\n"
         "  esac\n"
         "  case \"$at\" in\n" +
         cases +
         "  esac\n"
         "  if [[ ${words[CURRENT]} == -* ]]; then\n"
         "    _describe -o option options\n"
         "    return\n"
         "  fi\n"
         "  (( $#commands )) && _describe command commands\n"
         "  (( $#arguments )) && compadd -a arguments\n"
         "  (( files )) && _files\n"
         "}\n"
         "if [[ ${funcstack[1]} == _tito ]]; then\n"
         "  _tito \"$@\"\n"
         "else\n"
         "  compdef _tito tito\n"
         "fi\n";
}

std::string fish_option(const CommandNode::Option& option) {
  std::string out;
  for (const std::string& name : option.names) {
    const bool is_long = name.starts_with("--");
    out += is_long ? " -l " + name.substr(2) : " -s " + name.substr(1);
  }
  if (option.takes_value && option.values.empty()) out += " -r -F";
  if (!option.values.empty())
    out += " -x -a " + in_quotes(joined(option.values));
  return out + " -d " + in_quotes(option.help);
}

std::string fish_lines(const CommandNode& command) {
  const std::string start = "complete -c tito -n " +
                            in_quotes("__tito_at " + in_quotes(command.path));
  std::string out;
  for (const auto& sub : command.subcommands) {
    out += fmt::format("{} -a {} -d {}\n", start, in_quotes(sub.text),
                       in_quotes(sub.help));
  }
  for (const auto& option : command.options) {
    out += start + fish_option(option) + '\n';
  }
  if (!command.arguments.empty()) {
    out +=
        fmt::format("{} -a {}\n", start, in_quotes(joined(command.arguments)));
  }
  if (command.takes_files) out += start + " -F\n";
  return out;
}

std::string fish_script(const std::vector<CommandNode>& commands) {
  std::string out =
      "function __tito_at\n"
      "  set -l at ''\n"
      "  for word in (commandline -opc)[2..-1]\n"
      "    switch \"$at/$word\"\n" +
      walk(commands, "      case {}\n        set at {}\n") +
      "    end\n"
      "  end\n"
      "  test \"$at\" = \"$argv[1]\"\n"
      "end\n"
      "complete -c tito -f\n";
  for (const CommandNode& command : commands) out += fish_lines(command);
  return out;
}

void describe_option(const CLI::Option& option, const CompletionWords& words,
                     CommandNode& node) {
  // Behind a colon stands what a validator says.
  const std::string type = option.get_type_name();
  const auto known = words.find(type.substr(0, type.find(':')));
  const std::vector<std::string> values =
      known == words.end() ? std::vector<std::string>() : known->second;
  if (option.get_positional()) {
    node.arguments.insert(node.arguments.end(), values.begin(), values.end());
    node.takes_files = node.takes_files || values.empty();
    return;
  }
  CommandNode::Option entry;
  for (const auto& name : option.get_snames())
    entry.names.push_back('-' + name);
  for (const auto& name : option.get_lnames())
    entry.names.push_back("--" + name);
  entry.help = option.get_description();
  entry.takes_value = option.get_items_expected_max() > 0;
  entry.values = values;
  node.options.push_back(std::move(entry));
}

void describe_command(const CLI::App& command, const std::string& path,
                      const CompletionWords& words,
                      std::vector<CommandNode>& out) {
  CommandNode node;
  node.path = path;
  for (const CLI::Option* option : command.get_options()) {
    describe_option(*option, words, node);
  }
  // Without a group a command is hidden.
  const auto subcommands = command.get_subcommands(
      [](const CLI::App* sub) { return !sub->get_group().empty(); });
  for (const CLI::App* sub : subcommands) {
    node.subcommands.push_back({sub->get_name(), sub->get_description()});
  }
  out.push_back(node);
  for (const CLI::App* sub : subcommands) {
    describe_command(*sub, child_path(node, sub->get_name()), words, out);
  }
}

}  // namespace

std::vector<CommandNode> describe(const CLI::App& parser,
                                  const CompletionWords& words) {
  std::vector<CommandNode> commands;
  describe_command(parser, "", words, commands);
  return commands;
}

std::string completion_script(const std::string& shell,
                              const std::vector<CommandNode>& commands) {
  if (shell == "bash") return bash_script(commands);
  return shell == "zsh" ? zsh_script(commands) : fish_script(commands);
}

}  // namespace tito
