// Embeds a file of the grader's machine.
// expect: compile-error
static const char text[] = {
#embed "@CANARY@"
};
