// Starts what never ends.
// expect: compile-error
const char* text = R"endless(
