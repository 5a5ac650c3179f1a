// What a shell needs to know to complete a command line.
#pragma once

#include <CLI/CLI.hpp>
#include <map>
#include <string>
#include <vector>

namespace tito {

/// The words that stand for an argument of a type: "MODULE" -> "01", "tensor".
using CompletionWords = std::map<std::string, std::vector<std::string>>;

/// One command and everything that may follow it.
struct CommandNode {
  struct Word {
    std::string text, help;
  };
  struct Option {
    std::vector<std::string> names;  ///< "--json", "-y"
    std::string help;
    bool takes_value = false;
    std::vector<std::string> values;  ///< what may follow, if it is known
  };
  std::string path;  ///< "module test"; empty: tito itself
  std::vector<Word> subcommands;
  std::vector<Option> options;
  std::vector<std::string> arguments;  ///< words that its arguments may be
  bool takes_files = false;            ///< an argument may be anything
};

/// Every command of the tree, a parent before its children.
std::vector<CommandNode> describe(const CLI::App& parser,
                                  const CompletionWords& words);

/// The script for "bash", "zsh" or "fish".
std::string completion_script(const std::string& shell,
                              const std::vector<CommandNode>& commands);

}  // namespace tito
