#! /bin/sh
# --header : names the columns by the first line, with each part and with the numbers beside.
. "${CPOOL_SRCDIR:?}/tests/cli/lib.sh"

printf 'name,file\nx,d/a.c\ny,b.h\n' >in
expect_status 0 cpool --header : -C , echo '{file}={name}={2}' <in
expect_out 'd/a.c=x=d/a.c' 'b.h=y=b.h'
expect_status 0 cpool --header : -C , echo '{file.}|{file/}|{file//}|{file/.}' <in
expect_out 'd/a|a.c|d|a' 'b|b.h|.|b'
expect_status 0 cpool --header : --csv echo '{file} ${nofile} {no file}' <in
expect_out 'd/a.c ${nofile} {no file}' 'b.h ${nofile} {no file}'
