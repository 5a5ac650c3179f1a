// Never lets a test begin.
// expect: failed
static volatile bool forever = true;
struct Spin {
  Spin() {
    while (forever) {
    }
  }
};
static Spin spin;
