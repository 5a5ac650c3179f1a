// Puts a file of the grader's machine into the program.
// expect: compile-error
asm(".incbin \"@CANARY@\"");
