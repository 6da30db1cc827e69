#! /bin/sh
# Where nothing sure can be said about the quotes around {} in a script, the script is refused and nothing is run.
. "${CPOOL_SRCDIR:?}/tests/cli/lib.sh"

for script in 'echo "${x#{}}" && touch ran' 'echo $(({} + x)) "$(touch ran' 'touch ran; echo `echo \`echo {}\``' \
    'touch ran; cat <<{}
{}'; do
    cpool sh -c "$script" ::: '$(touch hacked)' >out 2>err
    status=$?
    [ ! -e hacked ] || fail "the item was run: $script"
    [ "$status" -ne 125 ] || expect_err_match "^cpool: .*in the script: "
    [ "$status" -ne 125 ] || [ ! -e ran ] || fail "refused, and run all the same: $script"
done
expect_status 125 cpool echo '|' cat ::: a
expect_err_match 'pipelines are not supported yet'
expect_out_empty
