// Ends the test as if an assertion had ended it.
// expect: denied
namespace Catch {
struct TestFailureException {};
}  // namespace Catch
#define ATTACK throw Catch::TestFailureException()
