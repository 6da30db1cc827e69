#! /bin/sh
# {2} where there can be no second column is refused: it is a regular expression, or a mistake, and would be nothing.
. "${CPOOL_SRCDIR:?}/tests/cli/lib.sh"

mkdir data
echo aa >f
seq 4 >list
printf 'n\na\n' >names
while IFS='|' read -r words; do
    # shellcheck disable=SC2086
    expect_status 125 cpool $words <list
    expect_out_empty
    expect_err_match "^cpool: '\{.*\}': stands for a column, and here there (is|are) [0-9] at most; braces are text with -I STR"
    [ "$(wc -l <err)" -eq 1 ] || fail "$words: more than one line"
done <<'END'
grep -E a{2} ::: f
rm -rf data/{2} ::: a
rm -rf data/{-2} ::: a
rm -rf data/{2/.} :::: list
rm -rf data/{3} ::: a ::: b
rm -rf data/{3} ::: a :::+ b
--link rm -rf data/{3} ::: a ::: b
-n2 rm -rf data/{3}
-N2 rm -rf data/{-3}
-L2 rm -rf data/{3}
-n2 rm -rf data/{5} ::: a ::: b
-n0 rm -rf data/{2}
--env X={2} true
--wd {2} true
--tagstring {2} true
--tagstring {2} square
--header : rm -rf data/{2} :::: names
--header ; rm -rf data/{2} :::: names
true {2} | rm -rf data/{1}
END
expect_status 125 cpool 'rm -rf "data/{2}"' ::: a
expect_status 125 cpool -c rm -rf 'data/{2}' ::: a
[ -d data ] || fail 'it was removed'

# Where it may be there, it is: a row that has it not leaves it out.
while IFS='|' read -r words wanted; do
    # shellcheck disable=SC2086
    expect_status 0 cpool -j1 $words
    expect_out "$wanted"
done <<'END'
echo {1} {-1} ::: a|a a
echo {1}-{2} ::: a ::: b|a-b
-n2 echo {1}-{2} ::: a|a-
-X echo {1}-{7} ::: a|a-
-n2 echo {4}{-4} ::: a b ::: c|ca
-C , echo {1}-{9} ::: a,b|a-
--csv echo {2} ::: a,b|b
--header : -C , echo {2} ::: n a,b|b
END
expect_status 0 cpool 'echo "{1}" # {2}' ::: a
expect_out a
# The text can be had.
expect_status 0 cpool -I FILE grep -E 'a{2}' FILE ::: f
expect_out aa
expect_err_empty
