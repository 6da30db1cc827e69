#! /bin/sh
# Options of xargs that cpool does not have are answered, too; those that it has mean the same.
. "${CPOOL_SRCDIR:?}/tests/cli/lib.sh"

while IFS='|' read -r option instead; do
    # shellcheck disable=SC2086
    expect_status 125 cpool $option touch ran ::: a
    expect_out_empty
    expect_err_match "^cpool: .*$instead"
    [ "$(wc -l <err)" -eq 1 ] || fail "$option: more than one line"
done <<'END'
-e|-E
-i|-I
-l|-L
--show-limits|-s
--process-slot-var=X|CPOOL_SLOT
-o|not supported yet
--open-tty|not supported yet
-p|not supported yet
--interactive|not supported yet
END
printf '1\n2\n3\n' >in
for words in -n2 '-n 2' '-L 2' '-P 2 -n 2' '-r -n2' '--max-args=2' '--max-lines=2' '--max-procs=2 -n2' '--no-run-if-empty -n2' \
    '-a in -n2' '--arg-file=in -n2' '-x -n2 -s 100' '--exit -n2' '--delimiter=\n -n2' '-E x -n2'; do
    # shellcheck disable=SC2086
    expect_status 0 cpool $words echo <in
    expect_out '1 2' 3
done
[ ! -e ran ] || fail 'a task was run'
