"""A filter for `cpool --filter=len`: answers each number with its prime factors.

    src/cpool --filter=len python3 examples/length.py ::: 60 61 x

Copy it, and change answer().
"""

import re
import sys

HAS_STATUS = 0x80000000  # in the length of an answer: its first byte is an exit status
LONGEST = 16 << 20  # cpool sends no longer items


def answer(item):
    """The exit status and the answer, both for one item. Item and answer are bytes."""
    if not re.fullmatch(rb"[0-9]{1,12}", item) or int(item) == 0:
        return 2, b"not a number from 1 to 999999999999\n"
    rest, divisor, text = int(item), 2, b"%d:" % int(item)
    while divisor * divisor <= rest:
        if rest % divisor == 0:
            text += b" %d" % divisor
            rest //= divisor
        else:
            divisor += 1 if divisor == 2 else 2
    if rest > 1:
        text += b" %d" % rest
    return 0, text + b"\n"


def read(size):
    """So many bytes, however many reads that takes."""
    data = sys.stdin.buffer.read(size)
    if len(data) < size:
        sys.exit("length.py: the input ends within a frame")
    return data


def main():
    while first := sys.stdin.buffer.read(1):
        length = int.from_bytes(first + read(3), "little")
        if length > LONGEST:
            sys.exit("length.py: the input has no frames; it needs cpool --filter=len")
        status, text = answer(read(length))
        length = len(text)
        if status != 0:
            text = bytes([status]) + text
            length = len(text) | HAS_STATUS
        # Nothing is flushed after each answer: cpool does not wait for one before it sends more.
        sys.stdout.buffer.write(length.to_bytes(4, "little") + text)
    sys.stdout.buffer.flush()


main()
