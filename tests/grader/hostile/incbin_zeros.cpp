// Puts a file without an end into the program.
// expect: compile-error limit
asm(".incbin \"/dev/zero\"");
