// 08.4 The next batch: what a plausible mistake would get wrong. What holds
// without a worker must hold with one.
#include <limits>

#include "support/fake_dataset.hpp"
#include "support/tensors.hpp"

using namespace tinytorch;
using test::IsTensor;
using test::make;
using test::Mentions;
using test::Numbers;
using test::rest;
using test::scattered;
using test::whole_pass;

using Labels = std::vector<std::vector<float>>;

TEST_CASE("one batch holds a small data set", "[08.4][hidden]") {
  const Numbers three(3);
  for (const std::int64_t prefetch : {0, 2}) {
    for (const std::int64_t batch_size :
         {std::int64_t{3}, std::int64_t{4},
          std::numeric_limits<std::int64_t>::max()}) {
      CAPTURE(prefetch, batch_size);
      DataLoader loader(three,
                        {.batch_size = batch_size, .prefetch = prefetch});
      CHECK(whole_pass(loader) == Labels{{0, 1, 2}});
      CHECK_FALSE(loader.next().has_value());
    }
  }
}

TEST_CASE("a data set without samples gives no batch", "[08.4][hidden]") {
  const Numbers none(0);
  for (const std::int64_t prefetch : {0, 2}) {
    CAPTURE(prefetch);
    DataLoader loader(none, {.batch_size = 2, .prefetch = prefetch});
    CHECK(whole_pass(loader).empty());
    CHECK(whole_pass(loader).empty());
  }
}

TEST_CASE("before the first pass there is no batch", "[08.4][hidden]") {
  const Numbers three(3);
  for (const std::int64_t prefetch : {0, 2}) {
    CAPTURE(prefetch);
    DataLoader loader(three, {.batch_size = 2, .prefetch = prefetch});
    CHECK_FALSE(loader.next().has_value());
    CHECK(three.asked() == 0);
  }
}

TEST_CASE("a pass can be given up in the middle", "[08.4][hidden]") {
  const Numbers ten(10);
  for (const std::int64_t prefetch : {0, 1, 2, 50}) {
    CAPTURE(prefetch);
    DataLoader loader(ten, {.batch_size = 2, .prefetch = prefetch});
    loader.restart();
    loader.next();
    loader.next();
    CHECK(whole_pass(loader) == Labels{{0, 1}, {2, 3}, {4, 5}, {6, 7}, {8, 9}});
    loader.restart();
    loader.restart();
    loader.next();
    CHECK(rest(loader) == Labels{{2, 3}, {4, 5}, {6, 7}, {8, 9}});
  }
}

TEST_CASE("a loader can go away in the middle of a pass", "[08.4][hidden]") {
  for (const std::int64_t prefetch : {0, 1, 2, 50}) {
    for (int taken = 0; taken < 4; ++taken) {
      CAPTURE(prefetch, taken);
      const Numbers ten(10);
      DataLoader loader(ten, {.batch_size = 2, .prefetch = prefetch});
      loader.restart();
      for (int i = 0; i < taken; ++i) CHECK(loader.next().has_value());
    }
  }
}

TEST_CASE("each sample is asked for once and not before its turn",
          "[08.4][hidden]") {
  const Numbers ten(10);
  DataLoader loader(ten, {.batch_size = 4});
  loader.restart();
  for (const std::int64_t asked : {4, 8, 10, 10}) {
    loader.next();
    CHECK(ten.asked() == asked);
  }
}

TEST_CASE("a worker prepares no more batches than it was told",
          "[08.4][hidden]") {
  const Numbers forty(40);
  DataLoader loader(forty, {.batch_size = 2, .prefetch = 3});
  loader.restart();
  for (std::int64_t taken = 0; taken <= 20; ++taken) {
    CHECK(forty.asked() <= 2 * (taken + 3));
    loader.next();
  }
  CHECK(forty.asked() == 40);
}

TEST_CASE("the transform is called once for each sample in its order",
          "[08.4][hidden]") {
  const Numbers five(5);
  for (const std::int64_t prefetch : {0, 2}) {
    CAPTURE(prefetch);
    std::vector<float> seen;
    const auto note = [&seen](const Tensor& x) {
      seen.push_back(test::values(x)[0]);
      return make({1}, {static_cast<float>(seen.size())});
    };
    Generator generator(0);
    DataLoader loader(five, {.batch_size = 2,
                             .shuffle = true,
                             .generator = &generator,
                             .transform = note,
                             .prefetch = prefetch});
    std::vector<float> counts;
    std::vector<Shape> shapes;
    for (const Batch& batch : loader) {
      shapes.push_back(batch[0].shape());
      for (const float count : test::values(batch[0])) counts.push_back(count);
    }
    CHECK(seen == std::vector<float>{3, 4, 1, 2, 0});
    CHECK(counts == std::vector<float>{1, 2, 3, 4, 5});
    CHECK(shapes == std::vector<Shape>{{2, 1}, {2, 1}, {1, 1}});
  }
}

