// A constant of many gigabytes.
// expect: compile-error limit
#include <array>
constexpr auto make() {
  std::array<long long, 1 << 29> list{};
  for (unsigned i = 0; i < list.size(); ++i) list[i] = i;
  return list;
}
constexpr auto list = make();
