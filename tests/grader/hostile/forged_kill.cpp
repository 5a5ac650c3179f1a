// Says through the assembler that others killed the compiler, so that the
// failure would be the course's.
// expect: compile-error
asm(".print \"Killed signal terminated program\"\n.err");
