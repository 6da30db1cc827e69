#! /bin/sh
# What only a shell would have read, or GNU parallel replaced, is handed over as it is, and a note says so once; -q is silent.
. "${CPOOL_SRCDIR:?}/tests/cli/lib.sh"

export KNOWN=x
while IFS='|' read -r word why; do
    expect_status 0 cpool echo "$word" end ::: a
    expect_out "$word end a"
    grep -Fq "cpool: warning: '$word' is handed to echo as an argument$why" err || fail "$word: $(cat err)"
    grep -Fq -e '-q is silent' err || fail "$word: $(cat err)"
    [ "$(wc -l <err)" -eq 1 ] || fail "$word: more than one line"
    expect_status 0 cpool -q echo "$word" end ::: a
    expect_err_empty
done <<'END'
x;|, since no shell is used; -c uses one
x&|, since no shell is used; -c uses one
$VAR|, since no shell is used; -c uses one
${VAR}|, since no shell is used; -c uses one
x/$KNOWN/y|, since no shell is used; -c uses one
$(date)|, since no shell is used; -c uses one
`date`|, since no shell is used; -c uses one
"$VAR"|, since no shell is used; -c uses one
~/x|, since no shell is used; -c uses one
>x|, since no shell is used; -c uses one
2>/dev/null|, since no shell is used; -c uses one
<x|, since no shell is used; -c uses one
2>>|, since no shell is used; -c uses one
::|; items stand behind ::: and a blank
:::b|; items stand behind ::: and a blank
::::b|; items stand behind ::: and a blank
{..}|; what only --plus knows
{...}|; what only --plus knows
{/..}|; what only --plus knows
{+/}|; what only --plus knows
{1..}|; what only --plus knows
{0#}|; what only --plus knows
{%.gz}|; what only --plus knows
{:-x}|; what only --plus knows
{:2}|; what only --plus knows
{/a/b}|; what only --plus knows
{= s/x/y/ =}|; Perl between {= and =}
END
# A line of the table cannot hold these.
expect_status 0 cpool echo '{};' exit '{}' ::: 0
expect_err_match "^cpool: warning: '\{\};' is handed to echo"
expect_out '0; exit 0'
expect_status 0 cpool echo '"{}"' ::: a
expect_err_match "^cpool: warning: '\"\{\}\"' is handed to echo"
expect_out '"a"'
expect_status 0 cpool echo "'{.}'" ::: a
expect_err_match "^cpool: warning: ''\{\.\}'' is handed to echo"
expect_status 0 cpool cat {} '|' tr a '$KNOWN' ::: /dev/null
expect_err_match "^cpool: warning: '\\\$KNOWN' is handed to tr"
expect_status 0 cpool echo ::: a :::b
expect_out a :::b
expect_err_match "^cpool: warning: ':::b' is an item; a separator has a blank behind it"
