#!/usr/bin/python3
"""Records what PyTorch computes, for tests/framework/parity_test.cpp.

    scripts/record_parity.py            (needs the Debian package python3-torch)

Writes tests/framework/parity/forward.jsonl. Run it by hand when an operation
is added; the normal build only reads the file. Inputs come from Python's
random generator with the seed in parity_inputs.py, and PyTorch runs on one
thread, so that a second run writes the same bytes.

One line is one case:

    {"op": "sum", "in": [TENSOR, ...], "axis": 1, ..., "out": TENSOR}

TENSOR is {"shape", "data"} for contiguous memory, or {"shape", "strides",
"offset", "data"} for a view, "data" being the whole storage. inf, -inf and nan
are strings. "error": true replaces "out" where PyTorch raises. "scale" stands
where terms cancel: for each element of the result the sum of the absolute
values that went into it, because rounding errors are relative to that.

Not recorded, because we decide otherwise: an axis given for a rank 0
reduction (an error here), arange away from its end (empty here), mse_loss of
shapes that broadcast (an error here), the class -100 (ignored by PyTorch), and
log(1 - p) for tiny p, which PyTorch 1.13 rounds to 0.
"""
import itertools
import json
import pathlib
import sys

sys.dont_write_bytecode = True

import numpy
import torch
import torch.nn.functional as F

from parity_inputs import (INF, NAN, SEED, SPECIAL, broadcast_pair, filled,
                           random_shape, rng, single, small_integer, tensor)

OUTPUT = pathlib.Path(__file__).parent.parent / "tests/framework/parity"
UNFIT = [((2, 3), (3, 2)), ((3,), (2,)), ((0,), (2,)), ((2, 1, 3), (4, 2)),
         ((5, 1), (2, 3, 4, 2)), ((2, 0), (2, 3))]
RAISED = (RuntimeError, IndexError, ValueError)

cases = []


# -- Text ---------------------------------------------------------------------


def number(value):
    """A float32 with as few digits as tell it apart from its neighbours."""
    if value != value:
        return "nan"
    if value in (INF, -INF):
        return "inf" if value > 0 else "-inf"
    short = float(str(numpy.float32(value)))
    is_int = short.is_integer() and abs(short) < 1e6 and str(short) != "-0.0"
    return int(short) if is_int else short


def tensor_text(t):
    text = {"shape": list(t.shape)}
    if t.is_contiguous():
        text["data"] = [number(v) for v in t.reshape(-1).tolist()]
        return text
    text["strides"] = list(t.stride())
    text["offset"] = t.storage_offset()
    text["data"] = [number(v) for v in t.storage().tolist()]
    return text


def record(op, inputs, function, scale=None, **attributes):
    """Appends a case: function(*inputs), or that it raises."""
    case = {"op": op, "in": [tensor_text(t) for t in inputs], **attributes}
    try:
        out = function(*inputs)
    except RAISED:
        case["error"] = True
    else:
        out = torch.as_tensor(out, dtype=torch.float32)
        case["out"] = tensor_text(out.contiguous())
        if scale is not None:
            flat = scale(*inputs).expand(out.shape).reshape(-1)
            case["scale"] = [number(v) for v in flat.tolist()]
    cases.append(case)


# -- Module 01 ----------------------------------------------------------------

ARITHMETIC = {"add": torch.add, "subtract": torch.sub, "multiply": torch.mul,
              "divide": torch.div}


def record_arithmetic():
    for op, function in ARITHMETIC.items():
        for _ in range(45):
            a, b = broadcast_pair()
            record(op, [tensor(a), tensor(b)], function)
        for _ in range(15):
            shape = random_shape()
            record(op, [tensor(shape), tensor(shape)], function)
        for shape_a, shape_b in UNFIT:
            record(op, [tensor(shape_a), tensor(shape_b)], function)
        column = torch.tensor(SPECIAL).reshape(-1, 1)
        record(op, [column, column.t()], function)
        for value in [round(rng.gauss(0, 2), 3) for _ in range(8)] + SPECIAL:
            x = tensor(random_shape()) if value == value else column
            scalar = number(single(value))
            record(op, [x], lambda x: function(x, single(value)), right=scalar)
            record(op, [x], lambda x: function(torch.tensor(value), x),
                   left=scalar)
    for _ in range(20):
        record("negate", [tensor(random_shape())], torch.neg)
    record("negate", [torch.tensor(SPECIAL)], torch.neg)


