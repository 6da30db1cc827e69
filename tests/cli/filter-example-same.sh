#! /bin/sh
# The programs in examples/ answer the same, and what factor(1) answers.
. "${CPOOL_SRCDIR:?}/tests/cli/lib.sh"

need seq
bad='not a number from 1 to 999999999999'

# ---- items, and what is the answer to each ----------------------------------------------------------------

# Products of two primes, powers, the largest numbers; and small ones with zeros in front.
{
    seq 1 300
    seq 999999999970 999999999999
    printf '%s\n' 999966000289 999998727899 549755813888 847288609443 762939453125 1000000000
} >numbers
sed 's/^/0/' numbers | grep '^.\{1,12\}$' >zeros

# Each ends in NUL.
write_strange () {
    printf '%s\0' '' 0 00 000000000000 -1 -60 +60 0x10 1e3 1.0 60.5 1,000 ' 60' '60 ' '6 0' x 60x x60 '٣' \
        nan inf
    printf '%s\0' 0000000000001 1000000000000 9223372036854775808 18446744073709551617 36893488147419103244
    printf '7\n\0\n7\0\n\0007\n7\0\t7\0007\r\0\01\0\033[7m\0\200\377\0\303\0007\377\0%%\0%%d\0\\\0'
    for zeros in 40 400 4000; do
        printf "1%0${zeros}d\0" 0
    done
}
write_strange >strange
strange_count=$(tr -dc '\0' <strange | wc -c)
[ "$strange_count" -gt 40 ] || fail "only $strange_count strange items"

{ cat numbers zeros | tr '\n' '\0' && cat strange; } >items

if command -v factor >/dev/null; then
    # The programs print a number without its zeros.
    cat numbers zeros | sed 's/^0*//' | factor >expected
    yes "$bad" | head -n "$strange_count" >>expected
fi

# ---- the programs -----------------------------------------------------------------------------------------

# answers NAME COMMAND...: what COMMAND says is what is expected; without factor(1), what the first has said.
count=0
answers () {
    name=$1
    shift
    for jobs in 1 3; do
        # The exit status counts the failures up to 100.
        expect_status "$strange_count" cpool -0 -j"$jobs" --filter=len "$@" <items
        [ -e expected ] || cp out expected
        expect_out_file expected
        expect_err_match "^cpool: $strange_count of [0-9]+ tasks failed\$"
        # Which of them come first is chance, where several work.
        grep -v '^cpool: item ' err | sort >err.sorted
        mv err.sorted err
        [ -e report ] || cp err report
        cmp -s err report || fail "$name: another report: $(cat err)"
    done
    count=$((count + 1))
}

if command -v python3 >/dev/null; then
    answers python3 python3 "$CPOOL_SRCDIR/examples/length.py"
fi
if command -v perl >/dev/null; then
    answers perl perl "$CPOOL_SRCDIR/examples/length.pl"
fi
compiler=${CC:-cc}
if command -v "${compiler%% *}" >/dev/null; then
    # shellcheck disable=SC2086 # CC may have options
    $compiler -o length "$CPOOL_SRCDIR/examples/length.c" || fail 'length.c does not compile'
    answers C ./length
fi
[ "$count" -gt 0 ] || skip 'python3 (or perl, or cc) is not installed'
