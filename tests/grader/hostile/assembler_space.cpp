// An object of a terabyte.
// expect: compile-error limit
asm(".data\n.fill 0x10000000000, 1, 0x41\n.text");
