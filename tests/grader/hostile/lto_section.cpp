// Pretends to be an object of another compiler's intermediate code.
// expect: denied
asm(".section .gnu.lto_.opts,\"e\",@progbits\n.string \"-O9\"\n"
    ".section .gnu.lto_.symtab,\"e\",@progbits\n.string \"memcmp\"\n.text");
