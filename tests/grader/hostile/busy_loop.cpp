// Never comes back.
// expect: failed
static volatile bool forever = true;
#define ATTACK      \
  while (forever) { \
  }
