#!/usr/bin/python3
"""Times PyTorch and NumPy, one thread each, on what framework_bench times.

    scripts/bench_peers.py torch|numpy      (python3-torch, python3-numpy)

One JSON object of microseconds a name, the median of seven rounds of about 50
milliseconds.
"""
import json
import os
import statistics
import sys
import time

os.environ["OMP_NUM_THREADS"] = os.environ["OPENBLAS_NUM_THREADS"] = "1"


def seconds(work, repeats):
    start = time.perf_counter()
    for _ in range(repeats):
        work()
    return (time.perf_counter() - start) / repeats


def median(work):
    repeats = max(1, int(0.05 / max(seconds(work, 3), 1e-7)))
    return 1e6 * statistics.median(seconds(work, repeats) for _ in range(7))


def with_numpy():
    import numpy as np

    a, b = (np.random.randn(1000000).astype(np.float32) for _ in range(2))
    times = {"add 1M": median(lambda: a + b),
             "exp 1M": median(lambda: np.exp(a))}
    for n in (256, 512):
        x, y = (np.random.randn(n, n).astype(np.float32) for _ in range(2))
        times[f"matmul {n}"] = median(lambda: x @ y)
    # A copy reads and writes each byte once: the bound set by memory.
    times["copy 1M"] = median(lambda: a.copy())
    return times


def train_step(inputs, hidden):
    import torch

    net = torch.nn.Sequential(torch.nn.Linear(inputs, hidden), torch.nn.ReLU(),
                              torch.nn.Linear(hidden, 10))
    optimizer = torch.optim.SGD(net.parameters(), lr=0.01)
    loss = torch.nn.CrossEntropyLoss()
    x, y = torch.randn(32, inputs), torch.zeros(32, dtype=torch.long)

    def step():
        optimizer.zero_grad()
        loss(net(x), y).backward()
        optimizer.step()

    return step


def with_torch():
    import torch
    from torch.utils.data import DataLoader, TensorDataset

    torch.set_num_threads(1)
    a, b = torch.randn(1000000), torch.randn(1000000)
    logits = torch.randn(64, 1000)
    times = {"add 1M": median(lambda: a + b),
             "exp 1M": median(lambda: torch.exp(a)),
             "softmax 64x1000": median(lambda: torch.softmax(logits, 1))}
    for n in (256, 512):
        x, y = torch.randn(n, n), torch.randn(n, n)
        times[f"matmul {n}"] = median(lambda: x @ y)
    times["MLP step 64-32-10"] = median(train_step(64, 32))
    times["MLP step 784-128-10"] = median(train_step(784, 128))
    p = torch.randn(1000000, requires_grad=True)
    p.grad = torch.randn(1000000)
    times["Adam step 1M"] = median(torch.optim.Adam([p]).step)
    data = TensorDataset(torch.randn(8192, 784), torch.zeros(8192))
    loader = DataLoader(data, batch_size=32, shuffle=True)
    times["DataLoader 8192x784"] = median(lambda: [None for _ in loader])
    return times


if __name__ == "__main__":
    peers = {"torch": with_torch, "numpy": with_numpy}
    if len(sys.argv) != 2 or sys.argv[1] not in peers:
        sys.exit("usage: bench_peers.py torch|numpy")
    print(json.dumps(peers[sys.argv[1]](), indent=2))
