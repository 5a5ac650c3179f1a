// Throws twenty megabytes of text.
// expect: failed
#include <stdexcept>
#include <string>
#define ATTACK throw std::runtime_error(std::string(20 << 20, '='))
