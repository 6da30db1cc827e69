#! /bin/sh
# With two jobs: now ends what runs, soon lets it finish, and neither begins anything more.
. "${CPOOL_SRCDIR:?}/tests/cli/lib.sh"

both='case $1 in
    a) : >begun; until [ -e over ]; do sleep 0.01; done; echo a finished ;;
    b) until [ -e begun ]; do sleep 0.01; done; echo b; [ "$2" = now ] || : >over; exit 5 ;;
    *) : >third ;;
    esac'
expect_status 5 timeout 20 cpool -j2 --halt now,fail=1 --grace 0.1 sh -c "$both" _ '{}' now ::: a b c d
expect_out b
rm begun
expect_status 5 timeout 20 cpool -j2 --halt soon,fail=1 sh -c "$both" _ '{}' soon ::: a b c d
expect_out 'a finished' b
[ ! -e third ] || fail 'another task was begun'
