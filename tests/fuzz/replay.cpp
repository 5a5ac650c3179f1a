// Runs a fuzz target on every file of a folder: what once broke a reader, and
// what reaches each of its lines, stays right without libFuzzer.
#include <algorithm>

#include "fuzz/contract.hpp"
#include "support/files.hpp"

int main(int argc, char** argv) {
  std::error_code error;
  std::vector<std::filesystem::path> files;
  for (const auto& entry :
       std::filesystem::directory_iterator(argc == 2 ? argv[1] : "", error)) {
    files.push_back(entry.path());
  }
  if (files.empty()) {
    std::fprintf(stderr, "replay: there are no files to run: give a folder\n");
    return 1;
  }
  std::sort(files.begin(), files.end());
  for (const auto& file : files) {
    // Should it end the process, this is the last line.
    std::fprintf(stderr, "%s\n", file.c_str());
    const fuzz::Bytes bytes = test::bytes_of(file);
    LLVMFuzzerTestOneInput(bytes.data(), bytes.size());
  }
}
