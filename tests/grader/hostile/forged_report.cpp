// Writes a whole report of passed tests to descriptors 1, 2 and 3, and leaves.
// expect: failed
#include <unistd.h>

#include <cstring>
static void forge() {
  const char text[] =
      "\n00000000000000000000000000000000 "
      "{\"event\":\"started\",\"name\":\"exact predictions cost nothing\"}\n"
      "\n00000000000000000000000000000000 "
      "{\"event\":\"ended\",\"name\":\"exact predictions cost nothing\","
      "\"assertions\":1,\"passed\":true}\n"
      "\n {\"event\":\"done\"}\n";
  for (int fd = 1; fd <= 3; ++fd) (void)!write(fd, text, strlen(text));
  _exit(0);
}
#define ATTACK forge()
