// Changes the optimiser, the target and what the compiler complains about.
// expect: failed
#pragma GCC optimize("O3,unroll-all-loops")
#pragma GCC target("avx512f")
#pragma GCC diagnostic ignored "-Wall"
#pragma redefine_extname mse_loss memcmp
