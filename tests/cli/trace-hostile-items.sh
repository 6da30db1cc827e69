#! /bin/sh
# Items, commands and output are any bytes; what the formats can't hold is shown in another form.
. "${CPOOL_SRCDIR:?}/tests/cli/lib.sh"
. "$CPOOL_SRCDIR/tests/cli/trace-lib.inc"

printf '%s\0' '<&>"'"'" "$(printf 'a\nb\tc\033[31m\001')" "$(printf '\377\376 \303\050')" "$(printf '\357\277\277')" '' '\u0000' \
    ']]>' '<!--' 'Grüße' >items
for form in svg json; do
    expect_status 0 cpool -0 -a items --trace=run.$form true
done
well_formed run.svg
valid_json run.json
[ "$(drawn run.svg)" -eq 9 ] || fail "$(drawn run.svg) tasks are drawn"
[ "$(events run.json)" -eq 9 ] || fail "$(events run.json) events"
grep -q '<title>&lt;&amp;&gt;&quot;&#39;$' run.svg || fail "$(cat run.svg)"
grep -q '<title>a\\x0ab\\x09c\\x1b\[31m\\x01$' run.svg || fail "$(cat run.svg)"
grep -q '<title>Grüße$' run.svg || fail "$(cat run.svg)"
grep -q '"name":"a\\nb\\tc' run.json || fail "$(cat run.json)"
