// Types of exponential size.
// expect: compile-error limit
template <class T, int N>
struct Bomb {
  Bomb<Bomb<T, N>, N - 1> a;
  Bomb<Bomb<T*, N>, N - 1> b;
};
template <class T>
struct Bomb<T, 0> {};
Bomb<int, 28> bomb;
