// Brings its own std::terminate.
// expect: denied
namespace std {
void terminate() noexcept { __builtin_trap(); }
}  // namespace std
