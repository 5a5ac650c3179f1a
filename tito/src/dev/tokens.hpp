// The grader's tokens, for what works on the text of C++ files here.
#pragma once

#include "grader/tokens.hpp"

namespace tito::dev {

using grader::Token;
using grader::tokenize;

}  // namespace tito::dev
