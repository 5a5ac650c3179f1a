// A variable where a function of the C library is that the tests need.
// expect: denied
extern "C" {
extern char strlen[];
char strlen[64];
}
