#! /bin/sh
# A limit of what this machine does not tell is refused, before anything is run.
. "${CPOOL_SRCDIR:?}/tests/cli/lib.sh"

[ "$(id -u)" -eq 0 ] || skip 'only root can mount'
need unshare mount
sanitized && skip 'the sanitizers read /proc'
unshare -m sh -c 'mount -t tmpfs none /proc' 2>/dev/null || skip 'nothing can be mounted here'
for option in --load=5 --memfree=1 --memsuspend=1 --pressure; do
    # shellcheck disable=SC2016
    expect_status 125 unshare -m sh -c 'mount -t tmpfs none /proc; mount -t tmpfs none /sys; exec "$@"' _ \
        cpool "$option" touch ran ::: a
    expect_err_match "^cpool: ${option%%=*}: .* can't be known here: No such file or directory\$"
done
[ ! -e ran ] || fail 'a task was run'
