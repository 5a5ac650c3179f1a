// Right work that asks the compiler for more than the course needs.
#pragma once
#pragma GCC optimize("O3,unroll-loops")
#define _USE_MATH_DEFINES
#define SQUARE(x) ((x) * (x))
#include <immintrin.h>

#include <array>
#include <coroutine>
#include <source_location>
__attribute__((target("avx2"))) float first(const float* p) {
  return _mm256_cvtss_f32(_mm256_loadu_ps(p));
}
void scale(float* a, int n) {
#pragma omp parallel for simd
  for (int i = 0; i < n; ++i) a[i] *= SQUARE(2);
}
constexpr auto kTable = [] {
  std::array<float, 20000> table{};
  for (float i = 0; float& x : table) x = i++;
  return table;
}();
const float* table() { return kTable.data(); }
[[gnu::hot, deprecated]] int hot(int n) { return n; }
__attribute__((weak)) int weakly(int n) { return n; }
__attribute__((visibility("hidden"))) int hidden(int n) { return hot(n); }
__attribute__((aligned(64), section(".mydata"))) float buffer[64] = {1};
int counter() {
  unsigned low = 0, high = 0;
  asm volatile("rdtsc" : "=a"(low), "=d"(high)::"memory");
  return static_cast<int>(low ^ high);
}
int line() { return static_cast<int>(std::source_location::current().line()); }
const char* made() { return __FILE__ __DATE__ __TIME__; }
struct Own {
  static void* operator new(std::size_t n);
  static void operator delete(void* p);
  virtual ~Own();
};
void* Own::operator new(std::size_t n) { return ::operator new(n); }
void Own::operator delete(void* p) { ::operator delete(p); }
Own::~Own() = default;
int unused(int a, int b) {
  int c;
  if (a = b) return -1 > 2u;
  return 0;
}
