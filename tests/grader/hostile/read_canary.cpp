// Prints a file of the grader's machine.
// expect: failed
#include <cstdio>
#include <fstream>
#include <iostream>
static void leak() {
  std::ifstream file("@CANARY@");
  std::cout << file.rdbuf() << std::flush;
}
#define ATTACK leak()
