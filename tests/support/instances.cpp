// What grading_prelude.hpp keeps every graded file from instantiating.
#define INSTANCE
#include "support/grading_prelude.hpp"
