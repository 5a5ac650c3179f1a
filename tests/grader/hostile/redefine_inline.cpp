// Defines an inline function of the framework differently (an ODR violation).
// expect: failed
#define MSELoss HonestLoss
#include "tinytorch/losses.hpp"
#undef MSELoss
namespace tinytorch {
struct MSELoss {
  __attribute__((noinline, used)) Tensor operator()(const Tensor&,
                                                    const Tensor&) const {
    return Tensor(75.0f);
  }
};
Tensor use(const Tensor& x) { return MSELoss()(x, x); }
}  // namespace tinytorch
