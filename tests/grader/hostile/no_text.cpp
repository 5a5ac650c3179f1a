// Hides all that follows from the compiler.
// expect: compile-error
#if 0
