// Asks for a stack that can be executed.
// expect: failed
asm(".section .note.GNU-stack,\"x\",@progbits\n.text");
