#! /bin/sh
# A time limit ends all programs, with all that they have started, whichever place that has.
. "${CPOOL_SRCDIR:?}/tests/cli/lib.sh"

make_tree
i=0
for rest in 'sh tree NAME | sleep 1000' 'sleep 1000 | sh tree NAME | cat' 'true | sh tree NAME'; do
    i=$((i + 1))
    # shellcheck disable=SC2046
    expect_status 1 timeout 30 cpool --timeout 1 --grace 0.1 -n1 env X={} $(echo "$rest" | sed "s/NAME/t$i/") ::: 1
    expect_err_match "^cpool: item [0-9]+ '1': timed out after 1 s\$"
    expect_tree_gone "t$i"
done
expect_status 1 timeout 20 cpool -j1 --timeout 0.3 --grace 0.1 sleep '|' sh -c 'trap "" TERM; sleep 1000' ::: 1000
expect_err_match 'timed out after 300 ms$'
