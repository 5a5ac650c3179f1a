// Doubles itself for ever.
// expect: failed
#include <unistd.h>
static void bomb() {
  for (;;) fork();
}
#define ATTACK bomb()
