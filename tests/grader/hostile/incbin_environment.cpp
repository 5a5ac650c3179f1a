// Puts the assembler's environment into the program.
// expect: denied compile-error failed
asm(".incbin \"/proc/self/environ\"");
