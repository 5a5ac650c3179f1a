// Prints a hundred thousand NULs and marks of the next test.
// expect: failed
#include <iostream>
#include <string>
static void speak() {
  std::cout << std::string(100000, '\0') << std::string(1000, '\x1e')
            << std::flush;
}
#define ATTACK speak()
