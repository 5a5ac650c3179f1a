# TUNING: how the student's code is compiled for this machine. With AVX2 and
# FMA, which processors have had since about 2013, its loops run twice as fast;
# a newer set than that would make results differ between machines of one class.
include(CheckCXXSourceRuns)
check_cxx_source_runs("
  int main() {
    return __builtin_cpu_supports(\"avx2\") && __builtin_cpu_supports(\"fma\")
               ? 0 : 1;
  }" CPU_HAS_AVX2)
if(CPU_HAS_AVX2)
  set(TUNING -march=x86-64-v3)
endif()