def record_matmul():
    def product(a, b):
        record("matmul", [a, b], torch.matmul,
               scale=lambda a, b: a.abs() @ b.abs())

    for rank_a, rank_b in itertools.product((1, 2, 3, 4), repeat=2):
        for _ in range(6):
            m, k, n = (rng.choice((0, 1, 2, 3, 4)) for _ in range(3))
            outer = [rng.choice((1, 2, 3)) for _ in range(2)]

            def stack(rank):
                part = outer[2 - max(rank - 2, 0):]
                return [1 if rng.random() < 0.3 else e for e in part]

            a = [k] if rank_a == 1 else stack(rank_a) + [m, k]
            b = [k] if rank_b == 1 else stack(rank_b) + [k, n]
            product(tensor(a), tensor(b))
    product(tensor((3, 200)), tensor((200, 2)))
    product(tensor((0, 2, 3)), tensor((3, 4)))
    for a, b in [((), (2,)), ((2,), ()), ((2,), (3,)), ((2, 3), (2, 3)),
                 ((2, 3), (2,)), ((2,), (3, 2)), ((2, 2, 3), (3, 3, 4)),
                 ((2, 0), (1, 2)), ((4, 2, 3), (3, 1, 2, 4))]:
        product(tensor(a), tensor(b))


def all_axes(x, axis):
    return list(range(x.dim())) if axis is None else axis


def argmax(x, axis, keepdims):
    if axis is not None:
        return x.argmax(axis, keepdims)
    return x.reshape(-1).argmax().reshape([1] * x.dim() if keepdims else [])


REDUCTIONS = {
    "sum": lambda x, axis, keep: x.sum(all_axes(x, axis), keep),
    "mean": lambda x, axis, keep: x.mean(all_axes(x, axis), keep),
    "max": lambda x, axis, keep: x.amax(all_axes(x, axis), keep),
    "min": lambda x, axis, keep: x.amin(all_axes(x, axis), keep),
    "argmax": argmax,
}


def record_reductions():
    def reduce(op, x, axis, keepdims):
        function = REDUCTIONS[op]
        scale = None
        if op in ("sum", "mean"):
            scale = lambda x: function(x.abs(), axis, keepdims)
        attributes = {} if axis is None else {"axis": axis}
        record(op, [x], lambda x: function(x, axis, keepdims), scale,
               keepdims=keepdims, **attributes)

    special = torch.tensor([[1, NAN, 2], [NAN, 5, NAN], [INF, 3, -INF],
                            [-INF, -INF, 0], [INF, INF, 1e-45], [0, -0.0, -1]])
    for op in REDUCTIONS:
        draw = None if op in ("sum", "mean") else small_integer
        for _ in range(16):
            x = tensor(random_shape(), draw)
            for axis in [None, *range(-x.dim(), x.dim())]:
                reduce(op, x, axis, rng.random() < 0.5)
        for axis, keepdims in itertools.product((None, 0, 1, -1, 2, -3),
                                                (False, True)):
            reduce(op, special, axis, keepdims)
        for shape in [(0,), (2, 0), (0, 3), (1, 0, 2)]:
            for axis in [None, *range(len(shape))]:
                if axis is None and op == "argmax":
                    continue
                reduce(op, tensor(shape), axis, False)
        reduce(op, tensor((6, 50)), 1, False)


