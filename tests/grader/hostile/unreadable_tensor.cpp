// Gives back a tensor whose shape promises more memory than there is.
// expect: failed
#define ATTACK return Tensor::empty({1L << 40, 1L << 10})
