// Training with real layers, losses, optimizers and loaders: accumulated
// gradients, and checkpoints of a process that is killed.
#include "tinytorch/training.hpp"

#include <signal.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include <functional>
#include <nlohmann/json.hpp>
#include <string>

#include "support/files.hpp"
#include "support/temporary_folder.hpp"
#include "support/tensors.hpp"
#include "tinytorch/activations.hpp"
#include "tinytorch/autograd.hpp"
#include "tinytorch/data.hpp"
#include "tinytorch/layers.hpp"
#include "tinytorch/losses.hpp"

using namespace tinytorch;
using std::filesystem::path;
using test::Mentions;
using test::slurp;
using test::spit;
using test::TemporaryFolder;

namespace {

/// Other tests run without autograd, and with the default stream at its start.
class Scene {
 public:
  Scene() { manual_seed(0); }
  ~Scene() {
    set_recorder(nullptr);
    manual_seed(0);
  }
  Scene(const Scene&) = delete;
  Scene& operator=(const Scene&) = delete;
};

std::vector<float> values_of(const Layer& model) {
  std::vector<float> all;
  for (const Tensor& p : model.parameters()) {
    const std::vector<float> values = p.to_vector();
    all.insert(all.end(), values.begin(), values.end());
  }
  return all;
}

// -- Accumulation -------------------------------------------------------------

/// The parameters after an epoch over 64 samples in batches of these sizes.
std::vector<float> after_epoch(const std::vector<std::int64_t>& sizes,
                               std::int64_t accumulation_steps) {
  Generator generator(5);
  Sequential net(Linear(6, 16, true, generator), Tanh(),
                 Linear(16, 3, true, generator));
  SGD optimizer(net.parameters(), {.lr = 0.1f, .momentum = 0.9f});
  Trainer trainer(net, optimizer, CrossEntropyLoss(), {.clip_norm = 0.5f});
  const Tensor inputs = Tensor::randn({64, 6}, generator);
  const Tensor targets = inputs.slice(1, 0, 3).argmax(1);
  std::vector<Batch> batches;
  std::int64_t start = 0;
  for (const std::int64_t size : sizes) {
    batches.push_back({inputs.slice(0, start, start + size),
                       targets.slice(0, start, start + size)});
    start += size;
  }
  BatchList list(batches);
  trainer.train_epoch(list, accumulation_steps);
  return values_of(net);
}

void check_close(const std::vector<float>& a, const std::vector<float>& b) {
  REQUIRE(a.size() == b.size());
  for (std::size_t i = 0; i < a.size(); ++i) {
    CHECK(a[i] == Approx(b[i]).margin(1e-6));
  }
}

// -- A training that can be killed --------------------------------------------

constexpr std::int64_t kEpochs = 6;

/// A network with two sources of dropout and shuffled batches. All that it
/// does depends on three streams of random numbers.
class Run {
 public:
  explicit Run(std::function<void()> after_batch = {})
      : dataset_({Tensor::randn({40, 5}, start_), Tensor::randn({40, 2})}),
        net(Linear(5, 8, true, start_), ReLU(), Dropout(0.2f, dropping_),
            Linear(8, 2, true, start_), Dropout(0.1f)),
        optimizer(net.parameters()),
        loader_(dataset_,
                {.batch_size = 6, .shuffle = true, .generator = &shuffling_}),
        trainer(net, optimizer, loss_with(std::move(after_batch)),
                {.schedule = CosineSchedule(0.05f, 0.001f, kEpochs),
                 .clip_norm = 1.0f,
                 .generators = {&dropping_, &shuffling_}}) {}

  /// Goes on from the checkpoint, if there is one, and saves every epoch.
  void finish(const path& file) {
    if (std::filesystem::exists(file)) trainer.load_checkpoint(file);
    while (trainer.epoch() < kEpochs) {
      trainer.train_epoch(loader_, 2);
      trainer.evaluate(loader_);
      trainer.save_checkpoint(file);
    }
  }

  /// Epoch, step, history and all weights, exactly.
  std::string result() const {
    nlohmann::json all = {trainer.epoch(),
                          trainer.step(),
                          trainer.history().train_loss,
                          trainer.history().learning_rates,
                          trainer.history().eval_loss,
                          values_of(net),
                          optimizer.state().steps};
    for (const auto& [name, buffer] : optimizer.state().buffers) {
      for (const Tensor& tensor : buffer) all.push_back(tensor.to_vector());
    }
    all.push_back(default_generator().state());
    all.push_back(dropping_.state());
    all.push_back(shuffling_.state());
    return all.dump();
  }

 private:
  static Loss loss_with(std::function<void()> after_batch) {
    return [after_batch](const Tensor& y, const Tensor& targets) {
      if (after_batch) after_batch();
      return mse_loss(y, targets);
    };
  }

  Generator start_{1}, dropping_{2}, shuffling_{3};
  TensorDataset dataset_;

 public:
  Sequential net;
  Adam optimizer;

