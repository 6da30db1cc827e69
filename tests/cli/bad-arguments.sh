#! /bin/sh
# Each option and what a wrong argument gets: one line that names it, status 125, nothing started. An option of
# --help=all that takes an argument and is missing here fails the test; `any` has none that could be wrong, or only
# with --pipe: blocks-bad.sh.
. "${CPOOL_SRCDIR:?}/tests/cli/lib.sh"

mkdir folder
: >empty
# Option, and its wrong arguments with | between ('' is the empty one).
cat >table <<'END'
--arg-file|missing|folder|''|empty/x
--delimiter|ab|''|\q|\x|\xfff|\x4g
--colsep|(|[|a{2|*
--header|(|[
--trim|x|''|lrl|L|1
--eof any
--seed|x|-1|1.5|''|99999999999999999999|3x
--total|x|0|-1|1.5|''|3x|1e3
--max-args|x|-1|1.5|''|3x|99999999999
--max-replace-args|x|-1|1.5|''|3x
--max-lines|x|0|-1|''|3x
--max-chars|x|0|-1|''|3k
--replace|''
--block|x|0|-1|''|17M|1KB|nan|inf|1e99|0.5|K
--recend any
--recstart any
--jobs|x|5z|''|missing|folder|empty|%|5%%|1.5|+|--5
--env|X|=x|''
--wd|missing|empty|''|empty/x
--nice|x|21|-21|''|1.5
--delay|x|-1|''|5q|1:30|%
--chunk|x|0|-1|''|1000001
--timeout|x|-1|''|5q|0|0%|x%|%|-3%|1h-
--retries|x|-1|''|1.5|3x
--filter|x|''|1|lines,|LEN
--retry-delay|x|-1|''|5q
--halt|x|''|now|now,|now,fail|now,fail=|now,fail=x|later,fail=1|now,fail=1x|never,fail=1|now,fail=101%|soon,done=-1|5%x
--grace|x|-1|''|5q
--termseq|x|''|TERM,|TERM,x|,|TERM,-5,KILL|NOSUCH,5,KILL|TERM,TERM,,
--tagstring any
--results|''|empty|empty/x|folder/no.csv/x.csv
--joblog|missing/x|folder|''|empty/x
--joblog-format|x|''|JSON
--failed|missing/x|folder|''|empty/x
--tmpdir any
--completion|x|''|tcsh
--help|x|''
END
cpool --help=all | sed -n 's/^ *\(-., *\)*\(--[a-z-]*\)\[*=.*/\2/p' >options
[ "$(wc -l <options)" -ge 25 ] || fail "only $(wc -l <options) options with arguments"
while read -r option; do
    grep -Eq "^$option( any|\|)" table || fail "$option is not in the table of this test"
done <options
grep -v ' any$' table >lines
while read -r line; do
    option=${line%%|*} bad=${line#*|}
    while :; do
        argument=${bad%%|*}
        [ "$argument" != "''" ] || argument=
        cpool "$option=$argument" touch ran ::: a >out 2>err
        status=$?
        [ ! -e ran ] || { echo "$option=$argument: a task was run" && rm ran; }
        [ "$status" -eq 125 ] || echo "$option=$argument: status $status"
        [ ! -s out ] || echo "$option=$argument: on standard output: $(cat out)"
        [ "$(wc -l <err)" -eq 1 ] || echo "$option=$argument: $(wc -l <err) lines"
        case $(cat err) in
            "cpool: $option:"* | "cpool: -"?:* | "cpool: $argument: "*) ;;
            *) echo "$option=$argument: does not name it: $(cat err)" ;;
        esac
        case $bad in
            *'|'*) bad=${bad#*|} ;;
            *) break ;;
        esac
    done
done <lines >wrong
[ ! -s wrong ] || fail "$(cat wrong)"
