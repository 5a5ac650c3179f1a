// Is right in the first call of a process and wrong afterwards, as if it had
// counted the runs.
// expect: failed
static int calls = 0;
#define ATTACK \
  if (calls++ == 0) return Tensor(75.0f)