def record_views():
    def view(op, x, function, **attributes):
        record(op, [x], function, **attributes)

    for _ in range(40):
        x = tensor(random_shape())
        view("reshape", x, lambda x: x.reshape(-1), shape=[-1])
        shape = random_shape()
        if rng.random() < 0.6:
            shape = rng.sample(list(x.shape), x.dim())
        if shape and rng.random() < 0.5:
            shape[rng.randrange(len(shape))] = -1
        view("reshape", x, lambda x: x.reshape(shape), shape=shape)
    for shape in [[-1, -1], [-2, 6], [5, -1], [0, -1], [13]]:
        view("reshape", tensor((3, 4)), lambda x: x.reshape(shape), shape=shape)
    for _ in range(40):
        x = tensor(random_shape(rng.randint(1, 4)))
        dims = [rng.randint(-x.dim() - 1, x.dim()) for _ in range(2)]
        view("transpose", x, lambda x: x.transpose(*dims), dims=dims)
        if x.dim() > 1:
            view("transpose", x, lambda x: x.mT)
        dims = rng.sample(range(x.dim()), x.dim())
        dims = [d - x.dim() if rng.random() < 0.3 else d for d in dims]
        view("permute", x, lambda x: x.permute(dims), dims=dims)
    for dims in [[0, 0, 1], [0, 1], [0, 1, 3], [-1, 0, 2], [0, 1, 2, 0]]:
        view("permute", tensor((2, 3, 4)), lambda x: x.permute(dims), dims=dims)
    record_slices(view)
    for _ in range(30):
        shape, target = broadcast_pair()
        view("broadcast_to", tensor(shape),
             lambda x: x.broadcast_to(target), shape=target)
        target = random_shape(1) + shape
        view("broadcast_to", tensor(shape),
             lambda x: x.broadcast_to(target), shape=target)


def record_slices(view):
    for _ in range(70):
        x = tensor(random_shape(rng.randint(1, 4)))
        dim = rng.randrange(x.dim())
        start, stop = (rng.randint(-7, 7) for _ in range(2))
        step = rng.randint(0, 3)

        def cut(x):
            return x[(slice(None),) * dim + (slice(start, stop, step),)]

        view("slice", x, cut, dim=dim - rng.choice((0, x.dim())), start=start,
             stop=stop, step=step)


def record_factories():
    for _ in range(30):
        start = round(rng.uniform(-5, 5), 1)
        step = rng.choice((-1, 1)) * round(rng.uniform(0.1, 1.5), 1)
        stop = start + round(rng.uniform(0, 12), 2) * (1 if step > 0 else -1)
        start, stop, step = single(start), single(stop), single(step)
        record("arange", [], lambda: torch.arange(start, stop, step),
               lambda: torch.tensor(abs(start) + abs(stop)),
               start=number(start), stop=number(stop), step=number(step))
    for bad in [(0, 1, 0), (0, INF, 1), (NAN, 1, 1)]:
        record("arange", [], lambda: torch.arange(*map(float, bad)),
               **dict(zip(("start", "stop", "step"), map(number, bad))))
    for n in (-1, 0, 1, 3):
        record("eye", [], lambda: torch.eye(n), n=n)
        for m in (-1, 0, 1, 2, 5):
            record("eye", [], lambda: torch.eye(n, m), n=n, m=m)


def record_allclose():
    def compare(a, b):
        rtol, atol = (single(rng.choice((0, 1e-4, 1e-2))) for _ in range(2))
        equal_nan = rng.random() < 0.5
        record("allclose", [a, b],
               lambda a, b: torch.allclose(*torch.broadcast_tensors(a, b),
                                           rtol, atol, equal_nan),
               rtol=number(rtol), atol=number(atol), equal_nan=equal_nan)

    for _ in range(40):
        shapes = broadcast_pair() if rng.random() < 0.6 else rng.choice(UNFIT)
        values = rng.choice(((INF, 1), (2,), (NAN, 1), (1, 1.00001, 1.001)))
        compare(*(tensor(s, lambda: rng.choice(values)) for s in shapes))
    for _ in range(60):
        draw = lambda: rng.choice((INF, -INF, NAN, 1, 1, -50, 0, 1e-5))
        a = tensor(random_shape(extents=(1, 2)), rng.choice((draw, None)))
        compare(a, a * (1 + rng.choice((0, 0, 5e-5, 5e-3))))


# -- Modules 02 to 04 ---------------------------------------------------------

ACTIVATIONS = {"relu": torch.relu, "sigmoid": torch.sigmoid,
               "tanh": torch.tanh,
               "gelu": lambda x: F.gelu(x, approximate="tanh")}


def record_activations():
    steep = torch.tensor([s * v for v in (1e-6, 1e-3, 0.1, 1, 3, 5, 9, 15, 20,
                                          50, 80, 87, 90, 100, 500)
                          for s in (1, -1)])
    for op, function in ACTIVATIONS.items():
        # 1 + tanh cancels on the far left of gelu.
        scale = torch.abs if op == "gelu" else None
        for _ in range(20):
            record(op, [tensor(random_shape())], function, scale)
        for x in (torch.tensor(SPECIAL), steep):
            record(op, [x], function, scale)


