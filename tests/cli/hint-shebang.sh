#! /bin/sh
# A list that runs itself: its first line is no item, but a header.
. "${CPOOL_SRCDIR:?}/tests/cli/lib.sh"

env -S true 2>/dev/null || skip 'env has no -S'
expect_status 125 cpool --shebang echo
expect_err_match '^cpool: --shebang: write #!/usr/bin/env -S cpool --header : COMMAND :::: '
printf '%s\n' '#!/usr/bin/env -S cpool --header : echo ::::' a 'b  c' >list
chmod +x list
expect_status 0 ./list
expect_out a 'b  c'
expect_err_empty
