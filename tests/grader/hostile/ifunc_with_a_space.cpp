// The type that follows the first space in a tool's list is the student's.
// expect: denied
asm(".text\n.globl \"chosen W\"\n.type \"chosen W\", @gnu_indirect_function\n"
    "\"chosen W\": xor %eax, %eax\nret");
