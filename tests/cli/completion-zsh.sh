#! /bin/sh
# In zsh the completions offer options, their arguments, functions and programs; behind the command what is its
# own, or files.
. "${CPOOL_SRCDIR:?}/tests/cli/lib.sh"

need zsh timeout
need_terminal
mkdir functions place place/sub
expect_status 0 cpool --completion=zsh
mv out functions/_cpool
zsh -n functions/_cpool || fail 'zsh can not read it'
zsh -fc 'zmodload zsh/zpty && autoload -Uz compinit && compinit -D -u' 2>/dev/null || skip 'zsh lacks zpty or compinit'
: >place/file1
: >place/file2

# A zsh with a terminal: TAB completes, and whatever would be added to the matches is written to ./offered as well.
cat >inner <<'END'
fpath=($HERE/functions $fpath)
autoload -Uz compinit && compinit -D -u
zstyle ':completion:*' verbose no
cd $HERE/place
compadd () {
    local -a found
    if [[ ${@[1,(i)(-|--)]} != *-[OAD]\ * ]]; then
        builtin compadd -A found "$@"
        (( $#found == 0 )) || print -rl -- $found >>$HERE/offered
    fi
    builtin compadd "$@"
}
complete-and-tell () { zle complete-word; print -rn -- '<completed>' }
zle -N complete-and-tell
bindkey '^I' complete-and-tell
print -r -- '<ready>'
END
cat >outer <<'END'
zmodload zsh/zpty
zpty -b inner 'TERM=dumb zsh -f -i'
zpty -w inner 'PS1=; . $HERE/inner'
until_seen () {
    local all= part
    while [[ $all != *$1* ]]; do
        zpty -r -t inner part && all+=$part || sleep 0.02
    done
}
until_seen '<ready>'
while IFS= read -r line; do
    : >offered
    zpty -n -w inner $line$'\t'
    until_seen '<completed>'
    LC_ALL=C sort -u offered >"offered behind '$line'"
    zpty -n -w inner $'\C-u'
done
zpty -d inner
END

HERE=$PWD HOME=$PWD
export HERE HOME
timeout 100 zsh -f outer <<'END' || fail 'the terminal for zsh: something is wrong with it'
cpool --ti
cpool -j 
cpool --jobs=
cpool -P 
cpool --max-procs=
cpool --help=
cpool -a f
cpool --wd 
cpool fi
cpool -j 4 fi
cpool -P 4 fi
cpool -X fi
cpool -j 4 sort f
cpool -P 4 sort ::: f
END

# offers LINE: what TAB offers behind it, one a line, in ./out.
offers () {
    expect_status 0 cat "offered behind '$1'"
}
among () {
    for word; do
        grep -qxF -e "$word" out || fail "$(cat "$_work/command"): $word is not offered: $(head out)"
    done
}

offers 'cpool --ti'
expect_out --timeout
for option in '-j ' '--jobs=' '-P ' '--max-procs='; do
    offers "cpool $option"
    expect_out +1 -1 0 100% 50%
done
offers 'cpool --help='
expect_out all
offers 'cpool -a f'
expect_out file1 file2
offers 'cpool --wd '
among sub
for line in 'cpool fi' 'cpool -j 4 fi' 'cpool -P 4 fi' 'cpool -X fi'; do
    offers "$line"
    among fib find
    ! grep -q file1 out || fail "$line: a file is offered for the command: $(cat out)"
done
offers 'cpool -j 4 sort f'
among file1 file2
offers 'cpool -P 4 sort ::: f'
among file1 file2
