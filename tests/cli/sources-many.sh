#! /bin/sh
# Many sources: a hundred files and fifty lists of words make one row.
. "${CPOOL_SRCDIR:?}/tests/cli/lib.sh"

words='' wanted=''
for item in $(seq 100); do
    echo "f$item" >"file$item"
    words="$words :::: file$item" wanted="$wanted f$item"
done
for item in $(seq 50); do
    words="$words ::: w$item" wanted="$wanted w$item"
done
# shellcheck disable=SC2086
expect_status 0 cpool echo $words
expect_out "${wanted# }"
