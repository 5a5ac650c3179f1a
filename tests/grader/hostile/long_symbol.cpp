// A name of eight megabytes must not become a report of eight megabytes.
// expect: denied
asm(".macro grow name, left\n"
    ".if \\left\n grow \\name\\name, (\\left-1)\n.else\n"
    ".globl __\\name\n__\\name: ret\n.endif\n.endm\n"
    ".text\ngrow abcd, 21\n");
