# TUNING: how the student's code is compiled. Nobody reads errno after sqrt(), or
# the floating-point unit's flags after a comparison; without both, the loops
# around them can be vectorised, and no result changes. With AVX2 and FMA, which
# processors have had since about 2013, loops run twice as fast; a newer set
# than that would make results differ between the machines of one class.
set(TUNING -fno-math-errno -fno-trapping-math)
include(CheckCXXSourceRuns)
check_cxx_source_runs("
  int main() {
    return __builtin_cpu_supports(\"avx2\") && __builtin_cpu_supports(\"fma\")
               ? 0 : 1;
  }" CPU_HAS_AVX2)
if(CPU_HAS_AVX2)
  list(APPEND TUNING -march=x86-64-v3)
endif()
