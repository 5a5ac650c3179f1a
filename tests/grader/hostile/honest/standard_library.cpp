// Right work that adds to namespace std what belongs to its own types, and what
// does not but harms nobody.
#include <bits/stdc++.h>
using namespace std;

struct Key {
  int k;
};
template <>
struct std::hash<Key> {
  size_t operator()(const Key&) const;
};
size_t std::hash<Key>::operator()(const Key& key) const { return key.k; }
template <>
struct std::numeric_limits<Key> {
  static Key max();
};
Key std::numeric_limits<Key>::max() { return {1}; }

namespace std {
template <>
void swap<Key>(Key& a, Key& b) noexcept {
  const int k = a.k;
  a.k = b.k;
  b.k = k;
}
template <>
const Key& max<Key>(const Key& a, const Key& b) {
  return a.k < b.k ? b : a;
}
ostream& operator<<(ostream& out, const vector<float>& list) {
  for (float x : list) out << x << ' ';
  return out;
}
string to_string(const string& text) { return text; }
}  // namespace std

template class std::vector<float>;
extern template class std::vector<double>;
template class std::vector<double>;
int squares(const vector<int>& list) {
  int sum = 0;
  for (int x : list | views::transform([](int i) { return i * i; })) sum += x;
  return sum;
}
double special() { return std::beta(1.0, 2.0) + std::cyl_bessel_j(0, 1.0); }
static auto handler = set_terminate([] { abort(); });
static auto random_numbers = mt19937{random_device{}()};
