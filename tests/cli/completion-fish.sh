#! /bin/sh
# In fish the completions offer options, their arguments, functions and programs; behind the command what is its
# own, or files.
. "${CPOOL_SRCDIR:?}/tests/cli/lib.sh"

need fish
expect_status 0 cpool --completion=fish
mv out completion
fish -n completion || fail 'fish can not read it'
mkdir sub home
HOME=$PWD/home XDG_CONFIG_HOME=$PWD/home XDG_DATA_HOME=$PWD/home
export HOME XDG_CONFIG_HOME XDG_DATA_HOME
: >file1
: >file2
# A program with completions of its own.
echo 'complete -c gzip -f -l best-of-all -d own' >own

# offers LINE: what TAB offers behind it, one a line without descriptions, in ./out.
offers () {
    # shellcheck disable=SC2016
    expect_status 0 fish -c 'source own; source completion; complete -C $argv[1]' "$1"
    expect_err_empty
    sed 's/	.*//' out | LC_ALL=C sort -u >offers
    mv offers out
}
among () {
    for word; do
        grep -qxF -e "$word" out || fail "$(cat "$_work/command"): $word is not offered: $(head out)"
    done
}

offers 'cpool --ti'
expect_out --timeout
offers 'cpool --no'
expect_out --no-opts --no-run-if-empty
for option in -j -P --jobs; do
    offers "cpool $option "
    expect_out +1 -1 0 100% 50%
done
offers 'cpool --trim=l'
expect_out --trim=l --trim=lr
offers 'cpool -a fi'
expect_out file1 file2
offers 'cpool --wd '
among sub/
! grep -q file1 out || fail "--wd: a file is offered: $(cat out)"
for options in '' '-j 4' '-P 4' '--max-procs 4' '--jobs=4' -X '--csv -n 3' --; do
    offers "cpool $options fi"
    among fib find
    ! grep -q file1 out || fail "$options: a file is offered for the command: $(cat out)"
done
for options in '' '-j 4' '-P 4' '-X --' '--link -n 3'; do
    offers "cpool $options sort fi"
    among file1 file2
    offers "cpool $options sort ::: fi"
    among file1 file2
    offers "cpool $options gzip --best-"
    among --best-of-all
done
offers 'cpool fib --t'
! grep -q timeout out || fail "an option is offered behind the command: $(cat out)"
