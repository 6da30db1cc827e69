#! /bin/sh
# A command that takes too long is ended and has failed; what it wrote is there, the others are not disturbed.
. "${CPOOL_SRCDIR:?}/tests/cli/lib.sh"

expect_status 2 timeout 20 cpool -j2 --timeout 1.2 --grace 0.1 sh -c 'echo "$1"; case $1 in
    deaf) trap "" TERM; while :; do sleep 1000; done ;;
    slow) exec sleep 1000 ;;
    esac' _ ::: a slow b deaf c
expect_out a slow b deaf c
expect_err_match "^cpool: item [0-9] 'deaf': timed out after 1.2 s\$"
expect_err_match "^cpool: 2 of 5 tasks failed\$"
expect_err_match "^cpool: item 2 'slow': timed out after 1.2 s\$"
