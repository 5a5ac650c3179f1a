// Leaves by quick_exit, whose handlers leave by _Exit, before any test.
// expect: failed
#include <cstdlib>
struct Leave {
  Leave() {
    std::at_quick_exit([] { std::_Exit(0); });
    std::quick_exit(0);
  }
};
static Leave leave;
