# shellcheck shell=sh
# lib.sh: what every black-box test starts with:
#
#     . "${CPOOL_SRCDIR:?}/tests/cli/lib.sh"
#
# The test then stands in an empty folder of its own, `cpool` is the program under test, standard input is
# /dev/null, and when the test ends nothing that it started may be alive and nothing may be left in TMPDIR.
#
#     expect_status N COMMAND...   run it; stdout goes to ./out, stderr to ./err; fail unless it ends with N
#     expect_out LINE...           ./out is exactly these lines
#     expect_out_file FILE         ./out is exactly FILE
#     expect_out_empty             nothing on stdout
#     expect_err_match REGEX       a line of ./err matches (grep -E)
#     expect_err_empty             nothing on stderr
#     start COMMAND...             run it in the background, output as above; its pid is $started. (With
#                                  `COMMAND &` a signal can reach the shell's fork before it is COMMAND)
#     expect_end N                 wait for what `start` started; fail unless it ends with N
#     wait_for COMMAND...          until it is true; fail after 60 s. Instead of a sleep that hopes
#     expect_end_soon N            the same, but fail if that takes 60 s
#     alive PID, gone PID          is it there, and not a zombie?
#     state PID                    its state as /proc tells it: R, S, T (stopped) ...
#     linux_extras                 is this a build with what only Linux has?
#     make_gate, open_gate N       a FIFO ./gate, at which tasks wait by `read -r _ <gate`; let N of them go. (A task that looked for
#                                  a file again and again would take the processor from the others.)
#     make_tree                    write ./tree: `sh tree NAME` starts a child and a double-forked daemon that left its
#                                  session, all deaf to TERM, each with its pid in NAME.main, NAME.child, NAME.daemon;
#                                  when all are there, NAME.ready. With `once` behind NAME the task ends then
#     expect_tree_gone NAME        none of them is there any more
#     thorough                     is this `make stress`, and the test to be run in its long form?
#     sanitized                    is this a build with sanitizers? (those take terabytes of address space)
#     need PROGRAM...              skip the test unless all are installed
#     need_proc                    skip it where there is no /proc: state, and all that looks at a process
#     need_subreaper               skip it where a process that has left its task's session is not found
#     need_terminal                skip it where no terminal can be had; then `"$terminal" COMMAND...` runs one on a terminal
#     skip WHY, fail WHY           end the test here
#
# N is the exit status, or 128 + the signal.

set -u
: "${CPOOL:?}" "${CPOOL_BUILDDIR:?}"
exec </dev/null

# ---- reports ----------------------------------------------------------------------------------------------

# A call in a pipeline runs in a subshell, which can't end the test by itself: it leaves a mark, too.
fail () {
    printf '%s:%s: %s\n' "$0" "${_line:-?}" "$*" >&2
    : >"$_work/failed"
    exit 1
}

skip () {
    echo "skipped: $*" >&2
    exit 77
}

need () {
    for _program; do
        command -v "$_program" >/dev/null || skip "$_program is not installed"
        case $_program in
            pgrep | ps) need_proc ;;
        esac
    done
}

need_proc () {
    [ -e /proc/self/stat ] || skip 'there is no /proc'
}

need_subreaper () {
    linux_extras || skip 'only a subreaper finds what has left the session of the task'
    need_proc
}

# A plain chroot has no /dev/pts.
need_terminal () {
    terminal=$CPOOL_BUILDDIR/tests/tools/terminal
    "$terminal" true >/dev/null 2>&1 || skip 'no terminal can be had here: is there no /dev/pts?'
}

# One file of a report, indented, not all of it if it is long.
_show () {
    printf '  %s:\n' "$1" >&2
    head -n 30 "$2" | cut -c 1-300 | sed 's/^/    | /' >&2
}

# ---- running ----------------------------------------------------------------------------------------------

_check_status () { # WANTED GOT
    [ ! -e "$_work/failed" ] || exit 1
    [ "$2" -ne "$1" ] || return 0
    _show stdout out
    _show stderr err
    fail "$(cat "$_work/command"): ended with $2, expected $1"
}

expect_status () {
    _expected=$1
    shift
    echo "$*" >"$_work/command"
    "$@" >out 2>err
    _check_status "$_expected" $?
}

# A shell has its background commands ignore SIGINT and SIGQUIT; env gives them back, and then *is* the command.
# It also gives them /dev/null for standard input, but descriptor 3 keeps what ours is: `start cpool ... <file`.
start () {
    echo "$*" >"$_work/command"
    { env --default-signal=INT,QUIT "$@" <&3 3<&- >out 2>err & } 3<&0
    started=$!
    # Until env has done so, a signal sent to the new process would be lost.
    until _takes_signals; do
        sleep 0.01
    done
}

_takes_signals () {
    _ignored=$(sed -n 's/^SigIgn:.*\(.\)$/\1/p' "/proc/$started/status" 2>/dev/null)
    case $_ignored in
        [2-7a-f]) return 1 ;; # bit 1 is SIGINT, bit 2 is SIGQUIT
    esac
}

expect_end () {
    # stderr: some shells announce there which signal it was.
    wait "$started" 2>/dev/null
    _check_status "$1" $?
}

expect_end_soon () {
    wait_for gone "$started"
    expect_end "$1"
}

wait_for () {
    _deadline=$(($(date +%s) + 60))
    until "$@"; do
        [ "$(date +%s)" -lt "$_deadline" ] || fail "waited 60 s in vain for: $*"
        sleep 0.05
    done
}

