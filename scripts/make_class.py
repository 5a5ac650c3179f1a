#!/usr/bin/env python3
"""Writes a class of submissions whose grades are known in advance.

    scripts/make_class.py COUNT DIRECTORY [--modules 01,02,03,04]

DIRECTORY/submissions holds the work of COUNT students: perfect, partial,
untouched, broken and hostile, as folders, .zip and .tar.gz, a few of them
damaged. DIRECTORY/expected.csv is what `tito grade run DIRECTORY/submissions
--modules 01,02,03,04 --out grades.csv` must write, byte for byte.

A partial submission has wrong versions (tests/mutants) of tasks that no other
task builds on: it loses their points and nothing else. No two submissions of
a module are equal, so nothing is known before it is graded.
"""

import argparse
import io
import json
import pathlib
import random
import tarfile
import zipfile

COURSE = pathlib.Path(__file__).resolve().parent.parent
ATTACKS = COURSE / "tests/grader/hostile"
KINDS = {"perfect": 40, "partial": 28, "stub": 8, "broken": 10, "missing": 7,
         "hostile": 7}
# For every module; module 04 has the whole corpus in tests/grader/hostile.
HOSTILE = [
    ("failed", "#include <unistd.h>\n"
               "static struct Leave { Leave() { _exit(0); } } leave;\n"),
    ("denied", 'extern "C" int memcmp(const void*, const void*, '
               "unsigned long) { return 0; }\n"),
    ("compile-error", '#include "/etc/passwd"\n'),
    ("compile-error", 'asm(".incbin \\"/etc/shadow\\"");\n'),
]


class Module:
    def __init__(self, entry):
        self.number = entry["number"]
        self.folder = f"{entry['number']}_{entry['name']}"
        self.points = {task["id"]: task["points"] for task in entry["tasks"]}
        self.maximum = sum(self.points.values())
        self.solution = self.read("solutions", entry["sources"])
        self.stubs = self.read("modules", entry["sources"])
        built_on = {t for task in entry["tasks"] for t in task["builds_on"]}
        mutants = json.loads(
            (COURSE / f"tests/mutants/{self.folder}.json").read_text())
        self.mutants = [m for m in mutants if m["task"] not in built_on]

    def read(self, tree, sources):
        folder = COURSE / tree / self.folder / "src"
        return {name: (folder / name).read_text() for name in sources}


def corpus():
    """(outcome, text) of the attacks on module 04 that can end in one way."""
    base = (ATTACKS / "base.cpp").read_text()
    for file in sorted(ATTACKS.glob("*.cpp")):
        text = file.read_text(errors="surrogateescape")
        outcomes = text.partition("// expect:")[2].partition("\n")[0].split()
        if len(outcomes) == 1 and outcomes[0] != "link-error":
            text = text.replace("@CANARY@", "/etc/shadow")
            yield outcomes[0], text.replace("@COURSE@", str(COURSE)) + base


def partial(module, dice):
    """Some wrong versions in the solution; files and the points left."""
    files, points = dict(module.solution), module.maximum
    wanted = dice.sample(sorted({m["task"] for m in module.mutants}),
                         dice.choice([1, 1, 2]))
    for task in wanted:
        mutant = dice.choice([m for m in module.mutants if m["task"] == task])
        text = files[mutant["file"]]
        # What an earlier one has changed stays as it is.
        if text.count(mutant["find"]) != 1:
            continue
        files[mutant["file"]] = text.replace(mutant["find"], mutant["replace"])
        points -= module.points[task]
    return files, points


def work(module, kind, dice, attacks):
    """One student's files for a module, points and outcome."""
    if kind == "missing":
        return None, "", "missing"
    if kind == "stub":
        return dict(module.stubs), 0, "failed"
    if kind == "partial":
        files, points = partial(module, dice)
        outcome = "passed" if points == module.maximum else "partial"
        return files, points, outcome if points > 0 else "failed"
    files = dict(module.solution)
    if kind == "perfect":
        return files, module.maximum, "passed"
    name = dice.choice(sorted(files))
    if kind == "broken":
        files[name] += "this is not C++\n"
        return files, 0, "compile-error"
    if module.number == "04":
        outcome, files[name] = dice.choice(attacks)
    else:
        outcome, text = dice.choice(HOSTILE)
        files[name] += text
    return files, 0, outcome


def hand_in(folder, student, files, form, dice):
    """Writes {path: text} as a folder or as an archive."""
    data = {name: text.encode(errors="surrogateescape")
            for name, text in sorted(files.items())}
    if form == "folder":
        (folder / student).mkdir()
        for name, text in data.items():
            target = folder / student / name
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(text)
        return
    memory = io.BytesIO()
    if form == "tar.gz":
        with tarfile.open(fileobj=memory, mode="w:gz") as archive:
            for name, text in data.items():
                info = tarfile.TarInfo(name)
                info.size = len(text)
                archive.addfile(info, io.BytesIO(text))
    else:
        with zipfile.ZipFile(memory, "w", zipfile.ZIP_DEFLATED) as archive:
            for name, text in data.items():
                archive.writestr(name, text)
    content = memory.getvalue()
    if form == "damaged":
        form, content = "zip", content[:len(content) // 3]
    (folder / f"{student}.{form}").write_bytes(content)


def total(rows, maximum):
    """Points and outcome of all modules together."""
    outcomes = [outcome for _, outcome in rows]
    if "unreadable" in outcomes:
        return "", "unreadable"
    if all(outcome == "missing" for outcome in outcomes):
        return "", "missing"
    points = sum(points for points, _ in rows if points != "")
    if points >= maximum:
        return points, "passed"
    return points, "partial" if points > 0 else "failed"


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("count", type=int)
    parser.add_argument("directory", type=pathlib.Path)
    parser.add_argument("--modules", default="01,02,03,04")
    options = parser.parse_args()
    numbers = options.modules.split(",")
    entries = json.loads(
        (COURSE / "modules/curriculum.json").read_text())["modules"]
    modules = [Module(e) for e in entries if e["number"] in numbers]
    attacks = list(corpus())
    folder = options.directory / "submissions"
    folder.mkdir(parents=True)
    lines = ["student,module,points,maximum,outcome"]
    for i in range(options.count):
        student = f"s{i:03}"
        dice = random.Random(student)
        form = "damaged" if i % 50 == 17 else \
            dice.choice(["folder", "zip", "tar.gz"])
        files, rows = {}, []
        for module in modules:
            kind = dice.choices(list(KINDS), KINDS.values())[0]
            sources, points, outcome = work(module, kind, dice, attacks)
            if form == "damaged":
                points, outcome = "", "unreadable"
            rows.append((points, outcome))
            for name, text in (sources or {}).items():
                files[f"modules/{module.folder}/src/{name}"] = \
                    f"// {student}\n{text}"
        hand_in(folder, student, files, form, dice)
        maximum = sum(module.maximum for module in modules)
        for module, (points, outcome) in zip(modules, rows):
            lines.append(f"{student},{module.folder},{points},"
                         f"{module.maximum},{outcome}")
        points, outcome = total(rows, maximum)
        lines.append(f"{student},total,{points},{maximum},{outcome}")
    expected = "".join(line + "\r\n" for line in lines)
    (options.directory / "expected.csv").write_bytes(expected.encode())


if __name__ == "__main__":
    main()
