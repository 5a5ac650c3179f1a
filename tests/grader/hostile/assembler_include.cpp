// Shows a file of the grader's machine in the assembler's messages.
// expect: compile-error
asm(".include \"@CANARY@\"");
