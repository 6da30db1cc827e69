#! /bin/sh
# A name that the header does not have is refused, before a file is moved to where nobody looks for it.
. "${CPOOL_SRCDIR:?}/tests/cli/lib.sh"

printf 'name,dept\nx,y\n' >p.csv
for word in 'dir/{detp}' '{Name}' '{dept_}' '{nmae.}' '{folder//}' 'x{base/}y' '{stem/.}' '{größe}' '{user-id}'; do
    expect_status 125 cpool --csv --header : -a p.csv touch ran '{name}' "$word"
    expect_out_empty
    expect_err_match "^cpool: '\{.*\}': no column has that name; the header has: name, dept; .* -I STR"
    [ "$(wc -l <err)" -eq 1 ] || fail "$word: more than one line"
done
# Wherever names stand for columns; and in a script.
expect_status 125 cpool --csv --header : -a p.csv --env 'V={detp}' touch ran
expect_status 125 cpool --csv --header : -a p.csv --wd '{detp}' touch ran
expect_status 125 cpool --csv --header : -a p.csv --tagstring '{detp}' touch ran
expect_status 125 cpool --csv --header : -a p.csv 'touch ran; echo {name} {detp}'
expect_status 125 cpool --header : touch ran '{n}' '{m}' ::: n 1
[ ! -e ran ] || fail 'a task was run'

# What is no identifier is text, as ever, and so is what belongs to the shell; with -I all braces are.
expect_status 0 cpool --csv --header : -a p.csv echo '{name}' '{ dept }' '{a,b}' '{print $1}' 'x${detp}' '{1..3}' '{"a":1}'
expect_out 'x { dept } {a,b} {print $1} x${detp} {1..3} {"a":1}'
expect_err_empty
expect_status 0 cpool --csv --header : -a p.csv -I % echo % '{detp}'
expect_out 'x y {detp}'
# A long header is not told whole.
{ seq -s , 100 && seq -s , 100; } | sed 's/[0-9][0-9]*/column&/g' | expect_status 125 cpool --csv --header : touch ran '{x}'
expect_err_match 'the header has: column1, column2, .*, \.\.\.; '
# The names of another sort of column.
expect_status 125 cpool --header ';' touch ran '{b}' ::: 'a;b' 1
[ ! -e ran ] || fail 'a task was run'
