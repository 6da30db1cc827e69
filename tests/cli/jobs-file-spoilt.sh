#! /bin/sh
# A file that is spoilt or removed while cpool runs: a warning, and the number stays.
. "${CPOOL_SRCDIR:?}/tests/cli/lib.sh"

echo 2 >number
mkfifo in
exec 8<>in
start cpool -j number echo <in 8>&-
echo a >&8
wait_for grep -qx a out
echo many >number
wait_for grep -q '^cpool: .*-j: number: holds no number of jobs; the number of jobs stays' err
rm number
echo b >&8
wait_for grep -qx b out
exec 8>&-
expect_end 0
[ "$(wc -l <err)" -eq 1 ] || fail "$(cat err)"
