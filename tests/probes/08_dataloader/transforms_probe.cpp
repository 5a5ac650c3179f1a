#include "support/probe.hpp"
#include "tinytorch/data.hpp"

using namespace tinytorch;

namespace {

Tensor random_image(test::Probe& probe) {
  const std::int64_t h = probe.between(1, 4), w = probe.between(1, 4);
  const Shape shapes[] = {{h, w}, {probe.between(1, 3), h, w}, {2, 2, h, w}};
  const Shape shape = shapes[probe.between(0, 2)];
  return probe.coin() ? probe.scattered(shape) : probe.normal(shape);
}

Tensor of_any_rank(test::Probe& probe) {
  const Shape shapes[] = {{}, {probe.between(1, 4)}, {2, 3}, {1, 2, 3}};
  return probe.normal(shapes[probe.between(0, 3)]);
}

}  // namespace

PROBE("images that are mirrored or not", "08.5") {
  Generator generator(probe.seed());
  for (int i = 0; i < 24; ++i) {
    // Sometimes the draw is p itself, and sometimes it is known.
    Generator copy = generator;
    const std::int64_t kind = probe.between(0, 4);
    const float p = kind == 0   ? copy.uniform()
                    : kind == 1 ? 0.0f
                    : kind == 2 ? 1.0f
                                : probe.real(0.3f, 0.7f);
    const RandomHorizontalFlip flip(p, generator);
    const Tensor image = random_image(probe);
    probe.emit("image", flip(image), test::kExact);
    probe.emit("afterwards", image, test::kExact);
    probe.emit("next draw", generator.uniform(), test::kExact);
  }
  manual_seed(probe.seed());
  for (int i = 0; i < 8; ++i) {
    probe.emit("default", RandomHorizontalFlip()(probe.normal({1, 3})));
  }
}

PROBE("windows of images", "08.6") {
  Generator generator(probe.seed());
  for (int i = 0; i < 24; ++i) {
    const Tensor image = random_image(probe);
    const std::int64_t padding = probe.between(0, 3);
    const auto side = [&](std::size_t from_end) {
      const auto& shape = image.shape();
      return probe.between(1, shape[shape.size() - from_end] + 2 * padding);
    };
    const std::int64_t height = side(2), width = side(1);
    const RandomCrop crop(height, width, padding, generator);
    probe.emit("window", crop(image), test::kExact);
    probe.emit("afterwards", image, test::kExact);
    probe.emit("next draw", generator.uniform(), test::kExact);
  }
  manual_seed(probe.seed());
  for (int i = 0; i < 4; ++i) {
    probe.emit("default", RandomCrop(2, 3)(probe.normal({2, 3})));
  }
}

PROBE("what is an image", "08.5") {
  for (int i = 0; i < 24; ++i) {
    const Tensor image = of_any_rank(probe);
    const RandomHorizontalFlip flip(probe.real(0, 1));
    probe.outcome("flip", [&] { flip(image); });
  }
}

PROBE("windows that fit or not", "08.6") {
  for (int i = 0; i < 32; ++i) {
    const Tensor image = of_any_rank(probe);
    const RandomCrop crop(probe.between(1, 6), probe.between(1, 6),
                          probe.between(0, 2));
    probe.outcome("crop", [&] { crop(image); });
  }
}

PROBE("transforms one after the other", "08.7") {
  for (std::int64_t length = 0; length < 8; ++length) {
    std::vector<Transform> transforms;
    for (std::int64_t k = 0; k < length; ++k) {
      const float factor = probe.real(0.5f, 2), shift = probe.real(-2, 2);
      transforms.push_back([=](const Tensor& x) {
        std::vector<float> result = test::values(x);
        for (float& value : result) value = factor * value + shift;
        return test::make(x.shape(), result);
      });
    }
    const Tensor image = random_image(probe);
    probe.emit("result", Compose(transforms)(image));
    probe.emit("afterwards", image, test::kExact);
  }
}
