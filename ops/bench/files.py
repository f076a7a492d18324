"""A million votes in CSV and a million preference rows, and how fast pandas reads them.

Usage: files.py write FOLDER ROWS | files.py read FILE ROUNDS
"""
import json
import pathlib
import random
import resource
import sys
import time

WORDS = "the river carries what nobody asked it to keep and gives it back in spring with interest paid in stones".split()


def sentence(draw, words):
    return " ".join(draw.choices(WORDS, k=words))


def write(folder, rows):
    draw = random.Random(18)
    with open(folder / "votes.csv", "w", newline="") as out:
        out.write("id,rater,question,left,right,winner,seconds\n")
        for i in range(rows):
            left, right = draw.sample(range(2_000), 2)
            winner = draw.choice(["left", "left", "right", "tie"])
            out.write(f"{i},rater {draw.randrange(500)},Which is clearer?,essay {left},essay {right},{winner},{draw.random() * 9:.1f}\n")
    with open(folder / "rows.jsonl", "w") as out:
        for i in range(rows):
            row = {"prompt": f"{sentence(draw, 12)}? ({i})", "chosen": sentence(draw, 40), "rejected": sentence(draw, 40)}
            out.write(json.dumps(row) + "\n")


def read(file, rounds):
    import pandas

    fastest = None
    for _ in range(rounds):
        begin = time.perf_counter()
        frame = pandas.read_csv(file) if file.suffix == ".csv" else pandas.read_json(file, lines=True)
        seconds = time.perf_counter() - begin
        fastest = seconds if fastest is None else min(fastest, seconds)
    print(f"pandas {pandas.__version__}: {file.name}, {len(frame) / fastest:,.0f} rows/s, fastest of {rounds}; "
          f"{resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:,.0f} MB at most")


if sys.argv[1] == "write":
    write(pathlib.Path(sys.argv[2]), int(sys.argv[3]))
else:
    read(pathlib.Path(sys.argv[2]), int(sys.argv[3]))
