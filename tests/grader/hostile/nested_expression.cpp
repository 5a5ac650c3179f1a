// An expression nested so deep that the compiler's own stack ends.
// expect: compile-error limit
#define L ((((((((((((((((((((((((((((((((
#define M L L L L L L L L L L L L L L L L
#define N M M M M M M M M M M M M M M M M
#define O N N N N N N N N N N N N N N N N
int x = O O O O 1;
