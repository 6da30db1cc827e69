#! /bin/sh
# {##} of a stream can't be known: said at once, with --total, and nothing is read.
. "${CPOOL_SRCDIR:?}/tests/cli/lib.sh"

seq 3 >three
for words in '' ':::: -' '::: a :::: -'; do
    # shellcheck disable=SC2086
    expect_status 125 cpool touch 'ran{##}' $words <three
    expect_err_match '^cpool: .*##.*--total'
done
mkfifo pipe
cat three >pipe &
expect_status 125 cpool touch 'ran{##}' :::: pipe
wait
for file in ran*; do
    [ ! -e "$file" ] || fail "a task was run: $file"
done
