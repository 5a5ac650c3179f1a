// Every number and every message in the lesson of module 08.
#include <array>
#include <cstdint>
#include <map>
#include <string>
#include <utility>
#include <vector>

#include "framework/lesson.hpp"
#include "support/fake_dataset.hpp"
#include "support/tensors.hpp"

using lesson::bytes_needed;
using lesson::message;
using namespace tinytorch;
using test::IsTensor;
using test::make;
using test::Numbers;

namespace {

using Order = std::vector<std::int64_t>;

}  // namespace

TEST_CASE("lesson 08: samples are views") {
  const Tensor images = Tensor::empty({100, 8, 8});
  const TensorDataset data({images, Tensor::empty({100})});
  const Sample sample = data.get(17);
  CHECK(sample[0].offset() == 1088);
  CHECK(sample[0].shape() == Shape{8, 8});
  CHECK(sample[1].shape() == Shape{});
  CHECK(bytes_needed([&] { data.get(17); }) == 0);
  const Tensor transposed = Tensor::empty({4, 3}).transpose();
  CHECK(TensorDataset({transposed}).get(2)[0].offset() ==
        2 * transposed.strides()[0]);
}

TEST_CASE("lesson 08: two samples are stacked") {
  const Batch batch = collate({{make({3}, {1, 2, 3}), make({}, {0})},
                               {make({3}, {4, 5, 6}), make({}, {9})}});
  CHECK_THAT(batch[0], IsTensor({2, 3}, {1, 2, 3, 4, 5, 6}));
  CHECK_THAT(batch[1], IsTensor({2}, {0, 9}));
}

TEST_CASE("lesson 08: the table of the shuffle") {
  const std::vector<std::pair<std::size_t, std::size_t>> swaps = {
      {4, 0}, {3, 2}, {2, 1}, {1, 0}};
  const std::vector<Order> rows = {
      {4, 1, 2, 3, 0}, {4, 1, 3, 2, 0}, {4, 3, 1, 2, 0}, {3, 4, 1, 2, 0}};
  Order order = {0, 1, 2, 3, 4};
  Generator draws(0);
  for (std::size_t row = 0; row < rows.size(); ++row) {
    const auto [place, drawn] = swaps[row];
    CHECK(draws.below(place + 1) == drawn);
    std::swap(order[place], order[drawn]);
    CHECK(order == rows[row]);
  }
  const Numbers five(5);
  Generator generator(0);
  DataLoader loader(five, {.shuffle = true, .generator = &generator});
  loader.restart();
  CHECK(loader.order() == rows.back());
  CHECK(5 * 4 * 3 * 2 == 120);
  CHECK(5 * 5 * 5 * 5 * 5 == 3125);
  CHECK(3125 % 120 != 0);
}

TEST_CASE("lesson 08: ten samples in batches of four") {
  const Numbers ten(10);
  DataLoader loader(ten, {.batch_size = 4});
  std::vector<std::int64_t> sizes;
  for (const Batch& batch : loader) sizes.push_back(batch[0].size(0));
  CHECK(sizes == std::vector<std::int64_t>{4, 4, 2});
}

TEST_CASE("lesson 08: a crop at place 2 2") {
  Generator draws(0), generator(0);
  CHECK((draws.below(3) == 2 && draws.below(3) == 2));
  const RandomCrop crop(3, 3, 1, generator);
  CHECK_THAT(crop(make({3, 3}, {1, 2, 3, 4, 5, 6, 7, 8, 9})),
             IsTensor({3, 3}, {5, 6, 0, 8, 9, 0, 0, 0, 0}));
  const int places = 32 + 2 * 4 - 32 + 1;
  CHECK(places * places == 81);
  CHECK(2 * places * places == 162);
  CHECK(5 - 3 + 1 == 3);
}

TEST_CASE("lesson 08: the messages are the real ones") {
  const Tensor hundred = Tensor::empty({100, 4});
  const std::vector<std::string> messages = {
      message([&] {
        TensorDataset({hundred, Tensor::empty({90})});
      }),
      message([&] { TensorDataset({hundred}).get(100); }),
      message([] {
        collate({{Tensor::empty({28, 28})}, {Tensor::empty({32, 32})}});
      }),
      message([] {
        RandomCrop(32, 32, 1)(Tensor::empty({28, 28}));
      }),
  };
  const std::string text = lesson::text("08_dataloader");
  for (const std::string& expected : messages) {
    CAPTURE(expected);
    CHECK(text.find("```\n" + expected + "\n```") != std::string::npos);
  }
}

TEST_CASE("lesson 08: memory, and answers 1, 3 and 5") {
  CHECK(50000LL * 3 * 32 * 32 * 4 == 614400000);
  CHECK(50000 * 8 == 400000);
  CHECK(10000000LL * 8 == 80000000);
  CHECK(80e6 / (10e6 * 10e3) == Approx(0.0008));
  const std::vector<Sample> cifar(128, {Tensor::empty({3, 32, 32})});
  CHECK(bytes_needed([&] { collate(cifar); }) == 1572864);
  CHECK(3 * 224 * 224 * 4 == 602112);
  const std::vector<Sample> photos(128, {Tensor::empty({3, 224, 224})});
  CHECK(bytes_needed([&] { collate(photos); }) == 77070336);
  CHECK(77e6 / 10e9 == Approx(0.008).margin(0.0005));
}

TEST_CASE("lesson 08: a pass needs the memory of one batch") {
  const TensorDataset data({Tensor::empty({1000, 64})});
  DataLoader loader(data, {.batch_size = 10, .shuffle = true});
  const auto bytes = bytes_needed([&] {
    loader.restart();
    while (loader.next()) {
    }
  });
  CHECK(bytes == 10 * 64 * 4);
}

TEST_CASE("lesson 08: waiting, and answer 2") {
  CHECK(30 + 35 + 10 == 75);
  CHECK(75 + 45 == 120);
  CHECK(45.0 / 120 == Approx(0.375));
  CHECK(120.0 / 75 == Approx(1.6));
  CHECK(75 + 90 == 165);
  CHECK(14.0 / 6 == Approx(2.3).margin(0.05));
}

TEST_CASE("lesson 08: answer 4 and the naive shuffle of three") {
  std::map<Order, int> count;
  for (std::size_t a = 0; a < 3; ++a) {
    for (std::size_t b = 0; b < 3; ++b) {
      for (std::size_t c = 0; c < 3; ++c) {
        Order order = {0, 1, 2};
        const std::array<std::size_t, 3> draws = {a, b, c};
        for (std::size_t i = 0; i < 3; ++i)
          std::swap(order[i], order[draws[i]]);
        ++count[order];
      }
    }
  }
  std::map<int, int> orders;
  for (const auto& [order, times] : count) ++orders[times];
  CHECK(orders == std::map<int, int>{{4, 3}, {5, 3}});
}
