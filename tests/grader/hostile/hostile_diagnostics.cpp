// Escapes, bidirectional controls and commands in the compiler's messages.
// expect: compile-error
#line 1 "=cmd|' /C calc'!A0"
static_assert(false, "\x1b[2J\x1b]0;owned\a\u202e\u2066 ::error:: ##vso[x]");
#error[2J ::set-output name=x::y ‮ ]]> &lt;/failure&gt;
