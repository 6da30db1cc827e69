"""pool_map.py N: square each line of standard input in N processes, in order, as a Python user would."""
import multiprocessing
import sys


def square(line):
    number = int(line)
    return number * number


if __name__ == "__main__":
    with multiprocessing.Pool(int(sys.argv[1])) as pool:
        results = pool.map(square, sys.stdin)
    sys.stdout.write("".join(f"{result}\n" for result in results))
