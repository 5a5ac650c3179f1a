// Brings the function that a program's first instructions call if it is there.
// expect: denied
extern "C" void __gmon_start__() { __builtin_trap(); }
