#! /bin/sh
# An item never becomes part of a script: what would paste it in is refused for now, with the way to write
# it.
. "${CPOOL_SRCDIR:?}/tests/cli/lib.sh"

expect_status 125 cpool sh -c 'echo {}' ::: '$(touch hacked)'
expect_err_match 'not supported yet.*"\$1"'
expect_status 125 cpool 'echo {} && touch ran' ::: a
expect_err_match 'not supported yet.*sh -c'
expect_status 125 cpool echo '|' cat ::: a
expect_err_match 'pipelines are not supported yet'
expect_out_empty
for file in hacked ran; do
    [ ! -e "$file" ] || fail 'it was run all the same'
done
