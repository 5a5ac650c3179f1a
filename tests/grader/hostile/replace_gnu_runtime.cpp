// A strong definition beats an inline function of the runtime's own namespace.
// expect: denied
namespace __gnu_cxx {
void __verbose_terminate_handler() { __builtin_trap(); }
}  // namespace __gnu_cxx
