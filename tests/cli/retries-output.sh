#! /bin/sh
# The output, of both kinds, is that of the last try, in its place in the order; success at the second try is success.
. "${CPOOL_SRCDIR:?}/tests/cli/lib.sh"

expect_status 0 cpool -j3 --retries 2 sh -c 'if [ "$1" != c ] && mkdir "$1" 2>/dev/null; then echo "$1 first"; echo "$1 error" >&2; exit 1; fi
    echo "$1 again"; echo "$1 note" >&2' _ ::: a b c d
expect_out 'a again' 'b again' 'c again' 'd again'
printf '%s note\n' a b c d | cmp -s - err || fail "standard error: $(cat err)"
expect_status 1 cpool -j1 --retries 3 sh -c 'echo x >>count; echo "try $(wc -l <count)"; exit 1' _ ::: a
expect_out 'try 3'
# Megabytes of a first try are dropped, too.
expect_status 0 cpool -j2 --retries 2 sh -c 'if mkdir "big.$1" 2>/dev/null; then yes "$1" | head -c 3000000; exit 1; fi; echo "$1"' _ ::: a b
expect_out a b
