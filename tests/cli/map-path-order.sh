#! /bin/sh
# PATH is searched in order; what is not executable is passed over; an empty part is the current folder.
. "${CPOOL_SRCDIR:?}/tests/cli/lib.sh"

mkdir one two
echo 'not a program' >one/tool
printf '#!/bin/sh\necho two\n' >two/tool
printf '#!/bin/sh\necho here\n' >here-tool
chmod +x two/tool here-tool
PATH=$PWD/one:$PWD/two:$PATH:
expect_status 0 cpool tool ::: a
expect_out two
expect_status 0 cpool here-tool ::: a
expect_out here
