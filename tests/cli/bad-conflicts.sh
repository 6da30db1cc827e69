#! /bin/sh
# Options that make no sense together, or not with that kind of work: one line that names them, and nothing is started or written.
. "${CPOOL_SRCDIR:?}/tests/cli/lib.sh"

printf '%s\n' 'an earlier run' >kept.csv
cp kept.csv log
cp kept.csv failed
conflict () { # MESSAGE ARGUMENT...
    message=$1
    shift
    expect_status 125 cpool --joblog log --failed failed "$@"
    expect_err_match "^cpool: $message"
    [ "$(wc -l <err)" -eq 1 ] || fail "several lines: $(cat err)"
    expect_out_empty
    [ ! -e ran ] || fail "$*: a task was run"
    [ ! -e folder ] || fail "$*: a folder was made"
    for file in kept.csv log failed; do
        [ "$(cat "$file")" = 'an earlier run' ] || fail "$*: $file was written: $(cat "$file")"
    done
}
conflict '-u: .*--tag' -u --tag touch ran ::: a
conflict '-u: .*--json' -u --json touch ran ::: a
conflict '-u: .*--results' -u --results folder touch ran ::: a
conflict '--tag, --tagstring: with --json' --json --tag touch ran ::: a
conflict '--json: with --results FILE' --json --results kept.csv touch ran ::: a
conflict '--tag, --tagstring: with --results' --tag --results kept.csv touch ran ::: a
conflict '--results: nothing is named' --results '' touch ran ::: a
conflict '--results: how many columns' --results kept.csv --as-completed -C , touch ran ::: a
conflict '--color-failed: with -u' -u --color-failed touch ran ::: a
conflict '--chunk: with --interleave' --interleave --chunk 2 touch ran ::: a
for option in -L2 -X -m -s100 '-C,' --csv --header=: --trim=lr -Iz --env=A=b --wd=. -t -u -q --pipe --filter; do
    conflict '[^ ]*-.*: is for a COMMAND, and fib is a function; --command' "$option" fib ::: 1
done
conflict "'\\|': joins programs, and fib is a function" fib '|' cat ::: 1
conflict '-n: fib takes one item at a time' -n 2 fib ::: 1
conflict '-u: with --filter' -u --filter cat ::: a
conflict '--dry-run: with --filter' --dry-run --filter cat ::: a
conflict '-X, -m, -s, -x: are about arguments' -X --filter cat ::: a
conflict '--filter=0, =len: with --pipe' --pipe --filter=0 cat
conflict '--halt: a percentage: with --pipe --filter' --pipe --filter --halt now,fail=10% cat
conflict '--retries: what a command has read' --pipe --filter --retries 2 cat
for option in -X -s100 -x '-C,' --csv --trim=lr -Ex --link --shuf -Iz -n0 '--header=,'; do
    conflict '.*: is about items, and with --pipe there are none' --pipe "$option" touch ran
done
for option in --block=1M --recend=x --recstart=x --regexp; do
    conflict '--block, --recend, --recstart, --regexp: are for --pipe' "$option" touch ran ::: a
done
conflict '--pipe: has one input' --pipe touch ran ::: a
