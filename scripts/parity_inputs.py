"""Random shapes and tensors, in every kind of memory, for record_parity.py."""
import random

import numpy
import torch

SEED = 20240104
INF, NAN = float("inf"), float("nan")
SPECIAL = [0.0, -0.0, 1.0, -2.5, INF, -INF, NAN, 1e-45, -3e-42, 1.2e-38, 1e-30,
           1e38, -1e38, 3.4e38]

rng = random.Random(SEED)


def random_shape(rank=None, extents=(0, 1, 1, 2, 2, 3, 3, 4, 5)):
    while True:
        n = rng.choice((0, 1, 2, 2, 3, 3, 4)) if rank is None else rank
        shape = [rng.choice(extents) for _ in range(n)]
        if numpy.prod(shape, initial=1) <= 48:
            return shape


def filled(shape, draw=None):
    draw = draw or (lambda: round(rng.gauss(0, 2), 3))
    count = int(numpy.prod(shape, initial=1))
    values = [draw() for _ in range(count)]
    return torch.tensor(values, dtype=torch.float32).reshape(shape)


def permuted(shape, draw):
    order = rng.sample(range(len(shape)), len(shape))
    base = filled([shape[i] for i in order], draw)
    return base.permute([order.index(i) for i in range(len(shape))])


def sliced(shape, draw):
    bounds = [(rng.randint(0, 1), rng.randint(1, 2)) for _ in shape]
    base = filled([start + extent * step
                   for extent, (start, step) in zip(shape, bounds)], draw)
    for dim, (start, step) in enumerate(bounds):
        base = base[(slice(None),) * dim + (slice(start, None, step),)]
    return base


def repeated(shape, draw):
    base = filled([1 if rng.random() < 0.5 else extent for extent in shape],
                  draw)
    return base.expand(shape)


def tensor(shape, draw=None):
    """A tensor of this shape in a layout chosen at random."""
    layout = rng.choice((filled, filled, permuted, sliced, repeated))
    return layout(shape, draw)


def broadcast_pair():
    """Two shapes that broadcast against each other."""
    shape = random_shape()
    pair = []
    for _ in range(2):
        cut = rng.randint(0, len(shape)) if rng.random() < 0.5 else 0
        part = shape[cut:]
        pair.append([1 if rng.random() < 0.3 else e for e in part])
    return pair


def small_integer():
    return rng.randint(-3, 3)


def single(value):
    """The nearest float32, so that both sides are given the same number."""
    return float(numpy.float32(value))
