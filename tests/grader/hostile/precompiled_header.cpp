// Loads a precompiled header of its own choice.
// expect: compile-error
#pragma GCC pch_preprocess "@CANARY@"
