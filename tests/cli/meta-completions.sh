#! /bin/sh
# The files in completions are what cpool --completion prints.
. "${CPOOL_SRCDIR:?}/tests/cli/lib.sh"

for pair in bash:cpool.bash zsh:_cpool fish:cpool.fish; do
    file=completions/${pair#*:}
    expect_status 0 cpool --completion="${pair%:*}"
    expect_err_empty
    cmp -s out "$CPOOL_SRCDIR/$file" ||
        fail "$file differs; write it anew: src/cpool --completion=${pair%:*} >$file $(diff out "$CPOOL_SRCDIR/$file")"
done
