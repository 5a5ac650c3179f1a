// A script beside the tests that runs while a test needs it.
#pragma once

#include <fcntl.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cstdio>
#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

/// It is told lines on its standard input, and ends when that does: with the
/// test, however the test ends.
class PythonScript {
 public:
  /// `name` is a file in tests/tito.
  PythonScript(std::string name, const std::vector<std::string>& arguments)
      : name_(std::move(name)) {
    int input[2], output[2];
    if (::pipe2(input, O_CLOEXEC) != 0 || ::pipe2(output, O_CLOEXEC) != 0) {
      throw std::runtime_error("pipe2");
    }
    start(arguments, input[0], output[1]);
    ::close(input[0]);
    ::close(output[1]);
    input_ = input[1];
    output_ = ::fdopen(output[0], "r");
  }
  ~PythonScript() {
    ::close(input_);
    std::fclose(output_);
    ::waitpid(pid_, nullptr, 0);
  }
  PythonScript(const PythonScript&) = delete;
  PythonScript& operator=(const PythonScript&) = delete;

  void tell(const std::string& line) const {
    const std::string text = line + "\n";
    if (::write(input_, text.data(), text.size()) < 0) fail("has ended");
  }

  /// The next word that it prints. It says on standard error what is missing.
  std::string answer() const {
    char word[64] = "";
    if (std::fscanf(output_, "%63s", word) != 1) fail("does not start");
    return word;
  }

 private:
  [[noreturn]] void fail(const char* what) const {
    throw std::runtime_error(name_ + " " + what + ": see above");
  }

  void start(const std::vector<std::string>& arguments, int input, int output) {
    const std::string script = COURSE_DIR "/tests/tito/" + name_;
    std::vector<const char*> argv = {"python3", script.c_str()};
    for (const std::string& argument : arguments) {
      argv.push_back(argument.c_str());
    }
    argv.push_back(nullptr);
    posix_spawn_file_actions_t actions;
    posix_spawn_file_actions_init(&actions);
    posix_spawn_file_actions_adddup2(&actions, input, STDIN_FILENO);
    posix_spawn_file_actions_adddup2(&actions, output, STDOUT_FILENO);
    const int error = ::posix_spawnp(&pid_, argv[0], &actions, nullptr,
                                     const_cast<char**>(argv.data()), environ);
    posix_spawn_file_actions_destroy(&actions);
    if (error != 0) throw std::runtime_error("python3 does not start");
  }

  std::string name_;
  pid_t pid_ = 0;
  int input_ = -1;
  std::FILE* output_ = nullptr;
};
