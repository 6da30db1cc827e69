#! /bin/sh
# In bash the completions offer options, their arguments, functions and programs; behind the command what is its
# own, or files. An option that takes an argument is known by each of its names, so the command is found behind it.
. "${CPOOL_SRCDIR:?}/tests/cli/lib.sh"

need bash
bash -c 'type mapfile' >/dev/null 2>&1 || skip 'an old bash'
[ -e /dev/fd/0 ] || skip 'the completions read from <(), and there is no /dev/fd'
expect_status 0 cpool --completion=bash
mv out completion
bash -n completion || fail 'bash can not read it'
mkdir sub 'a folder'
: >'file one'
: >file2

# offers WORD...: what TAB offers for the last of the words, one a line, in ./out.
cat >ask <<'END'
source ./completion
[[ -z ${STUB-} ]] || _command_offset () { COMPREPLY=("offset $1"); }
COMP_WORDS=("$@") COMP_CWORD=$(($# - 1))
_cpool || true
[[ ${#COMPREPLY[@]} -eq 0 ]] || printf '%s\n' "${COMPREPLY[@]}" | LC_ALL=C sort -u
END
offers () {
    expect_status 0 env STUB="${stub-}" bash --norc ask cpool "$@"
    expect_err_empty
}
among () {
    for word; do
        grep -qxF -e "$word" out || fail "$(cat "$_work/command"): $word is not offered: $(head out)"
    done
}

offers --ti
expect_out --timeout
offers --max-
expect_out --max-args --max-chars --max-lines --max-replace-args
offers --rec
expect_out --recend --recstart
offers -
among -X -m -j --jobs --csv --completion

# arguments
for option in -j --jobs -P --max-procs; do
    offers "$option" ''
    expect_out +1 -1 0 100% 50%
done
offers -X -n 3 --trim l
expect_out l lr
offers --completion ''
expect_out bash fish zsh
offers -a f
expect_out 'file one' file2
offers --wd ''
expect_out 'a folder' sub
offers -n ''
expect_out_empty
# --name=value, as readline cuts it: three words, or two with nothing behind the =.
offers --trim =
expect_out l lr n r
offers --trim = l
expect_out l lr
offers --arg-file = f
expect_out 'file one' file2
offers --help =
expect_out all

# functions and programs
offers "fi"
among fib find
offers -- "fi"
among fib find
for options in '-j 4' '-P 4' --max-procs\ 4 '--jobs = 4' -X '-a file2 -X' --csv '--pipe --block 4K' \
    '--blocksize = 1M --recend x'; do
    # shellcheck disable=SC2086
    offers $options "fi"
    among fib find
    ! grep -q file2 out || fail "$options: a file is offered for the command: $(cat out)"
done

# behind the command
for options in '' '-j 4' '-P 4' '--jobs = 4' '-X --' '--link -n 3'; do
    # shellcheck disable=SC2086
    offers $options gzip f
    expect_out 'file one' file2
    # shellcheck disable=SC2086
    offers $options gzip ::: f
    expect_out 'file one' file2
done
stub=1
offers -P 4 gzip -
expect_out 'offset 3'
offers --jobs = 4 -X gzip -9 ::: f
expect_out 'offset 5'
