// Writes a section that no tool reads to its end, so that the failure would be
// the grader's.
// expect: denied
asm(".section own,\"\",@17\n.long 1, 2, 3, 4, 5, 6, 7, 8\n.text");
