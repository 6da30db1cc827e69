#! /bin/sh
# The commands in examples/README print what is shown below them.
. "${CPOOL_SRCDIR:?}/tests/cli/lib.sh"

need od seq awk

mkdir clone clone/src clone/examples
cd clone || fail "clone: can't enter it"
for file in README length.py length.pl length.c; do
    cp "$CPOOL_SRCDIR/examples/$file" examples/
done
ln -s "$CPOOL" src/cpool

# Is all there that this command needs? The programs in C need the one that was compiled before.
can_run () {
    for program in python3 perl cc bc; do
        case " $(cat example) " in
            *" $program "*) command -v "$program" >/dev/null || return 1 ;;
        esac
    done
    ! grep -q 'examples/length$' example || [ -e examples/length ] || grep -q '^cc ' example
}

# Line by line: "    $ " begins a command, what is indented behind it is its output, errors included.
count=0 skipped=0
finish_example () {
    [ -e example ] || return 0
    if can_run; then
        sh ./example >out 2>&1
        status=$?
        cmp -s expected out ||
            fail "'$(cat example)' printed: $(cat out); README shows: $(cat expected)"
        # One that fails says so.
        [ "$status" -eq 0 ] || grep -q '^cpool: ' expected ||
            fail "'$(cat example)' ended with $status"
        count=$((count + 1))
    else
        skipped=$((skipped + 1))
    fi
    rm example
}

while IFS= read -r line; do
    case $line in
        '    $ '*)
            finish_example
            printf '%s\n' "${line#??????}" >example
            : >expected
            ;;
        '    '*) [ ! -e example ] || printf '%s\n' "${line#????}" >>expected ;;
        *) finish_example ;;
    esac
done <examples/README
finish_example

[ "$((count + skipped))" -ge 8 ] || fail "only $((count + skipped)) commands were found"
[ "$count" -ge 2 ] || fail "only $count commands could be run"
