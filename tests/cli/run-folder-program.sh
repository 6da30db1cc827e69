#! /bin/sh
# A program with a relative path is the one in the folder of --wd; a PATH with relative folders is meant from here.
. "${CPOOL_SRCDIR:?}/tests/cli/lib.sh"

mkdir -p d bin
printf '#! /bin/sh\necho there $1\n' >d/program
printf '#! /bin/sh\necho on PATH $1\n' >bin/onpath
chmod +x d/program bin/onpath
expect_status 0 cpool --wd d ./program ::: a
expect_out 'there a'
PATH=bin:$PATH
expect_status 0 cpool --wd d onpath ::: a
expect_out 'on PATH a'
expect_status 0 cpool --wd '{1}' ./program '{2}' ::: d ::: a
expect_out 'there a'
