// Hands out memory of its own.
// expect: denied
#include <cstdlib>
#include <new>
void* operator new[](std::size_t n) { return std::malloc(n); }
