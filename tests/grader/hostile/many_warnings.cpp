// Warnings without an end, for a console or a disk to choke on.
// expect: compile-error limit
#if __INCLUDE_LEVEL__ < 12
#warning "::error::escape from the log"
#include __FILE__
#include __FILE__
#include __FILE__
#endif
