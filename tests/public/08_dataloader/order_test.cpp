// 08.3 Passes and order.
#include <algorithm>

#include "support/fake_dataset.hpp"
#include "support/tensors.hpp"

using namespace tinytorch;
using test::Numbers;

using Order = std::vector<std::int64_t>;

TEST_CASE("ten samples in batches of four are three batches", "[08.3]") {
  INFO("4 + 4 + 2: the last batch is short, and it counts");
  const Numbers ten(10);
  CHECK(DataLoader(ten, {.batch_size = 4}).size() == 3);
}

TEST_CASE("eight samples in batches of four are two batches", "[08.3]") {
  const Numbers eight(8);
  CHECK(DataLoader(eight, {.batch_size = 4}).size() == 2);
  CHECK(DataLoader(eight, {.batch_size = 1}).size() == 8);
}

TEST_CASE("without shuffling the samples come as they lie", "[08.3]") {
  const Numbers five(5);
  DataLoader loader(five, {.batch_size = 2});
  loader.restart();
  CHECK(loader.order() == Order{0, 1, 2, 3, 4});
  loader.restart();
  CHECK(loader.order() == Order{0, 1, 2, 3, 4});
}

TEST_CASE("shuffling swaps each place with one that is drawn", "[08.3]") {
  INFO("Generator(0) draws 0 of 5, 2 of 4, 1 of 3 and 0 of 2:");
  INFO("0 1 2 3 4, swap places 4 and 0: 4 1 2 3 0, swap 3 and 2: 4 1 3 2 0,");
  INFO("swap 2 and 1: 4 3 1 2 0, swap 1 and 0: 3 4 1 2 0");
  const Numbers five(5);
  Generator generator(0);
  DataLoader loader(five, {.shuffle = true, .generator = &generator});
  loader.restart();
  CHECK(loader.order() == Order{3, 4, 1, 2, 0});
}

TEST_CASE("each pass has an order of its own", "[08.3]") {
  INFO("Generator(0) goes on with 2 of 5, 2 of 4, 2 of 3 and 1 of 2,");
  INFO("and the pass begins with 0 1 2 3 4 again");
  const Numbers five(5);
  Generator generator(0);
  DataLoader loader(five, {.shuffle = true, .generator = &generator});
  loader.restart();
  loader.restart();
  CHECK(loader.order() == Order{0, 1, 3, 4, 2});
}

TEST_CASE("a shuffled pass visits every sample once", "[08.3]") {
  const Numbers thousand(1000);
  Generator generator(7);
  DataLoader loader(thousand, {.shuffle = true, .generator = &generator});
  loader.restart();
  Order order = loader.order();
  INFO("not as they lie");
  CHECK_FALSE(std::is_sorted(order.begin(), order.end()));
  std::sort(order.begin(), order.end());
  REQUIRE(order.size() == 1000);
  for (std::int64_t i = 0; i < 1000; ++i) {
    CHECK(order[static_cast<std::size_t>(i)] == i);
  }
}
