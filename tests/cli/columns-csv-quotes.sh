#! /bin/sh
# A quote opens only at the start of a field, for who cuts the file into rows and for who cuts the row into fields: no row
# is lost in another one.
. "${CPOOL_SRCDIR:?}/tests/cli/lib.sh"

rows () { # INPUT LINE...
    printf %b "$1" >in
    shift
    expect_status 0 cpool --csv echo '<{1}><{2}>' <in
    expect_out "$@"
    expect_err_empty
}
rows '5" disk,x\nb,y\nc,z\n' '<5" disk><x>' '<b><y>' '<c><z>'
rows 'a, "b\nc,d\n' '<a>< "b>' '<c><d>'
rows '"a" 5" b,x\r\nc,"y"\r\n' '<a 5" b><x>' '<c><y>'
rows '"a""b,\nc",x\nd,"""\n"""\n' '<a"b,' 'c><x>' '<d><"' '">'
printf 'a;b"\n5";x\n' >in
expect_status 0 cpool --csv -C ';' --header : echo '<{a}><{b"}>' <in
expect_out '<5"><x>'
printf '5"|6|' >in
expect_status 0 cpool --csv -d '|' --shuf echo '{1}/{##}' :::: in
sort -o out out
expect_out '5"/2' 6/2
printf '1"\n2\n' >ones
expect_status 0 cpool --csv --link echo '{1}{2}' :::: ones ::: x '"y,z"'
expect_out '1"x' '2y,z'
