// Times the reference solutions: one JSON object of microseconds a name, the
// median of several rounds. scripts/bench.sh prints it next to its peers.
#include <algorithm>
#include <chrono>
#include <cstdio>
#include <functional>
#include <numeric>
#include <vector>

#include "tinytorch/activations.hpp"
#include "tinytorch/autograd.hpp"
#include "tinytorch/data.hpp"
#include "tinytorch/layers.hpp"
#include "tinytorch/losses.hpp"
#include "tinytorch/operations.hpp"
#include "tinytorch/optimizers.hpp"

using namespace tinytorch;

namespace {

using Clock = std::chrono::steady_clock;

double microseconds(const std::function<void()>& work, int repeats) {
  const auto start = Clock::now();
  for (int i = 0; i < repeats; ++i) work();
  const std::chrono::duration<double, std::micro> elapsed =
      Clock::now() - start;
  return elapsed.count() / repeats;
}

/// The median of seven rounds of about 50 milliseconds, after one to warm up.
double median(const std::function<void()>& work) {
  const double once = std::max(microseconds(work, 3), 0.1);
  const int repeats = std::max(1, static_cast<int>(50e3 / once));
  std::vector<double> rounds;
  for (int i = 0; i < 7; ++i) rounds.push_back(microseconds(work, repeats));
  std::sort(rounds.begin(), rounds.end());
  return rounds[rounds.size() / 2];
}

bool first = true;

void report(const char* name, const std::function<void()>& work) {
  std::printf("%s\n  \"%s\": %.3f", first ? "{" : ",", name, median(work));
  first = false;
}

void elementwise() {
  const Tensor a = Tensor::randn({1000000}), b = Tensor::randn({1000000});
  report("add 1M", [&] { a + b; });
  report("exp 1M", [&] { exp(a); });
  const Tensor logits = Tensor::randn({64, 1000});
  report("softmax 64x1000", [&] { softmax(logits, 1); });
}

void products() {
  for (const std::int64_t n : {256, 512}) {
    const Tensor a = Tensor::randn({n, n}), b = Tensor::randn({n, n});
    report(n == 256 ? "matmul 256" : "matmul 512", [&] { a.matmul(b); });
  }
}

void train_step(const char* name, std::int64_t in, std::int64_t hidden) {
  Sequential net(Linear(in, hidden), ReLU(), Linear(hidden, 10));
  SGD optimizer(net.parameters(), {.lr = 0.01f});
  const Tensor x = Tensor::randn({32, in});
  const Tensor y = Tensor::zeros({32});
  report(name, [&] {
    optimizer.zero_grad();
    cross_entropy_loss(net(x), y).backward();
    optimizer.step();
  });
}

void adam() {
  Tensor p = Tensor::randn({1000000});
  p.set_requires_grad();
  p.set_grad(Tensor::randn({1000000}));
  Adam optimizer({p});
  report("Adam step 1M", [&] { optimizer.step(); });
}

void loading() {
  const TensorDataset data({Tensor::randn({8192, 784}), Tensor::zeros({8192})});
  DataLoader loader(data, {.batch_size = 32, .shuffle = true});
  report("DataLoader 8192x784", [&] {
    for (const Batch& batch : loader) static_cast<void>(batch);
  });
}

}  // namespace

int main() {
  enable_autograd();
  elementwise();
  products();
  train_step("MLP step 64-32-10", 64, 32);
  train_step("MLP step 784-128-10", 784, 128);
  adam();
  loading();
  std::printf("\n}\n");
}
