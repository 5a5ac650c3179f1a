// Puts a function of the C library where nm has no letter for its type.
// expect: denied
asm(".section own,\"w\",@progbits\n.globl memcmp\nmemcmp: .zero 8\n.text");
