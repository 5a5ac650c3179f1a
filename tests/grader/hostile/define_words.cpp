// Gives the language's words another meaning in what the framework's headers
// define.
// expect: failed
#include <vector>
#define if (x) if (!(x))
#define return \
  throw 1;     \
  return
#define throw
