#include "commands/command_line.hpp"
#include "system/interrupt.hpp"

int main(int argc, char** argv) {
  tito::handle_interrupts();
  const int code = tito::run_command_line(argc, argv);
  tito::stop_here_if_interrupted();
  return code;
}
