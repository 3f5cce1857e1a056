"""How many cases of the corpus are read right, per kind of trouble: ``python tests/forms/report.py``."""

import sys

from tests.forms.judging import cases, corpus_bureau, differences, reading_of, said_of


def main(arguments: list[str]) -> None:
    """Print the table; with ``-v`` also how each wrong reading differs. ``arguments`` may name troubles or cases."""
    wanted = [each for each in arguments if not each.startswith("-")]
    bureau = corpus_bureau()
    counts: dict[str, list[int]] = {}
    for case in cases():
        if wanted and not any(case.title.startswith(each) for each in wanted):
            continue
        wrong = differences(case.expected, said_of(bureau, reading_of(bureau, case)))
        right, whole = counts.get(case.trouble, [0, 0])
        counts[case.trouble] = [right + (not wrong), whole + 1]
        if wrong and "-v" in arguments:
            print(f"{case.title}: {case.expected.get('why', '')}", *wrong, sep="\n    ")
    for trouble, (right, whole) in counts.items():
        print(f"{trouble:12} {right:4} of {whole:4} right")
    print(f"{'all':12} {sum(r for r, _ in counts.values()):4} of {sum(w for _, w in counts.values()):4} right")


if __name__ == "__main__":
    main(sys.argv[1:])
