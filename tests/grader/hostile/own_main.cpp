// Brings its own main.
// expect: denied
int main() { return 0; }
