#! /bin/sh
# A program is found by a relative path, and with blanks in its name.
. "${CPOOL_SRCDIR:?}/tests/cli/lib.sh"

mkdir 'my tools'
printf '#!/bin/sh\necho "ran with $1"\n' >'my tools/the tool'
chmod +x 'my tools/the tool'
expect_status 0 cpool './my tools/the tool' ::: a
expect_out 'ran with a'
