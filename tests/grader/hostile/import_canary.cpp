// The same as another language would.
// expect: compile-error
#import "@CANARY@"
