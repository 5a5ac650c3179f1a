// Prints what the build tool prints when it breaks.
// expect: compile-error
#warning ninja: error: loading 'build.ninja': No such file or directory
#warning ninja: build stopped: interrupted by user.
#error FAILED: nothing
