#!/usr/bin/python3
"""Records gradients from PyTorch, for tests/framework/gradient_parity_test.cpp.

    scripts/record_gradients.py         (needs the Debian package python3-torch)

Writes tests/framework/parity/backward.jsonl. Run it by hand when an operation
is added; the normal build only reads the file. Inputs come from Python's
random generator with the seed in parity_inputs.py, and PyTorch computes in
double precision on one thread, so that a second run writes the same bytes.

One line is one case, a small program:

    {"in": [TENSOR, ...], "leaves": [0, 1],
     "do": [["multiply", [0, 1]], ["sum", [2], [-1, 0]]],
     "upstream": TENSOR, "gradients": [TENSOR, ...]}

Each step names an operation, its arguments (inputs are counted first, then the
results of the steps) and what else it is given, as our operation's attributes
list it. The last step's result receives "upstream" as its gradient;
"gradients" are those of the inputs in "leaves". TENSOR is described in
record_parity.py.
"""
import json
import sys

sys.dont_write_bytecode = True

import torch
import torch.nn.functional as F

from parity_inputs import (SEED, broadcast_pair, filled, random_shape, rng,
                           tensor)
from record_parity import OUTPUT, tensor_text

cases = []


def reduction(function):
    def reduce(x, axis=None, keepdims=0):
        axes = list(range(x.dim())) if axis is None else axis
        return function(x, axes, bool(keepdims))
    return reduce


def cut(x, dim, start, stop, step):
    return x[(slice(None),) * (dim % x.dim()) + (slice(start, stop, step),)]


OPERATIONS = {
    "add": torch.add, "subtract": torch.sub, "multiply": torch.mul,
    "divide": torch.div, "negate": torch.neg, "matmul": torch.matmul,
    "sum": reduction(torch.sum), "mean": reduction(torch.mean),
    "max": reduction(torch.amax), "min": reduction(torch.amin),
    "reshape": lambda x, *shape: x.reshape(shape),
    "transpose": torch.transpose,
    "permute": lambda x, *dims: x.permute(dims), "slice": cut,
    "broadcast_to": lambda x, *shape: x.broadcast_to(shape),
    "clone": torch.clone, "relu": torch.relu, "sigmoid": torch.sigmoid,
    "tanh": torch.tanh, "gelu": lambda x: F.gelu(x, approximate="tanh"),
    "softmax": torch.softmax, "log_softmax": torch.log_softmax,
    "mse": F.mse_loss,
    "cross_entropy": lambda x, y: F.cross_entropy(x, y.long()),
    "bce": F.binary_cross_entropy,
    "exp": torch.exp, "log": torch.log, "sqrt": torch.sqrt, "pow": torch.pow,
    "concatenate": lambda *args: torch.cat(args[:-1], args[-1]),
    "embedding": lambda table, i: F.embedding(i.long(), table),
    "masked_fill": lambda x, mask, v: x.masked_fill(mask != 0, v),
}


def record(inputs, steps, leaves=None):
    """Appends a case. Without `leaves`, all inputs need a gradient."""
    leaves = list(range(len(inputs))) if leaves is None else leaves
    values = [x.double() for x in inputs]
    for i in leaves:
        values[i].requires_grad_()
    for name, of, *given in steps:
        arguments = [values[i] for i in of]
        values.append(OPERATIONS[name](*arguments, *(given[0] if given else [])))
    upstream = tensor(list(values[-1].shape))
    values[-1].backward(upstream.double())
    cases.append({
        "in": [tensor_text(x) for x in inputs], "leaves": leaves,
        "do": steps, "upstream": tensor_text(upstream),
        "gradients": [tensor_text(values[i].grad.float().contiguous())
                      for i in leaves]})


def far_from_0():
    return rng.choice((-1, 1)) * round(rng.uniform(0.5, 3), 3)


def positive():
    return round(rng.uniform(0.2, 4), 3)


