// Defines memcmp where no compiler looks.
// expect: denied
asm(".globl memcmp\n.set memcmp, 0x1000");
