// Says that the machine has no memory left.
// expect: compile-error limit
#error virtual memory exhausted: Cannot allocate memory