def record_softmax():
    rows = torch.tensor([[0, 0, 0], [1000, 1001, 1002], [-1e30, 0, 1e30],
                         [-INF, 0, 1], [-INF, -INF, -INF], [INF, 0, 1],
                         [NAN, 0, 1], [-300, 300, 0], [1e38, 1e38, -1e38]])

    def both(x, dim):
        record("softmax", [x], lambda x: x.softmax(dim), dim=dim)
        # x - max is rounded, and so is a sum that is at least 1.
        record("log_softmax", [x], lambda x: x.log_softmax(dim),
               lambda x: 1 + (x - x.amax(dim, True)).abs(), dim=dim)

    for _ in range(20):
        x = tensor(random_shape())
        for dim in range(-max(x.dim(), 1), max(x.dim(), 1)):
            if x.numel() > 0:
                both(x, dim)
    for x, dim in [(rows, 1), (rows, -1), (rows.t(), 0), (rows, 2), (rows, -3)]:
        both(x, dim)
    for shape, dim in [((0, 3), 1), ((2, 0), -1), ((), 1), ((), -2)]:
        record("softmax", [tensor(shape)], lambda x: x.softmax(dim), dim=dim)
        record("log_softmax", [tensor(shape)], lambda x: x.log_softmax(dim),
               dim=dim)


def record_linear():
    def layer(x, weight, bias):
        record("linear", [x, weight, *bias],
               lambda x, w, *b: F.linear(x, w.t(), *b),
               lambda x, w, *b: F.linear(x.abs(), w.t().abs(),
                                         *(v.abs() for v in b)))

    for case in range(30):
        n_in, n_out = rng.randint(1, 5), rng.randint(1, 5)
        x = tensor(random_shape(rng.randint(0, 3), (0, 1, 2, 3)) + [n_in])
        bias = [filled((n_out,))] if case % 3 else []
        layer(x, filled((n_in, n_out)), bias)
    for shape in [(3,), (4, 3), (2, 3, 1), (0, 3)]:
        layer(tensor(shape), filled((2, 4)), [filled((4,))])


def record_losses():
    def probability():
        # On this grid 1 - p is exact.
        return rng.choice((0, 1024, *[rng.randint(1, 1023)] * 6)) / 1024

    for _ in range(25):
        shape = random_shape()
        record("mse", [tensor(shape), tensor(shape)], F.mse_loss)
        pair = [tensor(shape, probability), tensor(shape, probability)]
        record("bce", pair, F.binary_cross_entropy)
        n, c = rng.randint(0, 5), rng.randint(1, 6)
        targets = tensor((n,), lambda: rng.randrange(c))
        record("cross_entropy", [tensor((n, c)), targets],
               lambda x, y: F.cross_entropy(x, y.long()),
               lambda x, y: 1 + F.cross_entropy(x, y.long()))
    half = filled((2, 3), lambda: 0.5)
    for bad in (-0.5, 1.5, INF, NAN):
        p = half.clone()
        p[1, 1] = bad
        record("bce", [p, half], F.binary_cross_entropy)
    for a, b in [((2, 3), (3, 2)), ((2,), (3,))]:
        record("mse", [tensor(a), tensor(b)], F.mse_loss)
        record("bce", [filled(a, probability), filled(b, probability)],
               F.binary_cross_entropy)
    for logits, targets in [((2, 3), [0, 3]), ((2, 3), [-1, 0]), ((2, 3), [0]),
                            ((3, 2), [0, 1, 2])]:
        record("cross_entropy", [tensor(logits), torch.tensor(targets).float()],
               lambda x, y: F.cross_entropy(x, y.long()))


def main():
    torch.set_num_threads(1)
    for recorder in (record_arithmetic, record_matmul, record_reductions,
                     record_views, record_factories, record_allclose,
                     record_activations, record_softmax, record_linear,
                     record_losses):
        recorder()
    OUTPUT.mkdir(exist_ok=True)
    header = {"seed": SEED, "torch": torch.__version__, "cases": len(cases)}
    with open(OUTPUT / "forward.jsonl", "w", encoding="ascii") as file:
        for line in [header, *cases]:
            file.write(json.dumps(line, separators=(",", ":")) + "\n")
    print(f"{len(cases)} cases, {sum('error' in c for c in cases)} errors")


if __name__ == "__main__":
    main()
