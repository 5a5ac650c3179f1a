// A real Slurm cluster on this machine: see slurm_cluster.py.
#pragma once

#include <fcntl.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cstdio>
#include <stdexcept>
#include <string>

#include "scratch.hpp"

/// Four idle nodes, n0 to n3, for as long as it lives. They end with the test,
/// however that ends, because the script's standard input does.
class SlurmCluster {
 public:
  SlurmCluster() {
    int input[2], output[2];
    if (::pipe2(input, O_CLOEXEC) != 0 || ::pipe2(output, O_CLOEXEC) != 0) {
      throw std::runtime_error("pipe2");
    }
    start(input[0], output[1]);
    ::close(input[0]);
    ::close(output[1]);
    input_ = input[1];
    output_ = ::fdopen(output[0], "r");
    expect("ready");
  }
  ~SlurmCluster() {
    ::close(input_);
    std::fclose(output_);
    ::waitpid(pid_, nullptr, 0);
  }
  SlurmCluster(const SlurmCluster&) = delete;
  SlurmCluster& operator=(const SlurmCluster&) = delete;

  /// For the environment of Slurm's commands.
  std::string setting() const {
    return "SLURM_CONF=" + (scratch_.path() / "slurm.conf").string();
  }

  /// A node goes, with all that runs on it, and does not come back.
  void kill(const std::string& node) const {
    const std::string line = "kill " + node + "\n";
    if (::write(input_, line.data(), line.size()) < 0) {
      throw std::runtime_error("the cluster has ended");
    }
    expect("killed");
  }

 private:
  void start(int input, int output) {
    const std::string script = COURSE_DIR "/tests/tito/slurm_cluster.py";
    const char* argv[] = {"python3", script.c_str(), scratch_.path().c_str(),
                          nullptr};
    posix_spawn_file_actions_t actions;
    posix_spawn_file_actions_init(&actions);
    posix_spawn_file_actions_adddup2(&actions, input, STDIN_FILENO);
    posix_spawn_file_actions_adddup2(&actions, output, STDOUT_FILENO);
    const int error = ::posix_spawnp(&pid_, argv[0], &actions, nullptr,
                                     const_cast<char**>(argv), environ);
    posix_spawn_file_actions_destroy(&actions);
    if (error != 0) throw std::runtime_error("python3 does not start");
  }

  /// The script says on standard error what is missing.
  void expect(const std::string& word) const {
    char answer[64] = "";
    if (std::fscanf(output_, "%63s", answer) != 1 || answer != word) {
      throw std::runtime_error("slurm_cluster.py does not start: see above");
    }
  }

  Scratch scratch_;
  pid_t pid_ = 0;
  int input_ = -1;
  std::FILE* output_ = nullptr;
};
