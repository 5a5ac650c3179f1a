// A function whose name has a hundred thousand letters, and is not there.
// expect: link-error
#define A aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa
#define J(a, b) K(a, b)
#define K(a, b) a##b
#define B J(J(A, A), J(A, A))
#define C J(J(B, B), J(B, B))
#define D J(J(C, C), J(C, C))
#define E J(J(D, D), J(D, D))
#define F J(J(E, E), J(E, E))
void J(F, F)();
#define ATTACK J(F, F)()
