#! /bin/sh
# With -I only STR is replaced, as in xargs, and all braces are text; what one may have wanted to be replaced is told once.
. "${CPOOL_SRCDIR:?}/tests/cli/lib.sh"

for item in @ '{}' '{x}'; do
    expect_status 0 cpool -j1 -I "$item" echo "$item" '{2}' '{.}' '{1/.}' '{#}' '{%}' '{##}' ::: a.c b
    expect_out 'a.c {2} {.} {1/.} {#} {%} {##}' 'b {2} {.} {1/.} {#} {%} {##}'
    expect_err_match "^cpool: warning: '\{\.\}' stays as it is: with -I only '.*' is replaced, -q is silent about it"
    [ "$(wc -l <err)" -eq 1 ] || fail 'more than once'
done
expect_status 0 cpool -q -I % echo % '{.}' ::: a
expect_err_empty
# Those that people want as text.
expect_status 0 cpool -I % echo % '{}' '{2}' '{print}' '${#}' ::: a
expect_err_empty
expect_out 'a {} {2} {print} ${#}'
# In a script, a variable, a folder and a tag as well.
mkdir '{#}'
expect_status 0 cpool -I , --env 'V={.}' --wd '{#}' --tagstring '{%}' 'echo , "$V" "${PWD##*/}"' ::: a.c
expect_out '{%}	a.c {.} {#}'
expect_status 0 cpool -I % --tag echo % '{}' ::: a
expect_out 'a	a {}'
printf 'name\nx\n' | expect_status 0 cpool --header : -I % echo % '{name}'
expect_out 'x {name}'
expect_err_match "^cpool: warning: '\{name\}' stays as it is"
