// Speaks to the linker, and through it to the console.
// expect: failed
asm(".section .gnu.warning.memcmp\n.string \"::error::\\033[2Jpassed\"\n.text");
