#! /bin/sh
# Several items in a script, and no script at all with -q, as in GNU parallel.
. "${CPOOL_SRCDIR:?}/tests/cli/lib.sh"
. "$CPOOL_SRCDIR/tests/cli/parallel-lib.inc"

same_as_parallel <<'LINES'
P -n2 'echo a {}b; echo c{} {}' ::: 1 2 3
P -m -j1 'echo a {}b' ::: 1 2 3
P -X -j1 'echo a {}b' ::: 1 2 3
P -X -j1 'printf "%s-" x{}y' ::: 'a b' c
P -m -j1 'printf "%s-" x{}y' ::: 'a b' c
P -q echo 'a  b' {} '*' '$HOME' '>x' ::: 1
P -q sh -c 'echo "$1"' x ::: 'a b'
P -q awk '{print $1}' ::: abc
P -q sed 's/\(.\)/<\1>/' ::: abc
LINES
