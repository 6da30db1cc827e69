#! /bin/sh
# -X from an endless producer: full command lines are run while it goes on.
. "${CPOOL_SRCDIR:?}/tests/cli/lib.sh"

yes | cpool -X -s 100 echo 2>err | head -n 3 >out
for line in 1 2 3; do
    [ "$(sed -n "${line}p" out | tr -d ' ')" = "$(yes | head -n 47 | tr -d '\n')" ] || fail "$(cat out)"
done
