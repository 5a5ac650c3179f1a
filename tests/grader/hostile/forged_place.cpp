// Says that its mistakes are in somebody else's file.
// expect: compile-error
#line 7 "/etc/passwd:1: error: @COURSE@"
int x = y;
