// A symbol whose name holds a line of its own for whoever reads the table.
// expect: denied failed
asm(".text\n.globl \"_Z1a\nmemcmp T 0 0\"\n\"_Z1a\nmemcmp T 0 0\": ret");