 private:
  DataLoader loader_;

 public:
  Trainer trainer;
};

/// Forks. The child does `work`, which calls report() and waits there for
/// leave to go on. It gets leave `reports` times and is killed at once,
/// wherever it is then: it may have ended, but cannot be further than the next
/// report.
/// @returns whether it was killed
bool run_and_kill(int reports,
                  const std::function<void(std::function<void()>)>& work) {
  int ends[2];
  REQUIRE(::socketpair(AF_UNIX, SOCK_STREAM, 0, ends) == 0);
  const pid_t child = ::fork();
  REQUIRE(child >= 0);
  char byte = 0;
  if (child == 0) {
    ::close(ends[0]);
    const auto report = [&] {
      if (::write(ends[1], "x", 1) != 1 || ::read(ends[1], &byte, 1) != 1) {
        ::_exit(2);
      }
    };
    try {
      work(report);
    } catch (const std::exception&) {
      ::_exit(1);
    }
    ::_exit(0);
  }
  ::close(ends[1]);
  while (reports-- > 0 && ::read(ends[0], &byte, 1) == 1) {
    if (::send(ends[0], &byte, 1, MSG_NOSIGNAL) != 1) break;
  }
  ::kill(child, SIGKILL);
  int status = 0;
  REQUIRE(::waitpid(child, &status, 0) == child);
  ::close(ends[0]);
  if (WIFEXITED(status)) CHECK(WEXITSTATUS(status) == 0);
  return WIFSIGNALED(status);
}

// -- Checkpoints that do not fit ----------------------------------------------

/// Why `run` refuses the file. It must not change.
std::string refusal(Run& run, const path& file) {
  const std::string before = run.result();
  std::string message = "no error";
  try {
    run.trainer.load_checkpoint(file);
  } catch (const std::runtime_error& error) {
    message = error.what();
  }
  CHECK(run.result() == before);
  CHECK(message.find(file.string()) != std::string::npos);
  return message;
}

}  // namespace

TEST_CASE("training: four batches of 8 are one of 32") {
  const Scene scene;
  check_close(after_epoch({8, 8, 8, 8, 8, 8, 8, 8}, 4),
              after_epoch({32, 32}, 1));
}

TEST_CASE("training: a last group that is not full is a smaller batch") {
  const Scene scene;
  check_close(after_epoch({8, 8, 8, 8, 8, 8}, 4), after_epoch({32, 16}, 1));
  check_close(after_epoch({8, 8, 8, 8, 8}, 4), after_epoch({32, 8}, 1));
}

TEST_CASE("training: a killed process goes on as if nothing had been") {
  const Scene scene;
  const TemporaryFolder folder;
  Run undisturbed;
  undisturbed.finish(folder / "whole.safetensors");
  const std::string expected = undisturbed.result();

  Generator moments(2024);
  // 7 batches in an epoch, each seen in training and in the evaluation.
  const int reports = 14 * kEpochs;
  int killed = 0;
  for (int attempt = 0; attempt < 6; ++attempt) {
    const path file =
        folder / ("run" + std::to_string(attempt) + ".safetensors");
    for (int life = 0; life < 4; ++life) {
      const int moment = 1 + static_cast<int>(moments.below(reports / 2));
      killed += run_and_kill(moment, [&](std::function<void()> report) {
        manual_seed(0);
        Run(std::move(report)).finish(file);
      });
    }
    manual_seed(0);
    Run resumed;
    resumed.finish(file);
    CHECK(resumed.result() == expected);
  }
  INFO("the first life of each is not half over when it ends");
  CHECK(killed >= 6);
}

TEST_CASE("training: a save that is killed half way leaves the old file") {
  const Scene scene;
  const TemporaryFolder folder;
  const path file = folder / "a.safetensors";
  Run run;
  run.trainer.save_checkpoint(file);
  const std::string old = slurp(file);
  for (rlim_t size = 0; size < old.size(); size += 1 + size / 4) {
    const pid_t child = ::fork();
    REQUIRE(child >= 0);
    if (child == 0) {
      // Whoever writes beyond this size is killed by the system.
      const rlimit limit{size, size}, no_core{0, 0};
      ::setrlimit(RLIMIT_CORE, &no_core);
      if (::setrlimit(RLIMIT_FSIZE, &limit) != 0) ::_exit(1);
      run.net.parameters()[0].set({0, 0}, 77);
      run.trainer.save_checkpoint(file);
      ::_exit(0);
    }
    int status = 0;
    REQUIRE(::waitpid(child, &status, 0) == child);
    CHECK((WIFSIGNALED(status) && WTERMSIG(status) == SIGXFSZ));
    CHECK((slurp(file) == old));
  }
}

