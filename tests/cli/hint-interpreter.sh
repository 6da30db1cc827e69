#! /bin/sh
# A script whose interpreter is not there is there itself: the message says what is not.
. "${CPOOL_SRCDIR:?}/tests/cli/lib.sh"

printf '#!/nosuch/interpreter -x\necho\n' >missing
printf '#! /bin/sh\r\necho x\r\n' >crlf
printf '#!%s/plain\n' "$PWD" >closed
printf "x" >plain
chmod +x missing crlf closed
expect_status 2 cpool ./missing ::: a b
expect_err_match "^cpool: 'a': ./missing: No such file or directory; its first line asks for '/nosuch/interpreter'"
expect_status 1 cpool ./crlf ::: a
expect_err_match "^cpool: 'a': ./crlf: No such file or directory; its first line asks for '/bin/sh' and a CR: its lines end in CR LF, .*sed -i"
expect_status 1 cpool ./closed ::: a
expect_err_match "^cpool: 'a': ./closed: Permission denied; its first line asks for '.*/plain'"
# Where the item names it, from another folder, on PATH, and as a filter.
expect_status 1 cpool ./{} ::: missing
expect_err_match "^cpool: 'missing': ./missing: No such file or directory; its first line asks for"
mkdir d
mv missing d
expect_status 1 cpool --wd d ./missing ::: a
expect_err_match "^cpool: 'a': ./missing: No such file or directory; its first line asks for"
PATH=$PWD/d:$PATH expect_status 1 cpool missing ::: a
expect_err_match "^cpool: 'a': missing: No such file or directory; its first line asks for"
expect_status 125 cpool --filter d/missing ::: a
expect_err_match "^cpool: d/missing: the filter can't be started: No such file or directory; its first line asks for"
# It is no reason where the file itself is not there.
expect_status 1 cpool ./{} ::: nowhere
expect_err_match "^cpool: 'nowhere': ./nowhere: No such file or directory"
# What the hint says mends it.
sed -i 's/\r$//' crlf
expect_status 0 cpool ./crlf ::: a
expect_out x
