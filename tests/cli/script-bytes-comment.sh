#! /bin/sh
# The same behind a comment; in one, a replacement string stays as it is.
. "${CPOOL_SRCDIR:?}/tests/cli/lib.sh"
. "$CPOOL_SRCDIR/tests/cli/script-lib.inc"

try_script '# it'\''s "{} $(
printf "%s\0" {} # {}`'
expect_status 0 cpool --dry-run '# {}
echo {} #{}' ::: 'a b'
expect_out "sh -c '# {}
echo \"\${1}\" #{}' sh 'a b'"