alive () {
    kill -0 "$1" 2>/dev/null || return 1
    [ -e /proc/self/stat ] || return 0
    case $(sed 's/.*) //; s/ .*//' "/proc/$1/stat" 2>/dev/null) in
        '' | Z | X) return 1 ;;
    esac
}

gone () {
    ! alive "$1"
}

state () {
    sed 's/.*) //; s/ .*//' "/proc/$1/stat" 2>/dev/null
}

linux_extras () {
    grep -q '^#define CPOOL_LINUX_EXTRAS' "$CPOOL_BUILDDIR/config.h"
}

thorough () {
    [ "${CPOOL_STRESS-}" = long ]
}

sanitized () {
    grep -q '^#define SANITIZERS' "$CPOOL_BUILDDIR/config.h"
}

make_gate () {
    mkfifo gate
    exec 8<>gate # never at its end
}

open_gate () {
    yes '' | head -n "$1" >&8
}

make_tree () {
    need_subreaper
    need setsid
    cat >tree <<'END'
trap '' TERM
echo $$ >"$1.main"
sh -c 'trap "" TERM; echo $$ >"$0.child"; exec sleep 1000' "$1" &
(setsid sh -c 'trap "" TERM; echo $$ >"$0.daemon"; exec sleep 1000' "$1" &)
until [ -s "$1.child" ] && [ -s "$1.daemon" ]; do sleep 0.01; done
: >"$1.ready"
[ "${2-}" = once ] || exec sleep 1000
END
}

expect_tree_gone () {
    for _process in main child daemon; do
        gone "$(cat "$1.$_process")" || fail "the $_process of task $1 is still there"
    done
}

# ---- what came out ----------------------------------------------------------------------------------------

expect_out_file () {
    cmp -s "$1" out && return
    _show expected "$1"
    _show stdout out
    _show stderr err
    fail "$(cat "$_work/command"): wrong standard output"
}

expect_out () {
    printf '%s\n' "$@" >"$_work/expected"
    expect_out_file "$_work/expected"
}

expect_out_empty () {
    expect_out_file /dev/null
}

expect_err_match () {
    grep -Eq -e "$1" err && return
    _show stderr err
    fail "$(cat "$_work/command"): no line on standard error matches: $1"
}

expect_err_empty () {
    [ -s err ] || return 0
    _show stderr err
    fail "$(cat "$_work/command"): standard error should be empty"
}

# An alias knows the line that it stands on, a function in a sourced file does not. (A prefixed assignment
# instead of an argument, because the alias must also do in a pipeline, an if or an until. Debian's dash has
# no LINENO; make check runs the tests with the shell that configure found, which has.)
# shellcheck disable=SC3044
if [ -n "${BASH_VERSION-}" ]; then
    shopt -s expand_aliases
fi
for _name in fail expect_status expect_out expect_out_file expect_out_empty expect_err_match expect_err_empty \
    start expect_end expect_end_soon expect_tree_gone wait_for; do
    # shellcheck disable=SC2139
    alias "$_name=_line=\${LINENO-} $_name"
done

# ---- the place, and leaving it ----------------------------------------------------------------------------

# All that this test starts inherits the mark, however far it forks and whichever session it is in.
CPOOL_TEST_ID=$$-$(date +%s)-${0##*/}
export CPOOL_TEST_ID

# The processes that carry the mark. This shell does not, its environment being the one it was started with;
# grep and sed must not.
_stragglers () {
    (
        unset CPOOL_TEST_ID
        grep -lsF "CPOOL_TEST_ID=$1" /proc/[0-9]*/environ | sed 's,/proc/\([0-9]*\)/.*,\1,'
    )
}

_leave () {
    _status=$?
    # A child of this shell that is signalled before it could exec comes here, too.
    read -r _self _rest 2>/dev/null </proc/self/stat || _self=$$
    [ "$_self" = $$ ] || exit "$_status"
    trap - EXIT
    trap '' HUP INT TERM
    [ ! -e "$_work/failed" ] || _status=1

    if [ -e /proc/self/environ ]; then
        _deadline=$(($(date +%s) + 10))
        while _left=$(_stragglers "$CPOOL_TEST_ID") && [ -n "$_left" ]; do
            if [ "$(date +%s)" -ge "$_deadline" ]; then
                echo "$0: still alive after the test's end (killed now):" >&2
                for _pid in $_left; do
                    printf '  %s %s\n' "$_pid" "$(tr '\0' ' ' 2>/dev/null <"/proc/$_pid/cmdline")" >&2
                    kill -KILL "$_pid" 2>/dev/null
                done
                _status=1
                break
            fi
            sleep 0.05
        done
    fi

    _left=$(ls -A "$TMPDIR")
    if [ -n "$_left" ]; then
        printf '%s: left in TMPDIR:\n%s\n' "$0" "$_left" >&2
        _status=1
    fi

    cd / && rm -rf "$_work"
    exit "$_status"
}

_work=$(mktemp -d "${TMPDIR:-/tmp}/cpool-test.XXXXXX") || exit 1
# Physical, so that a task's pwd prints the same.
_work=$(cd "$_work" && pwd -P)
trap _leave EXIT
trap 'exit 129' HUP
trap 'exit 130' INT
trap 'exit 143' TERM

mkdir "$_work/tmp" "$_work/here"
TMPDIR=$_work/tmp
export TMPDIR
cd "$_work/here" || exit 1

# Through PATH rather than a function: it is then found by env and by scripts inside tasks as well, and after
# `cpool ... &`, $! is cpool and not a shell around it.
PATH=${CPOOL%/*}:$PATH
