// A server on this machine, with faults on demand: see http_server.py.
#pragma once

#include <fcntl.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cstdio>
#include <filesystem>
#include <stdexcept>
#include <string>

/// Serves the files of a directory for as long as it lives. It ends with the
/// test, however that ends, because its standard input does.
class HttpServer {
 public:
  HttpServer(const std::filesystem::path& directory,
             const std::filesystem::path& log) {
    int input[2], output[2];
    if (::pipe2(input, O_CLOEXEC) != 0 || ::pipe2(output, O_CLOEXEC) != 0) {
      throw std::runtime_error("pipe2");
    }
    start(directory, log, input[0], output[1]);
    ::close(input[0]);
    ::close(output[1]);
    input_ = input[1];
    read_port(output[0]);
  }
  ~HttpServer() {
    ::close(input_);
    ::waitpid(pid_, nullptr, 0);
  }
  HttpServer(const HttpServer&) = delete;
  HttpServer& operator=(const HttpServer&) = delete;

  /// Of a file, in one of the manners that http_server.py has.
  std::string url(const std::string& manner, const std::string& file) const {
    return "http://127.0.0.1:" + std::to_string(port_) + '/' + manner + '/' +
           file;
  }

 private:
  void start(const std::string& directory, const std::string& log, int input,
             int output) {
    const std::string script = COURSE_DIR "/tests/tito/http_server.py";
    const char* argv[] = {"python3", script.c_str(), directory.c_str(),
                          log.c_str(), nullptr};
    posix_spawn_file_actions_t actions;
    posix_spawn_file_actions_init(&actions);
    posix_spawn_file_actions_adddup2(&actions, input, STDIN_FILENO);
    posix_spawn_file_actions_adddup2(&actions, output, STDOUT_FILENO);
    const int error = ::posix_spawnp(&pid_, argv[0], &actions, nullptr,
                                     const_cast<char**>(argv), environ);
    posix_spawn_file_actions_destroy(&actions);
    if (error != 0) throw std::runtime_error("python3 does not start");
  }

  void read_port(int output) {
    std::FILE* lines = ::fdopen(output, "r");
    const int found = std::fscanf(lines, "%d", &port_);
    std::fclose(lines);
    if (found != 1) throw std::runtime_error("http_server.py does not start");
  }

  pid_t pid_ = 0;
  int input_ = -1;
  int port_ = 0;
};
