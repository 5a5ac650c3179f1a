// Right work with names that others have too, but nobody whom it meets.
#include <algorithm>
#include <string>
#include <vector>

float error = 0, \u03bb = 1, größe = 2;
std::vector<double> times;
int compress, splice, _own;

inline int calls = 0;
inline constexpr float kTiny = 1e-7f;
inline const std::string kName = "losses";
template <class T>
T half = T(0.5);
float clamped(float x) { return ++calls, std::max(x, kTiny) * half<float>; }
const std::string& name() { return kName; }

namespace {
int index = 0, link = 1, data = 2;
double y0 = 1, j1 = 2;
int read(int n) { return n + index + link + data + int(y0 + j1); }
}  // namespace
int own_read() { return read(1); }

extern "C" int own_helper(int n) { return n; }
extern "C" {
static int private_helper(int n) { return n; }
}
int use_helper() { return private_helper(1); }

namespace test {
int own_check(int n) { return n; }
}  // namespace test
namespace detail {
int helper(int n) { return n; }
}  // namespace detail
// int main() { return 0; }
namespace demo {
int main() { return 0; }
}  // namespace demo
