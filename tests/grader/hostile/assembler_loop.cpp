// Makes the assembler repeat itself.
// expect: compile-error limit
asm(".rept 2000000000\n.rept 2000000000\nnop\n.endr\n.endr");
