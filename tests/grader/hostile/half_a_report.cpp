// Makes the pipe of the report small and impatient.
// expect: failed
#include <fcntl.h>
static const int made =
    fcntl(3, F_SETPIPE_SZ, 4096) + fcntl(3, F_SETFL, O_NONBLOCK) +
    fcntl(1, F_SETFL, O_NONBLOCK) + fcntl(0, F_SETFL, O_NONBLOCK);
