// Throws an exception whose text is the null pointer.
// expect: failed
#include <exception>
struct Silent : std::exception {
  const char* what() const noexcept override { return nullptr; }
};
#define ATTACK throw Silent()
