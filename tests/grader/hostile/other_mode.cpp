// Changes its environment and arguments, so that tests would only be listed.
// expect: failed
#include <cstdlib>
#include <cstring>
extern char** environ;
struct Change {
  Change() {
    setenv("TINYTORCH_TEST_REPORT", "list", 1);
    for (char** entry = environ; *entry != nullptr; ++entry) {
      char* value = std::strchr(*entry, '=');
      if (value != nullptr && value[1] == '1') std::strcpy(value + 1, "");
    }
  }
};
static Change change;
