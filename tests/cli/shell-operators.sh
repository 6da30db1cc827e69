#! /bin/sh
# A shell's operator as a word of its own is handed over as it is, and a note says so once; -q is silent.
. "${CPOOL_SRCDIR:?}/tests/cli/lib.sh"

for operator in '&&' '||' '>' '>>' '<' '2>&1' ';' '&'; do
    expect_status 0 cpool echo {} "$operator" x ::: a b
    expect_out "a $operator x" "b $operator x"
    expect_err_match "^cpool: .*'$(echo "$operator" | sed 's/[|]/\\|/g')' is handed to echo as an argument.*-c.*-q"
    [ "$(wc -l <err)" -eq 1 ] || fail 'more than once'
    expect_status 0 cpool -q echo {} "$operator" x ::: a
    expect_err_empty
done

# The program is named that gets the word, not the one that starts it; that one's own words are no exception for the other.
expect_status 0 cpool env LC_ALL=C echo {} '>' x ::: a
expect_err_match "^cpool: .*'>' is handed to echo as an argument"
expect_status 1 cpool sort -t ';' {} '>' x ::: /dev/null
expect_err_match "^cpool: .*'>' is handed to sort as an argument"
