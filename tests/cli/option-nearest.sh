#! /bin/sh
# A misspelt option names the nearest one, one or two letters away; one far away does not.
. "${CPOOL_SRCDIR:?}/tests/cli/lib.sh"

while read -r wrong right; do
    expect_status 125 cpool "$wrong" touch ran ::: a
    expect_out_empty
    expect_err_match "^cpool: $wrong: no such option; did you mean $right\?"
    [ "$(wc -l <err)" -eq 1 ] || fail "$wrong: more than one line"
done <<'END'
--jbs --jobs
--colspe --colsep
--heder --header
--shuff --shuf
--retires --retries
--timeuot --timeout
--arg-fiel --arg-file
--verbsoe --verbose
--nulll --null
--trimm --trim
--envv --env
--haltt --halt
END
expect_status 125 cpool --entirely-else touch ran ::: a
expect_err_match '^cpool: --entirely-else: no such option; see cpool --help'
[ ! -e ran ] || fail 'a task was run'
