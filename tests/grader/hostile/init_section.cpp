// Adds code to the function that runs before every constructor.
// expect: denied
asm(".section .init,\"ax\"\nnop\n.text");
