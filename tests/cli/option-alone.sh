#! /bin/sh
# An option that only tunes another is warned of where that is not there: what was meant is another option, most likely.
. "${CPOOL_SRCDIR:?}/tests/cli/lib.sh"

echo a >list
while IFS='|' read -r words more why; do
    # shellcheck disable=SC2086
    expect_status 0 cpool $words true ::: a
    expect_err_match "^cpool: warning: $why"
    [ "$(wc -l <err)" -eq 1 ] || fail "$words: more than one line"
    # shellcheck disable=SC2086
    expect_status 0 cpool $words $more true :::: list
    ! grep -q warning err || fail "$words $more: $(cat err)"
    # In CPOOL_OPTS it is meant for those runs where it does something.
    case $words in
        --total* | --regexp*) continue ;;
    esac
    CPOOL_OPTS=$words expect_status 0 cpool true ::: a
    expect_err_empty
done <<'END'
--retry-delay 1|--retries 2|--retry-delay: does nothing without --retries
--retry-d 1|--retry 2|--retry-delay: does nothing without --retries
-s 100|-X|-s: makes no task larger
--max-chars=100|-n 2|-s: makes no task larger
--total 5|--halt soon,fail=100%|--total: does nothing without
--total 5|--eta|--total: does nothing without
-d ,||-d: does nothing here: the words behind ::: are items
-0||-0: does nothing here: the words behind ::: are items
END
expect_status 0 cpool --grace 1 --termseq TERM,5,KILL true ::: a
expect_err_match '^cpool: warning: --grace: does nothing with --termseq'
expect_status 0 cpool --total 5 echo '{##}' ::: a
expect_err_empty
expect_status 0 cpool --pipe --regexp cat <list
expect_err_match '^cpool: warning: --regexp: does nothing without --recend or --recstart'
expect_status 0 cpool --pipe --regexp --recend 'a' cat <list
expect_err_empty
expect_status 0 cpool --seed 1 echo ::: a # says --shuf itself
expect_err_empty
# With nothing to tune at all they are refused.
for words in '--block 1M' '--recend x' '--recstart x' --regexp '--joblog-format json' --resume --resume-failed; do
    # shellcheck disable=SC2086
    expect_status 125 cpool $words touch ran ::: a
done
[ ! -e ran ] || fail 'a task was run'
