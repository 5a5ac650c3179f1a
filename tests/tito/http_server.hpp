// A server on this machine, with faults on demand: see http_server.py.
#pragma once

#include <filesystem>
#include <string>

#include "python_script.hpp"

/// Serves the files of a directory for as long as it lives.
class HttpServer {
 public:
  HttpServer(const std::filesystem::path& directory,
             const std::filesystem::path& log)
      : script_("http_server.py", {directory, log}), port_(script_.answer()) {}

  /// Of a file, in one of the manners that http_server.py has.
  std::string url(const std::string& manner, const std::string& file) const {
    return "http://127.0.0.1:" + port_ + '/' + manner + '/' + file;
  }

 private:
  PythonScript script_;
  std::string port_;
};
