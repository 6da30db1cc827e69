#! /bin/sh
# A word that is no program is told what it is instead, and what to write.
. "${CPOOL_SRCDIR:?}/tests/cli/lib.sh"

mkdir bin
printf '#!/bin/sh\n' | tee bin/prog >tool
printf 'echo x\n' >plain
chmod +x bin/prog tool
while IFS='|' read -r word status hint; do
    expect_status "$status" cpool "$word" x ::: a
    expect_out_empty
    grep -Fq "cpool: $word: $hint" err || fail "$word: $(cat err)"
    [ "$(wc -l <err)" -eq 1 ] || fail "$word: more than one line"
done <<'END'
cd|127|not found: it is a built-in of the shell; --wd DIR runs the tasks in a folder
umask|127|not found: it is a built-in of the shell; -c runs the command by sh
export|127|not found: it is a built-in of the shell; -c
if|127|not found: it is a word of the shell's language; -c
for|127|not found: it is a word of the shell's language; -c
source|127|not found: it is a built-in of bash; bash runs it: cpool bash -c
declare|127|not found: it is a built-in of bash
srun -n1|127|not found: it is one word, blanks and all; write its words apart, or -c
sh -x|127|not found: it is one word, blanks and all
LANG=C|127|not found: --env LANG=C gives a variable to the tasks
~/bin/x|127|not found: only a shell takes ~ for the home folder
tool|127|not found on PATH, but in this folder: write ./tool
plain|127|not found on PATH, but in this folder, and not executable: chmod +x plain, and write ./plain
./plain|126|can't be run: Permission denied; chmod +x ./plain, or name what interprets it: sh ./plain
./bin|126|can't be run: it is a folder
bin/nosuch|127|not found: there is no such file
nosuch|127|not found: neither a function (cpool --functions) nor a program on PATH
END
expect_status 127 cpool "$(printf 'true\r')" ::: a
expect_err_match '^cpool: true.x0d: not found: it ends in a CR; .*CR LF'
expect_status 127 cpool cat {} '|' cd x ::: a
expect_err_match '^cpool: cd: not found: it is a built-in'
# What the hints say works.
expect_status 0 cpool ./tool ::: a
expect_status 0 cpool sh ./plain ::: a
expect_status 0 cpool -c cd ::: bin
