#! /bin/sh
# One rule for all programs of a pipeline.
. "${CPOOL_SRCDIR:?}/tests/cli/lib.sh"

need timeout
hostile='a;touch PWNED'
expect_status 0 cpool timeout 60 sh -c 'echo {}' '|' env sh -c 'cat; echo {}' '|' cat ::: "$hostile"
expect_out "$hostile" "$hostile"
expect_status 125 cpool cat /dev/null '|' ssh host 'touch ran; echo {}' ::: "$hostile"
expect_status 125 cpool cat /dev/null '|' unknown sh -c 'touch ran; echo {}' ::: "$hostile"
expect_status 125 cpool cat /dev/null '|' fish -c 'touch ran; echo {}' ::: "$hostile"
[ ! -e ran ] || fail 'it was run'
[ ! -e PWNED ] || fail 'an item was run'
