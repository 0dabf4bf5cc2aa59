# SPDX-License-Identifier: Apache-2.0
"""The tables that compare.py prints, as Markdown, and what is required of junit-from-vulns."""

from dataclasses import dataclass


@dataclass
class Row:
    """One requirement: a ratio has to be at least `required`, a cost at most."""

    name: str
    required: float
    measured: float
    form: str
    goal: float | None = None
    at_most: bool = False

    @property
    def ok(self):
        return self.measured <= self.required if self.at_most else self.measured >= self.required

    def cells(self):
        sign = "<=" if self.at_most else ">="
        goal = "" if self.goal is None else self.form.format(self.goal)
        measured = self.form.format(self.measured)
        required = f"{sign} {self.form.format(self.required)}"
        return [self.name, required, goal, measured, "ok" if self.ok else "NO"]


def required_rows(cases, start_up):
    def wall(name):
        return cases[name].median("wall")

    def peak(name):
        kib = [run["peak_kib"] for run in cases[name].runs]
        return max(kib) / 1024 if min(kib) > 0 else float("inf")  # not readable: not met

    times, percent, memory, milli = "{:.1f}x", "{:.0f} %", "{:.1f} MiB", "{:.2f} ms"
    return [
        Row("summary, against pyTenable", 60, wall("pytenable") / wall("summary"), times, 120),
        Row("summary, against defusedxml", 20, wall("defusedxml") / wall("summary"), times, 40),
        Row("summary, against tinyxml2", 5, wall("tinyxml2") / wall("summary"), times, 10),
        Row("summary, of memchr speed", 20, 100 * wall("memchr") / wall("summary"), percent, 45),
        Row("summary, memory peak", 32, peak("summary"), memory, at_most=True),
        Row("JUnit by host, against defusedxml", 10, wall("defusedxml") / wall("host"), times),
        Row("JUnit by host, memory peak", 32, peak("host"), memory, at_most=True),
        Row("JUnit by asset, memory peak", 64, peak("asset"), memory, at_most=True),
        Row("--version", 2, 1000 * start_up, milli, at_most=True),
    ]


def table(head, rows):
    lines = [head, ["---"] + ["---:"] * (len(head) - 1), *rows]
    return "\n".join("| " + " | ".join(line) + " |" for line in lines) + "\n"


def times_table(cases, size):
    rows = []
    for case in cases.values():
        wall, peak = case.median("wall"), case.median("peak_kib") / 1024
        speed, spread = size / wall / 1e6, [run["wall"] for run in case.runs]
        rows.append([case.name, f"{wall:.3f}", f"{min(spread):.3f}-{max(spread):.3f}",
                     f"{case.median('cpu'):.3f}", f"{speed:.0f}", f"{peak:.1f}",
                     f"{case.disturbed()}/{len(case.runs)}"])
    return table(["case", "s", "range", "CPU s", "MB/s", "peak MiB", "disturbed"], rows)


def required_table(rows):
    return table(["junit-from-vulns", "required", "goal", "measured", ""],
                 [row.cells() for row in rows])


def noise_note(cases):
    runs = [run for case in cases.values() for run in case.runs]
    cores = sum(run["other"] for run in runs) / sum(run["elapsed"] for run in runs)
    disturbed = sum(case.disturbed() for case in cases.values())
    advice = "repeat before believing" if disturbed else "the machine was quiet"
    return (
        f"Other programs used {cores:.2f} cores on average and disturbed {disturbed} of "
        f"{len(runs)} runs: {advice}."
    )
