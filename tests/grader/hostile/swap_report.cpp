// Swaps the report and standard output, so that prints become reports.
// expect: failed
#include <unistd.h>

#include <iostream>
static void swap() {
  dup2(1, 40);
  dup2(3, 1);
  dup2(40, 3);
  std::cout << "{\"event\":\"ended\",\"passed\":true}\nEND 0\n" << std::flush;
}
#define ATTACK swap()
