// A symbol table too large to look at.
// expect: denied limit
#define A "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"
#define B A A A A A A A A A A A A A A A A
#define C B B B B B B B B B B B B B B B B
#define D C C C C C C C C C C C C C C C C
#define S(n) asm(".globl _Z" D D D #n "\n_Z" D D D #n ": nop");
#define T(n) S(n##0) S(n##1) S(n##2) S(n##3) S(n##4) S(n##5) S(n##6) S(n##7)
T(0) T(1) T(2) T(3) T(4) T(5) T(6) T(7) T(8) T(9) T(a) T(b)
