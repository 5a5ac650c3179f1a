// Prints and tries to write a JUnit file in which everything passed.
// expect: failed
#include <fstream>
#include <iostream>
struct Forge {
  Forge() {
    const char* text =
        "<testsuites><testsuite name=\"tests\" tests=\"58\" failures=\"0\"/>"
        "</testsuites>\nAll tests passed (400 assertions in 58 test cases)\n";
    std::cout << text << std::flush;
    for (const char* name : {"report.xml", "/tmp/report.xml", "results.json"}) {
      std::ofstream(name) << text;
    }
    std::_Exit(0);
  }
};
static Forge forge;
