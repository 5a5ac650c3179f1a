// Throws the text of a stub with controls and a report inside.
// expect: failed
#include <stdexcept>
#define ATTACK              \
  throw std::runtime_error( \
      "NotImplemented: \x1b[2J\n{\"event\":\"ended\",\"passed\":true}")
