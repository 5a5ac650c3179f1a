// Puts data where a function's name is.
// expect: denied
asm(".comm memcmp, 64, 16");
