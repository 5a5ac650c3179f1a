// Owns the precompiled header of all module tests; see tests/CMakeLists.txt.
#include "support/tensors.hpp"
