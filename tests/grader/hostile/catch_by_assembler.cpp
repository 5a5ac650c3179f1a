// Calls the test framework under its mangled name.
// expect: denied
void end_all() asm("_ZN5Catch7cleanUpEv");
#define ATTACK end_all()
