// A strong definition beats the inline operator() that tests call.
// expect: failed
asm(".text\n"
    ".globl _ZNK9tinytorch7MSELossclERKNS_6TensorES3_\n"
    "_ZNK9tinytorch7MSELossclERKNS_6TensorES3_: ret");
