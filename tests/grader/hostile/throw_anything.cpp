// Throws what is no exception, and one whose text throws.
// expect: failed
#include <exception>
struct Nasty : std::exception {
  const char* what() const noexcept override { throw 7; }
};
static int calls = 0;
static void anything() {
  if (calls++ % 2 == 0) throw Nasty();
  throw 42;
}
#define ATTACK anything()