TEST_CASE("training: every truncated checkpoint is refused") {
  const Scene scene;
  const TemporaryFolder folder;
  Run trained;
  trained.finish(folder / "a.safetensors");
  const std::string whole = slurp(folder / "a.safetensors");
  manual_seed(0);
  Run run;
  for (std::size_t size = 0; size < whole.size(); size += 1 + size / 50) {
    CAPTURE(size);
    spit(folder / "cut.safetensors", whole.substr(0, size));
    CHECK_THAT(std::runtime_error(refusal(run, folder / "cut.safetensors")),
               Mentions({"load_safetensors"}));
  }
}

TEST_CASE("training: foreign and future checkpoints are refused") {
  const Scene scene;
  const TemporaryFolder folder;
  Run trained;
  trained.finish(folder / "a.safetensors");
  const SafeTensors content = load_safetensors(folder / "a.safetensors");
  const auto refused_with = [&](const std::string& key,
                                const std::string& text) {
    SafeTensors changed = content;
    changed.metadata[key] = text;
    save_safetensors(folder / "b.safetensors", changed);
    manual_seed(0);
    Run run;
    return refusal(run, folder / "b.safetensors");
  };
  CHECK(refused_with("format", "pt") ==
        "load_checkpoint: " + (folder / "b.safetensors").string() +
            ": it is no checkpoint: load a file that save_checkpoint() has "
            "written");
  CHECK_THAT(std::runtime_error(refused_with("version", "2")),
             Mentions({"version 2", "reads version 1"}));
  Run run;
  CHECK_THAT(std::runtime_error(refusal(run, folder / "missing")),
             Mentions({"No such file"}));
  CHECK_THAT(std::runtime_error(refusal(run, folder.path())),
             Mentions({"no regular file"}));
}

TEST_CASE("training: another optimizer or network refuses a checkpoint") {
  const Scene scene;
  const TemporaryFolder folder;
  const path file = folder / "a.safetensors";
  Run trained;
  trained.finish(file);
  Sequential same(Linear(5, 8), ReLU(), Linear(8, 2));
  Sequential larger(Linear(5, 8), ReLU(), Linear(8, 2), Linear(2, 2));
  SGD sgd(same.parameters(), {.momentum = 0.9f});
  Adam adam(larger.parameters()), fitting(same.parameters());
  Generator a, b;
  const auto load = [&](Layer& model, Optimizer& optimizer,
                        std::vector<Generator*> generators) {
    const auto before = values_of(model);
    Trainer trainer(model, optimizer, MSELoss(),
                    {.generators = std::move(generators)});
    std::string message;
    try {
      trainer.load_checkpoint(file);
    } catch (const std::runtime_error& error) {
      message = error.what();
      CHECK(values_of(model) == before);
      CHECK(trainer.epoch() == 0);
    }
    return message;
  };
  CHECK(load(same, sgd, {&a, &b}).find("velocity") != std::string::npos);
  CHECK(load(larger, adam, {&a, &b}).find("\"parameter.4\" is missing") !=
        std::string::npos);
  CHECK(load(same, fitting, {&a}).find("generators") != std::string::npos);
  CHECK(load(same, fitting, {&a, &b}).empty());
  CHECK(values_of(same) == values_of(trained.net));
}

TEST_CASE("training: the readable copy says what the checkpoint says") {
  const Scene scene;
  const TemporaryFolder folder;
  const path file = folder / "new/folders/a.safetensors";
  Run run;
  run.finish(file);
  const auto copy =
      nlohmann::json::parse(slurp(folder / "new/folders/a.safetensors.json"));
  CHECK(copy.get<Metadata>() == load_safetensors(file).metadata);
  CHECK(copy["epoch"] == "6");

  spit(folder / "file", "no folder");
  CHECK_THROWS_MATCHES(run.trainer.save_checkpoint(folder / "file/a"),
                       std::runtime_error, Mentions({"file"}));
}

TEST_CASE("training: what a Trainer and a schedule refuse") {
  const Scene scene;
  Linear layer(2, 2);
  SGD optimizer(layer.parameters());
  CHECK_THROWS_AS(Trainer(layer, optimizer, Loss()), ValueError);
  CHECK_THROWS_AS(Trainer(layer, optimizer, MSELoss(), {.clip_norm = 0.0f}),
                  ValueError);
  CHECK_THROWS_AS(
      Trainer(layer, optimizer, MSELoss(), {.clip_norm = test::kNaN}),
      ValueError);
  CHECK_THROWS_AS(
      Trainer(layer, optimizer, MSELoss(), {.generators = {nullptr}}),
      ValueError);
  CHECK_THROWS_MATCHES(CosineSchedule(0.1f, 0.2f), ValueError,
                       Mentions({"CosineSchedule", "min_lr"}));
  CHECK_THROWS_AS(CosineSchedule(0.1f, -0.1f), ValueError);
  CHECK_THROWS_AS(CosineSchedule(test::kInf, 0.1f), ValueError);
  CHECK_THROWS_AS(CosineSchedule(test::kNaN, 0.1f), ValueError);
  CHECK_THROWS_AS(CosineSchedule(0.1f, test::kNaN), ValueError);
  CHECK_THROWS_AS(CosineSchedule(0.1f, 0.01f, 0), ValueError);
}