def probability():
    return rng.randint(20, 1000) / 1024


# -- Single operations --------------------------------------------------------


def record_arithmetic():
    for op in ("add", "subtract", "multiply", "divide"):
        for _ in range(12):
            a, b = broadcast_pair()
            record([tensor(a), tensor(b, far_from_0)], [[op, [0, 1]]])
    for _ in range(4):
        record([tensor(random_shape())], [["negate", [0]]])


def record_matmul():
    for rank_a in range(1, 5):
        for rank_b in range(1, 5):
            for _ in range(2):
                m, k, n = (rng.choice((0, 1, 2, 3, 3)) for _ in range(3))
                outer = [rng.choice((1, 2)) for _ in range(2)]

                def stack(rank):
                    part = outer[2 - max(rank - 2, 0):]
                    return [1 if rng.random() < 0.4 else e for e in part]

                a = [k] if rank_a == 1 else stack(rank_a) + [m, k]
                b = [k] if rank_b == 1 else stack(rank_b) + [k, n]
                record([tensor(a), tensor(b)], [["matmul", [0, 1]]])


def record_reductions():
    for op in ("sum", "mean", "max", "min"):
        for _ in range(14):
            x = tensor(random_shape(rng.randint(1, 4), (1, 2, 2, 3, 4)))
            axis = rng.randrange(-x.dim(), x.dim())
            given = [] if rng.random() < 0.2 else [[axis, rng.randint(0, 1)]]
            record([x], [[op, [0], *given]])


def record_views():
    for _ in range(8):
        x = tensor(random_shape(rng.randint(1, 4), (1, 2, 2, 3, 4)))
        rank = x.dim()
        dims = rng.sample(range(rank), rank)
        record([x], [["reshape", [0], rng.sample(list(x.shape), rank)]])
        record([x], [["transpose", [0],
                      [rng.randrange(-rank, rank) for _ in range(2)]]])
        record([x], [["permute", [0],
                      [d - rank if rng.random() < 0.3 else d for d in dims]]])
        record([x], [["slice", [0], [rng.randrange(-rank, rank),
                                     rng.randint(-4, 2), rng.randint(-2, 9),
                                     rng.randint(1, 3)]]])
        record([x], [["clone", [0]]])
        shape, target = random_shape(2), random_shape(1, (1, 2, 3))
        record([tensor([1 if rng.random() < 0.5 else e for e in shape])],
               [["broadcast_to", [0], target + shape]])


def record_elementwise():
    for _ in range(6):
        for op in ("relu", "sigmoid", "tanh", "gelu", "exp"):
            record([tensor(random_shape())], [[op, [0]]])
        for op in ("log", "sqrt"):
            record([tensor(random_shape(), positive)], [[op, [0]]])
    for exponent in (0, 1, 2, 3, -1, -2):
        record([tensor((2, 3), far_from_0)], [["pow", [0], [exponent]]])
    for exponent in (0.5, -0.5, 1.5):
        record([tensor((2, 3), positive)], [["pow", [0], [exponent]]])
    for _ in range(10):
        x = tensor(random_shape(rng.randint(1, 3), (1, 2, 3, 4)))
        for op in ("softmax", "log_softmax"):
            record([x], [[op, [0], [rng.randrange(-x.dim(), x.dim())]]])


def record_losses():
    for _ in range(8):
        shape = random_shape(2, (1, 2, 3, 4))
        record([tensor(shape), tensor(shape)], [["mse", [0, 1]]])
        record([tensor(shape, probability), tensor(shape, probability)],
               [["bce", [0, 1]]], [0])
        classes = tensor(shape[:1], lambda: rng.randrange(shape[1]))
        record([tensor(shape), classes], [["cross_entropy", [0, 1]]], [0])


