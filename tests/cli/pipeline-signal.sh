#! /bin/sh
# INT, TERM and kill -9 leave no program of a pipeline, whichever place it has, nor what it has started.
. "${CPOOL_SRCDIR:?}/tests/cli/lib.sh"

make_tree
i=0
for status in 130 143 137; do
    signal=$((status - 128))
    for rest in 'sh tree NAME | sleep 1000' 'sleep 1000 | sh tree NAME | cat' 'true | sh tree NAME'; do
        i=$((i + 1))
        # shellcheck disable=SC2046
        start cpool --grace 0.1 env X={} $(echo "$rest" | sed "s/NAME/t$i/") ::: 1
        wait_for test -e "t$i.ready"
        kill -"$signal" "$started"
        expect_end_soon "$status"
        for process in main child daemon; do
            wait_for gone "$(cat "t$i.$process")"
        done
    done
done
