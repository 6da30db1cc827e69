#! /bin/sh
# examples/length.py: the filter of --filter=len in Python.
. "${CPOOL_SRCDIR:?}/tests/cli/lib.sh"

need python3
cp "$CPOOL_SRCDIR/examples/length.py" .
filter='python3 length.py'
. "$CPOOL_SRCDIR/tests/cli/filter-example-lib.inc"
