// A variable where a function of the C library is.
// expect: denied
char signgam[64];
