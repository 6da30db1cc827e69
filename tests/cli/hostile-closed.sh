#! /bin/sh
# Standard input, output and error closed at the start, in every combination: what can be done is done, what can't is
# said where it can be, and nothing is written where it does not belong.
. "${CPOOL_SRCDIR:?}/tests/cli/lib.sh"

for closed in '<&-' '2>&-' '<&- 2>&-' '>&-' '<&- >&-' '>&- 2>&-' '<&- >&- 2>&-'; do
    for program in 'sh -c "echo \$1; echo note >&2" _ :::' 'identity'; do
        echo "cpool $program a b c $closed" >"$_work/command"
        : >out
        : >err
        eval "timeout 20 cpool -j2 $program a b c >>out 2>>err $closed"
        status=$?
        case " $closed" in
            *' >&-'*)
                _check_status 125 $status
                [ ! -s out ] || fail "something was written to standard output"
                case $closed in
                    *2*) ;;
                    *) expect_err_match '^cpool: standard output: ' ;;
                esac
                ;;
            *)
                _check_status 0 $status
                expect_out a b c
                ;;
        esac
        # No file of ours may have become descriptor 0 to 2 and been written to by a task.
        [ -z "$(ls -A "$TMPDIR")" ] || fail "left: $(ls "$TMPDIR")"
    done
done
