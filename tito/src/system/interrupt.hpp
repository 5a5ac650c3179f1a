// Ctrl-C: nothing that tito started may outlive it.
#pragma once

#include <functional>

namespace tito {

/// From now on SIGINT, SIGTERM and SIGHUP kill every process that descends
/// from this one, run the cleanup, and end with 128 + the signal's number. A
/// broken pipe is an error of write() instead of a signal.
void handle_interrupts();

/// Once an interruption has begun, does not return: what then fails, fails
/// because its processes were killed, and nobody wants to read of it.
void stop_here_if_interrupted();

/// What to run before an interrupted process ends (to restore the terminal).
/// An empty function takes it back. It runs in a thread of its own.
void set_interrupt_cleanup(std::function<void()> cleanup);

/// Kills all descendants of this process, those in other process groups too.
void kill_descendants();

}  // namespace tito
