// 08.4 The next batch.
#include "support/fake_dataset.hpp"
#include "support/tensors.hpp"

using namespace tinytorch;
using test::IsTensor;
using test::make;
using test::Numbers;
using test::whole_pass;

using Labels = std::vector<std::vector<float>>;

TEST_CASE("a batch holds the inputs and labels of its samples", "[08.4]") {
  INFO("sample i of this data set is the vector (i, 10 i) and the label i");
  const Numbers four(4);
  DataLoader loader(four, {.batch_size = 2});
  loader.restart();
  const auto first = loader.next();
  REQUIRE(first.has_value());
  REQUIRE(first->size() == 2);
  CHECK_THAT((*first)[0], IsTensor({2, 2}, {0, 0, 1, 10}));
  CHECK_THAT((*first)[1], IsTensor({2}, {0, 1}));
}

TEST_CASE("the last batch is short and neither dropped nor filled", "[08.4]") {
  const Numbers ten(10);
  DataLoader loader(ten, {.batch_size = 4});
  CHECK(whole_pass(loader) == Labels{{0, 1, 2, 3}, {4, 5, 6, 7}, {8, 9}});
}

TEST_CASE("after the last batch there is nothing", "[08.4]") {
  const Numbers four(4);
  DataLoader loader(four, {.batch_size = 2});
  CHECK(whole_pass(loader) == Labels{{0, 1}, {2, 3}});
  INFO("and it stays that way until the next pass");
  CHECK_FALSE(loader.next().has_value());
  CHECK_FALSE(loader.next().has_value());
  CHECK(whole_pass(loader) == Labels{{0, 1}, {2, 3}});
}

TEST_CASE("shuffled batches follow the order of the pass", "[08.4]") {
  INFO("Generator(0) shuffles five samples into 3 4 1 2 0");
  const Numbers five(5);
  Generator generator(0);
  DataLoader loader(
      five, {.batch_size = 2, .shuffle = true, .generator = &generator});
  CHECK(whole_pass(loader) == Labels{{3, 4}, {1, 2}, {0}});
}

TEST_CASE("a loader can be looped over", "[08.4]") {
  const Numbers five(5);
  DataLoader loader(five, {.batch_size = 3});
  for (int pass = 0; pass < 2; ++pass) {
    Labels seen;
    for (const Batch& batch : loader) seen.push_back(test::labels(batch));
    CHECK(seen == Labels{{0, 1, 2}, {3, 4}});
  }
}

TEST_CASE("the transform changes inputs and leaves labels alone", "[08.4]") {
  const Numbers three(3);
  const auto negate = [](const Tensor& x) {
    const std::vector<float> v = test::values(x);
    return make({2}, {-v[0], -v[1]});
  };
  DataLoader loader(three, {.batch_size = 2, .transform = negate});
  loader.restart();
  loader.next();
  const auto batch = loader.next();
  REQUIRE(batch.has_value());
  REQUIRE(batch->size() == 2);
  CHECK_THAT((*batch)[0], IsTensor({1, 2}, {-2, -20}));
  CHECK_THAT((*batch)[1], IsTensor({1}, {2}));
}

TEST_CASE("batches prepared ahead are the same batches", "[08.4]") {
  INFO("the worker thread is given; it calls what you have written");
  const Numbers ten(10);
  Generator generator(0), twin(0);
  DataLoader plain(ten,
                   {.batch_size = 4, .shuffle = true, .generator = &generator});
  DataLoader ahead(
      ten,
      {.batch_size = 4, .shuffle = true, .generator = &twin, .prefetch = 2});
  for (int pass = 0; pass < 3; ++pass) {
    const Labels expected = whole_pass(plain);
    CHECK(expected.size() == 3);
    CHECK(whole_pass(ahead) == expected);
  }
}
