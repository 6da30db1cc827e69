#! /bin/sh
# A short form means what people take it for: --retry is --retries, and never tunes something else. What is another tool's word, or
# will be a word of cpool's, is no short form of an option that is there.
. "${CPOOL_SRCDIR:?}/tests/cli/lib.sh"

expect_status 1 cpool --retry 3 sh -c 'echo x >>tries; exit 1' ::: a
[ "$(wc -l <tries)" -eq 3 ] || fail "--retry 3 has tried $(wc -l <tries) times"
expect_status 1 cpool --retry=2 false ::: a
expect_err_match 'at the last of 2 tries'

while IFS='|' read -r words wanted; do
    # shellcheck disable=SC2086
    expect_status 125 cpool $words touch ran ::: a
    expect_out_empty
    expect_err_match "^cpool: ${words%% *}: $wanted"
    [ "$(wc -l <err)" -eq 1 ] || fail "$words: more than one line"
done <<'END'
--color|not supported yet
--colour|not supported yet
--colo|more than one option begins so: --color-failed, --color
--int|more than one option begins so: --interleave, --interactive
--fil|more than one option begins so: --filter, --files
--se 1|more than one option begins so: --seed, --semaphore
--tm x|more than one option begins so: --tmpdir, --tmux
--w x|more than one option begins so: --wd, --wait
--re 3|more than one option begins so: --re[a-z-]*, --re
--col ,|more than one option begins so: --col[a-z-]*, --col
--max 3|more than one option begins so: --max-[a-z-]*, --max-
END
[ ! -e ran ] || fail 'a task was run'

# The beginnings of all options, made from the table: each is refused, or stands for an option that begins so, or for that of an alias.
cpool --help=all | sed -n 's/^ *\(-., *\)*--\([a-z-]*\).*/\2/p' >names
[ "$(wc -l <names)" -ge 60 ] || fail "only $(wc -l <names) options"
while read -r short option; do
    grep -qx -e "$option" names || fail "--$option is none"
    cpool "--$short=1" >as_short 2>&1
    cpool "--$option=1" >as_option 2>&1
    sed "s/--$short=1/--$option=1/" as_short | cmp -s - as_option || fail "--$short is not --$option: $(cat as_short)"
done <<'END'
time timeout
term termseq
dry dry-run
delim delimiter
head header
line line-buffer
keep keep-order
sum summary
verb verbose
tag-s tagstring
resume-f resume-failed
result results
retry retries
halt-on halt
load load
END
