// Runs code while the program is still being linked at its start.
// expect: denied
asm(".text\n.globl _Z6chosenv\n.type _Z6chosenv, @gnu_indirect_function\n"
    "_Z6chosenv: xor %eax, %eax\nret");
