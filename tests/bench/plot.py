"""Draws ``docs/pictures/rate.svg`` from the last run of each number of mails: ``python plot.py RESULTS OUT``, with the peers' environment.

Mails a second against the number of mails in the mailbox, both by tens: what grows with the mails falls to the right.
"""

import json
import statistics
import sys
from collections import defaultdict
from pathlib import Path

from matplotlib import pyplot
from matplotlib.ticker import ScalarFormatter

LOOKS = {
    "floor": ("#8a8a8a", ":"),
    "naive": ("#b06000", "--"),
    "parsedmarc": ("#8a8a8a", "-."),
    "Ruam, receipt queued": ("#2b6cb0", "-"),
    "Ruam, receipt sent": ("#1a4480", "-"),
}


def main(results: Path, out: Path) -> None:
    """One line for each contestant, its median of the newest runs."""
    runs: dict[tuple[str, int], list[float]] = defaultdict(list)
    for line in results.read_text(encoding="utf-8").splitlines():
        run = json.loads(line)
        runs[run["name"], run["mails"]].append(run["mails"] / run["wall"])
    figure, axes = pyplot.subplots(figsize=(7, 4.2), layout="constrained")
    for name, (colour, style) in LOOKS.items():
        points = sorted((mails, statistics.median(found[-3:])) for (who, mails), found in runs.items() if who == name)
        axes.plot(*zip(*points, strict=True), style, color=colour, marker="o", label=name)
    axes.set(xscale="log", yscale="log", xlabel="mails in the mailbox", ylabel="mails a second")
    for axis in (axes.xaxis, axes.yaxis):
        axis.set_major_formatter(ScalarFormatter())
    axes.grid(visible=True, which="major", color="#dddddd")
    axes.legend(frameon=False, fontsize=9)
    figure.savefig(out)


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
