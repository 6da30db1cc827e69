#! /bin/sh
# -X repeats the word that holds {} for each item, -m only the items.
. "${CPOOL_SRCDIR:?}/tests/cli/lib.sh"

expect_status 0 cpool -j1 -X echo 'a{}b' c ::: 1 2 3
expect_out 'a1b a2b a3b c'
expect_status 0 cpool -j1 -m echo 'a{}b' c ::: 1 2 3
expect_out 'a1 2 3b c'
expect_status 0 cpool -j1 --xargs echo 'a{}b' c ::: 1 2 3
expect_out 'a1 2 3b c'
expect_status 0 cpool -j1 -X echo '{.}={/}' '{#}' ::: d/a.c b.c
expect_out 'd/a=a.c b=b.c 1'
expect_status 0 cpool -j1 -X echo ::: 'a b' "it's"
expect_out "a b it's"
expect_status 0 cpool -j1 -X 'echo x{}y "<{}>"' ::: 1 2
expect_out 'x1y x2y <1> <2>'
