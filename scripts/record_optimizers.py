#!/usr/bin/python3
"""Records what torch.optim computes, for tests/framework/optimizer_test.cpp.

    scripts/record_optimizers.py        (needs the Debian package python3-torch)

Writes tests/framework/parity/optimizers.jsonl. Run it by hand when an optimizer
changes; the normal build only reads the file. A second run writes the same
bytes: PyTorch runs on one thread, with a fixed seed.

The first line is a network 3-4-2 with tanh between its layers, 8 samples and
200 steps on the mean squared error. Then one line for each optimizer:

    {"kind", "options", "network": FINAL, "quadratic": [STEP, ...]}

FINAL are the network's parameters after the last step. STEP is {"gradient",
"value"}: the gradient of a quadratic, and the parameter after the step that
used it. A correction that is off by one step shows there at once.

The learning rates are small enough that training is not chaotic: with larger
ones PyTorch does not agree with its own float64 after 200 steps.
"""
import json
import pathlib

import numpy
import torch

SEED = 20240106
OUTPUT = pathlib.Path(__file__).parent.parent / "tests/framework/parity"
STEPS = 200
QUADRATIC_STEPS = 12
START = [1.0, -2.0, 0.5, 3.0]
CURVATURE = torch.tensor([1.0, 0.1, 5.0, 0.01])
CENTER = torch.tensor([0.5, 1.0, -0.25, 0.0])


def single(value):
    """The nearest float32, so that both sides compute with the same option."""
    return float(numpy.float32(value))


# Ours and torch.optim's: the options of ours, by their names.
CASES = [
    (kind, {**options, **decay})
    for kind, options in [
        ("SGD", {"lr": 0.1}),
        ("SGD", {"lr": 0.05, "momentum": 0.9}),
        ("Adam", {"lr": 0.01}),
        ("Adam", {"lr": 0.005, "beta1": 0.8, "beta2": 0.95, "eps": 1e-3}),
        ("AdamW", {"lr": 0.01}),
    ]
    for decay in ({"weight_decay": 0.0}, {"weight_decay": 0.05})
]


def make_optimizer(kind, options, parameters):
    options = {name: single(value) for name, value in options.items()}
    if kind == "SGD":
        return torch.optim.SGD(parameters, **options)
    betas = (options.pop("beta1", single(0.9)),
             options.pop("beta2", single(0.999)))
    options.setdefault("eps", single(1e-8))
    return getattr(torch.optim, kind)(parameters, betas=betas, **options)


def numbers(tensor):
    """float32 with as few digits as tell them apart from their neighbours."""
    return [float(str(value)) for value in tensor.detach().numpy().ravel()]


def tensor(value):
    return {"shape": list(value.shape), "data": numbers(value)}


def rounded(*shape, scale=1.0):
    return (torch.randn(*shape) * scale * 1000).round() / 1000


def train(kind, options, start, inputs, targets):
    parameters = [value.clone().requires_grad_() for value in start]
    w1, b1, w2, b2 = parameters
    optimizer = make_optimizer(kind, options, parameters)
    for _ in range(STEPS):
        optimizer.zero_grad()
        outputs = torch.tanh(inputs @ w1 + b1) @ w2 + b2
        torch.nn.functional.mse_loss(outputs, targets).backward()
        optimizer.step()
    return [tensor(value) for value in parameters]


def follow_quadratic(kind, options):
    p = torch.tensor(START, requires_grad=True)
    optimizer = make_optimizer(kind, options, [p])
    steps = []
    for _ in range(QUADRATIC_STEPS):
        optimizer.zero_grad()
        (0.5 * CURVATURE * (p - CENTER) ** 2).sum().backward()
        gradient = numbers(p.grad)
        optimizer.step()
        steps.append({"gradient": gradient, "value": numbers(p)})
    return steps


def main():
    torch.set_num_threads(1)
    torch.manual_seed(SEED)
    start = [rounded(3, 4, scale=0.6), rounded(4, scale=0.1),
             rounded(4, 2, scale=0.5), rounded(2, scale=0.1)]
    inputs, targets = rounded(8, 3), rounded(8, 2)
    lines = [{"seed": SEED, "torch": torch.__version__, "steps": STEPS,
              "start": [tensor(value) for value in start],
              "inputs": tensor(inputs), "targets": tensor(targets),
              "quadratic": START}]
    for kind, options in CASES:
        lines.append({"kind": kind, "options": options,
                      "network": train(kind, options, start, inputs, targets),
                      "quadratic": follow_quadratic(kind, options)})
    with open(OUTPUT / "optimizers.jsonl", "w", encoding="ascii") as file:
        for line in lines:
            file.write(json.dumps(line, separators=(",", ":")) + "\n")
    print(f"{len(CASES)} optimizers, {STEPS} steps each")


if __name__ == "__main__":
    main()
