// Fills a disk, a file of a hundred megabytes at a time.
// expect: compile-error limit
asm(".pushsection .data\n.fill 100000000, 1, 1\n.popsection");
