// Includes itself twice, at every depth.
// expect: compile-error limit
#include __FILE__
#include __FILE__
