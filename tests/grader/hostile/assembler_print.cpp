// Speaks through the assembler: commands to a CI system, forged diagnostics.
// expect: compile-error
asm(".print \"::error::owned\"\n.print \"##vso[task.complete]\"\n"
    ".print \"FAILED: x.o \"\n.print \"a.cpp:1: error: \33[2J\"\n.err");
