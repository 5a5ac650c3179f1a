// 08.3 Passes and order: what a plausible mistake would get wrong.
#include <limits>

#include "support/fake_dataset.hpp"
#include "support/tensors.hpp"

using namespace tinytorch;
using test::Mentions;
using test::Numbers;

using Order = std::vector<std::int64_t>;

namespace {

constexpr std::int64_t kLargest = std::numeric_limits<std::int64_t>::max();

}  // namespace

TEST_CASE("a batch may be larger than the data set", "[08.3][hidden]") {
  const Numbers three(3);
  CHECK(DataLoader(three, {.batch_size = 3}).size() == 1);
  CHECK(DataLoader(three, {.batch_size = 4}).size() == 1);
  CHECK(DataLoader(three, {.batch_size = 1000}).size() == 1);
}

TEST_CASE("the largest batch size does not overflow", "[08.3][hidden]") {
  const Numbers three(3);
  CHECK(DataLoader(three, {.batch_size = kLargest}).size() == 1);
}

TEST_CASE("no samples are no batches", "[08.3][hidden]") {
  const Numbers none(0);
  Generator generator(5);
  DataLoader loader(
      none, {.batch_size = 4, .shuffle = true, .generator = &generator});
  CHECK(loader.size() == 0);
  loader.restart();
  CHECK(loader.order().empty());
  CHECK(generator.state() == Generator(5).state());
}

TEST_CASE("eight samples are shuffled as the algorithm says",
          "[08.3][hidden]") {
  // From a model of xoshiro256** and Durstenfeld's loop, written in Python.
  const Numbers eight(8);
  Generator generator(1);
  DataLoader loader(eight, {.shuffle = true, .generator = &generator});
  loader.restart();
  CHECK(loader.order() == Order{7, 0, 1, 4, 3, 2, 6, 5});
  loader.restart();
  CHECK(loader.order() == Order{3, 7, 0, 2, 1, 4, 6, 5});
  loader.restart();
  CHECK(loader.order() == Order{3, 2, 6, 0, 1, 5, 4, 7});
}

TEST_CASE("n samples cost n - 1 draws", "[08.3][hidden]") {
  const Numbers eight(8);
  Generator generator(3), twin(3);
  DataLoader loader(eight, {.shuffle = true, .generator = &generator});
  loader.restart();
  for (std::uint64_t bound = 8; bound > 1; --bound) twin.below(bound);
  CHECK(generator.state() == twin.state());
}

TEST_CASE("without shuffling no number is drawn", "[08.3][hidden]") {
  const Numbers eight(8);
  Generator generator(4);
  DataLoader loader(eight, {.batch_size = 2, .generator = &generator});
  loader.restart();
  loader.restart();
  CHECK(loader.order() == Order{0, 1, 2, 3, 4, 5, 6, 7});
  CHECK(generator.state() == Generator(4).state());
  tinytorch::manual_seed(4);
  DataLoader other(eight, {.batch_size = 2});
  other.restart();
  CHECK(default_generator().state() == Generator(4).state());
}

TEST_CASE("nothing is drawn before the first pass", "[08.3][hidden]") {
  const Numbers eight(8);
  Generator generator(6);
  const DataLoader loader(
      eight, {.batch_size = 3, .shuffle = true, .generator = &generator});
  CHECK(loader.size() == 3);
  CHECK(loader.order().empty());
  CHECK(generator.state() == Generator(6).state());
}

TEST_CASE("the default generator shuffles where none is given",
          "[08.3][hidden]") {
  const Numbers five(5);
  tinytorch::manual_seed(0);
  DataLoader loader(five, {.shuffle = true});
  loader.restart();
  CHECK(loader.order() == Order{3, 4, 1, 2, 0});
}

TEST_CASE("the batch size does not change the order", "[08.3][hidden]") {
  const Numbers five(5);
  for (const std::int64_t batch_size : {1, 2, 5, 100}) {
    CAPTURE(batch_size);
    Generator generator(0);
    DataLoader loader(
        five,
        {.batch_size = batch_size, .shuffle = true, .generator = &generator});
    loader.restart();
    CHECK(loader.order() == Order{3, 4, 1, 2, 0});
  }
}

TEST_CASE("a single sample needs no draw", "[08.3][hidden]") {
  const Numbers one(1);
  Generator generator(8);
  DataLoader loader(one, {.shuffle = true, .generator = &generator});
  loader.restart();
  CHECK(loader.order() == Order{0});
  CHECK(generator.state() == Generator(8).state());
}

TEST_CASE("a pass asks no sample before its batch is asked for",
          "[08.3][hidden]") {
  const Numbers eight(8);
  DataLoader loader(eight, {.batch_size = 2, .shuffle = true});
  loader.restart();
  CHECK(loader.size() == 4);
  CHECK(eight.asked() == 0);
}
