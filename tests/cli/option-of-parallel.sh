#! /bin/sh
# Options of GNU parallel that cpool does not have: one line says what to use instead.
. "${CPOOL_SRCDIR:?}/tests/cli/lib.sh"

while IFS='|' read -r option instead; do
    # shellcheck disable=SC2086
    expect_status 125 cpool $option touch ran ::: a
    expect_out_empty
    expect_err_match "^cpool: .*$instead"
    [ "$(wc -l <err)" -eq 1 ] || fail "$option: more than one line"
done <<'END'
--citation|nothing to cite
--will-cite|nothing to cite
--tollef|:::
--bibtex|nothing to cite
--sshlogin host|this machine only
-S host|this machine only
--slf file|this machine only
--onall|this machine only
--transfer|this machine only
--return x|this machine only
--basefile x|this machine only
--rpl x|script
--plus|script
--parens x|script
--profile x|CPOOL_OPTS
-J x|CPOOL_OPTS
--arg-sep x|:::
--arg-file-sep x|::::
--gnu|leave it out
--compress|--tmpdir
--tempdir x|--tmpdir
--number-of-cpus|nproc
--number-of-cores|nproc
--show-limits|-s N
--max-line-length-allowed|ARG_MAX
--shellquote|needless
--shebang|env -S
--skip-first-line|--header
--hex|as they come
--cat|script
--fifo|script
--tee|input
--group-by x|input
--min-version 2020|--version
--process-slot-var x|CPOOL_SLOT
--debug|--dry-run
-D|--dry-run
--record-env|as they are
--bnr x|\{/\}
--dnr x|\{//\}
--er x|\{\.\}
--seqreplace x|\{#\}
-U x|\{\.\}
-B|this machine only
-M|this machine only
END
[ ! -e ran ] || fail 'a task was run'
