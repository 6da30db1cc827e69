#! /bin/sh
# An option that lacks its argument takes the next word for it, be that an option or the command: a note says so.
. "${CPOOL_SRCDIR:?}/tests/cli/lib.sh"

mkdir bin
printf '#!/bin/sh\necho ran "$@"\n' >bin/prog
chmod +x bin/prog
PATH=$PWD/bin:$PATH
expect_status 0 cpool --joblog --resume echo ::: a
expect_err_match "^cpool: warning: --joblog: '--resume' is taken as its argument, FILE, not as an option; write --joblog=\.\.\. "
expect_status 0 cpool -j1 -E -k echo ::: a
expect_err_match "^cpool: warning: -E: '-k' is taken as its argument, STR, not as an option"
expect_status 0 cpool --tagstring --bar echo ::: a
expect_err_match "^cpool: warning: --tagstring: '--bar' is taken as its argument"
expect_status 0 cpool --joblog --retries=2 echo ::: a
expect_err_match "^cpool: warning: --joblog: '--retries=2' is taken as its argument"
for words in --tagstring=--bar -E-k '-j -0' '-I --' '--tagstring --' '--tagstring -' '--tagstring --nonsense'; do
    # shellcheck disable=SC2086
    cpool $words echo ::: a >out 2>err
    ! grep -q 'taken as' err || fail "$words: $(cat err)"
done
# The command is an item then.
expect_status 0 cpool --header prog '{}' x ::: names prog
expect_out 'ran x'
expect_err_match "^cpool: warning: --header: 'prog' is taken as the expression that splits the names, not as the command; ':' "
expect_status 125 cpool --header prog ::: names x
expect_err_match "^cpool: no FUNCTION or COMMAND given: --header has taken 'prog' as the expression"
expect_status 0 cpool --header : prog '{}' ::: names x
expect_err_empty
expect_status 0 cpool --header nosuchprog prog ::: names x
expect_err_empty