TEST_CASE("a transform leaves the data set as it is", "[08.4][hidden]") {
  class Fixed : public Dataset {
   public:
    std::int64_t size() const override { return 1; }
    Sample get(std::int64_t) const override { return sample_; }
    Sample sample_ = {make({1}, {5}), make({}, {1})};
  };
  const Fixed fixed;
  const auto double_it = [](const Tensor& x) {
    return make({1}, {2 * test::values(x)[0]});
  };
  DataLoader loader(fixed, {.transform = double_it});
  for (int pass = 0; pass < 2; ++pass) {
    loader.restart();
    const auto batch = loader.next();
    REQUIRE(batch.has_value());
    CHECK_THAT(batch->at(0), IsTensor({1, 1}, {10}));
  }
  CHECK_THAT(fixed.sample_[0], IsTensor({1}, {5}));
}

TEST_CASE("the error of a sample reaches the caller and costs one batch",
          "[08.4][hidden]") {
  const Numbers ten(10, 3);
  for (const std::int64_t prefetch : {0, 1, 2, 50}) {
    CAPTURE(prefetch);
    DataLoader loader(ten, {.batch_size = 2, .prefetch = prefetch});
    loader.restart();
    CHECK(loader.next().has_value());
    CHECK_THROWS_MATCHES(loader.next(), std::runtime_error,
                         Mentions({"unreadable sample"}));
    CHECK(rest(loader) == Labels{{4, 5}, {6, 7}, {8, 9}});
    loader.restart();
    CHECK(loader.next().has_value());
    CHECK_THROWS_AS(loader.next(), std::runtime_error);
  }
}

TEST_CASE("an error in the last batch is followed by nothing",
          "[08.4][hidden]") {
  const Numbers five(5, 4);
  for (const std::int64_t prefetch : {0, 2}) {
    CAPTURE(prefetch);
    DataLoader loader(five, {.batch_size = 2, .prefetch = prefetch});
    loader.restart();
    CHECK(loader.next().has_value());
    CHECK(loader.next().has_value());
    CHECK_THROWS_AS(loader.next(), std::runtime_error);
    CHECK_FALSE(loader.next().has_value());
  }
}

TEST_CASE("the error of a transform reaches the caller", "[08.4][hidden]") {
  const Numbers two(2);
  const auto refuse = [](const Tensor&) -> Tensor {
    throw ValueError("refused");
  };
  for (const std::int64_t prefetch : {0, 2}) {
    CAPTURE(prefetch);
    DataLoader loader(two, {.transform = refuse, .prefetch = prefetch});
    loader.restart();
    CHECK_THROWS_MATCHES(loader.next(), ValueError, Mentions({"refused"}));
  }
}

TEST_CASE("samples that do not fit together are refused by the loader",
          "[08.4][hidden]") {
  const Numbers three(3);
  const auto grow = [](const Tensor& x) {
    const auto n = static_cast<std::int64_t>(test::values(x)[0]) + 1;
    return make({n}, test::counting({n}));
  };
  for (const std::int64_t prefetch : {0, 2}) {
    CAPTURE(prefetch);
    DataLoader loader(
        three, {.batch_size = 2, .transform = grow, .prefetch = prefetch});
    loader.restart();
    CHECK_THROWS_AS(loader.next(), ShapeError);
  }
}

TEST_CASE("batches stay as they are when later ones are made",
          "[08.4][hidden]") {
  const Numbers four(4);
  DataLoader loader(four, {.batch_size = 2});
  loader.restart();
  const auto first = loader.next();
  const auto second = loader.next();
  REQUIRE((first.has_value() && second.has_value()));
  CHECK_THAT(first->at(0), IsTensor({2, 2}, {0, 0, 1, 10}));
  CHECK_THAT(second->at(0), IsTensor({2, 2}, {2, 20, 3, 30}));
}

TEST_CASE("two loaders over one data set do not disturb each other",
          "[08.4][hidden]") {
  const Numbers four(4);
  for (const std::int64_t prefetch : {0, 2}) {
    CAPTURE(prefetch);
    DataLoader a(four, {.batch_size = 2, .prefetch = prefetch});
    DataLoader b(four, {.batch_size = 3, .prefetch = prefetch});
    a.restart();
    b.restart();
    CHECK(test::labels(a.next().value()) == std::vector<float>{0, 1});
    CHECK(test::labels(b.next().value()) == std::vector<float>{0, 1, 2});
    CHECK(rest(a) == Labels{{2, 3}});
    CHECK(rest(b) == Labels{{3}});
  }
}

TEST_CASE("a loader without batch size or with negative prefetch is refused",
          "[08.4][hidden]") {
  const Numbers four(4);
  CHECK_THROWS_AS(DataLoader(four, {.batch_size = 0}), ValueError);
  CHECK_THROWS_AS(DataLoader(four, {.batch_size = -2}), ValueError);
  CHECK_THROWS_AS(DataLoader(four, {.prefetch = -1}), ValueError);
  DataLoader loader(four, {.batch_size = 4});
  CHECK(whole_pass(loader) == Labels{{0, 1, 2, 3}});
}