def record_joining():
    for _ in range(8):
        shape = random_shape(rng.randint(1, 3), (1, 2, 3))
        dim = rng.randrange(-len(shape), len(shape))
        parts = []
        for _ in range(rng.randint(1, 3)):
            shape[dim] = rng.randint(1, 3)
            parts.append(tensor(shape))
        record(parts, [["concatenate", list(range(len(parts))), [dim]]])
        indices = tensor(random_shape(rng.randint(0, 2), (1, 2, 3)),
                         lambda: rng.randrange(4))
        record([tensor((4, rng.randint(1, 3))), indices],
               [["embedding", [0, 1]]], [0])
        shape = random_shape(2, (1, 2, 3))
        mask = tensor([1 if rng.random() < 0.4 else e for e in shape],
                      lambda: rng.randint(0, 1))
        record([tensor(shape), mask], [["masked_fill", [0, 1], [-2]]], [0])


# -- Programs -----------------------------------------------------------------


def record_shared():
    """Random graphs: any value may be used any number of times."""
    for _ in range(50):
        shape = random_shape(2, (1, 2, 3))
        inputs = [tensor(shape), tensor(shape[1:])]
        steps = []
        for at in range(2, 2 + rng.randint(3, 8)):
            of = [rng.randrange(at) for _ in range(2)]
            op = rng.choice(("add", "subtract", "multiply", "tanh", "sigmoid"))
            steps.append([op, of if op in ("add", "subtract", "multiply")
                          else of[:1]])
        steps += [["tanh", [1 + len(steps)]],
                  ["add", [2 + len(steps), 0]], ["multiply",
                                                 [3 + len(steps), 1]]]
        record(inputs, steps)


def record_networks():
    small = lambda: round(rng.gauss(0, 0.7), 3)
    for _ in range(12):
        n, i, h, o = (rng.randint(1, 4) for _ in range(4))
        act = rng.choice(("relu", "tanh", "gelu", "sigmoid"))
        inputs = [tensor((n, i)), tensor((i, h), small), tensor((h,), small),
                  tensor((h, o), small), tensor((o,), small)]
        network = [["matmul", [0, 1]], ["add", [6, 2]], [act, [7]],
                   ["matmul", [8, 3]], ["add", [9, 4]]]
        record(inputs + [tensor((n,), lambda: rng.randrange(o))],
               network + [["cross_entropy", [10, 5]]], [0, 1, 2, 3, 4])
        record(inputs + [tensor((n, o))], network + [["mse", [10, 5]]])
    for _ in range(8):  # attention: softmax(q k^T, masked) v
        n, d = rng.randint(1, 3), rng.randint(1, 3)
        mask = torch.triu(torch.ones(n, n), 1)
        record([tensor((2, n, d), small) for _ in range(3)] + [mask],
               [["transpose", [1], [-2, -1]], ["matmul", [0, 4]],
                ["masked_fill", [5, 3], [-1000]], ["softmax", [6], [-1]],
                ["matmul", [7, 2]]], [0, 1, 2])
    for _ in range(8):  # layer normalisation, the deviation included
        record([tensor((2, rng.randint(3, 5))), torch.tensor(0.1)],
               [["mean", [0], [-1, 1]], ["subtract", [0, 2]], ["pow", [3], [2]],
                ["mean", [4], [-1, 1]], ["add", [5, 1]], ["sqrt", [6]],
                ["divide", [3, 7]]], [0])


def main():
    torch.set_num_threads(1)
    for recorder in (record_arithmetic, record_matmul, record_reductions,
                     record_views, record_elementwise, record_losses,
                     record_joining, record_shared, record_networks):
        recorder()
    header = {"seed": SEED, "torch": torch.__version__, "cases": len(cases)}
    with open(OUTPUT / "backward.jsonl", "w", encoding="ascii") as file:
        for line in [header, *cases]:
            file.write(json.dumps(line, separators=(",", ":")) + "\n")
    print(f"{len(cases)} cases")


if __name__ == "__main__":
    main()
