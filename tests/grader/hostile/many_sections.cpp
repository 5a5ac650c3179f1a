// Thousands of sections.
// expect: failed
asm(".altmacro\n.macro many from to\n.if \\to-\\from\n"
    ".section .text.s\\from,\"ax\"\nnop\nmany %(\\from+1) \\to\n.endif\n.endm\n"
    "many 0 30\nmany 1000 1030\nmany 2000 2030\n.text");
