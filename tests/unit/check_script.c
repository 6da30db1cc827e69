#include "unit.h"

#include "template/script.h"

/* A script after script_scan, its marks being {}. */
struct scanned {
    char *script; /* exactly as large as it says, so that a sanitizer sees a step too far */
    struct script_mark marks[16];
    size_t count;
    struct script_facts facts;
    struct script_problem problem;
    int result;
};

static void find_marks(struct scanned *scanned, const char *mark)
{
    for (const char *at = scanned->script; (at = strstr(at, mark)) != NULL; at += strlen(mark)) {
        ck_assert_uint_lt(scanned->count, ARRAY_LENGTH(scanned->marks));
        scanned->marks[scanned->count++] =
            (struct script_mark){.at = (size_t)(at - scanned->script), .length = strlen(mark)};
    }
}

static struct scanned scan_for(const char *mark, const char *script, unsigned shells)
{
    struct scanned scanned = {.script = strdup(script)};
    find_marks(&scanned, mark);
    scanned.result =
        script_scan(scanned.script, shells, scanned.marks, scanned.count, &scanned.facts, &scanned.problem);
    ck_assert_int_eq(scanned.result, scanned.problem.why == NULL ? 0 : -1);
    return scanned;
}

static struct scanned scan(const char *script)
{
    return scan_for("{}", script, READERS_BASH | READERS_ASH);
}

/* What script.h says that each must be written as. */
static const char *const references[] = {[SCRIPT_PLAIN] = "\"${1}\"",
                                         [SCRIPT_DOUBLE] = "${1}",
                                         [SCRIPT_SINGLE] = "'\"${1}\"'",
                                         [SCRIPT_ARITHMETIC] = "(${1})",
                                         [SCRIPT_COMMENT] = "{}"};

static const char *rewrite(const struct scanned *scanned)
{
    static char text[2048];
    char *to = text;
    const char *from = scanned->script;
    for (size_t i = 0; i < scanned->count; i++) {
        const struct script_mark *mark = &scanned->marks[i];
        to += sprintf(to, "%.*s%s%s", (int)(scanned->script + mark->at - from), from,
                      mark->backslash ? "\\" : "", references[mark->context]);
        from = scanned->script + mark->at + mark->length;
    }
    strcpy(to, from);
    return text;
}

static const struct {
    const char *script, *wanted;
} contexts[] = {
    /* plain */
    {"echo {}", "echo \"${1}\""},
    {"a {}{} b{}c \\\\{} {}", "a \"${1}\"\"${1}\" b\"${1}\"c \\\\\"${1}\" \"${1}\""},
    {"a >{} 2>&1 <{};b {}|c {}&d", "a >\"${1}\" 2>&1 <\"${1}\";b \"${1}\"|c \"${1}\"&d"},
    {"x={} y=a{} cmd", "x=\"${1}\" y=a\"${1}\" cmd"},
    {"{ (a {}); }", "{ (a \"${1}\"); }"},
    {"a ~{} *{} {a,{}} x[1]{}", "a ~\"${1}\" *\"${1}\" {a,\"${1}\"} x[1]\"${1}\""},
    {"if [ {} = x ]; then a {}; fi", "if [ \"${1}\" = x ]; then a \"${1}\"; fi"},
    {"case {} in x{}) a {};; (b) c {};; esac",
     "case \"${1}\" in x\"${1}\") a \"${1}\";; (b) c \"${1}\";; esac"},
    {"a <<<{} <(b {}) x=({} 2)", "a <<<\"${1}\" <(b \"${1}\") x=(\"${1}\" 2)"},
    {"[[ {} == a && ( -n {} ) ]]", "[[ \"${1}\" == a && ( -n \"${1}\" ) ]]"},
    {"read -r x <{}", "read -r x <\"${1}\""},
    {"export x={}", "export x=\"${1}\""},
    {"sh -c 'a \"$1\"' _ {}", "sh -c 'a \"$1\"' _ \"${1}\""},
    /* quotes */
    {"a \"{}\" \"b{}c\" \"'{}'\"", "a \"${1}\" \"b${1}c\" \"'${1}'\""},
    {"a '{}' 'b{}c' '\"{}\"' '\\{}'", "a ''\"${1}\"'' 'b'\"${1}\"'c' '\"'\"${1}\"'\"' '\\'\"${1}\"''"},
    {"\\\"{}\\\" \\'{}\\'", "\\\"\"${1}\"\\\" \\'\"${1}\"\\'"},
    {"a $\"{}\" $'\\n'{}", "a $\"${1}\" $'\\n'\"${1}\""},
    {"\"\\{} \\\\{} \\\\\\{} \\\"{}\"", "\"\\\\${1} \\\\${1} \\\\\\\\${1} \\\"${1}\""},
    {"\"${x}{} $x{}\" ${x:-'}'}{}", "\"${x}${1} $x${1}\" ${x:-'}'}\"${1}\""},
    /* comments */
    {"a # it's {}\nb {}", "a # it's {}\nb \"${1}\""},
    {"a#{} \"\"#{} {}#{}", "a#\"${1}\" \"\"#\"${1}\" \"${1}\"#\"${1}\""},
    {"a;#{}", "a;#{}"},
    /* substitutions */
    {"a $(b {} \"{}\") \"$(c '{}' {})\"", "a $(b \"${1}\" \"${1}\") \"$(c ''\"${1}\"'' \"${1}\")\""},
    {"\"$(a \"$(b \"{}\")\")\"", "\"$(a \"$(b \"${1}\")\")\""},
    {"a $(b \")\" ')' \\) {}) {}", "a $(b \")\" ')' \\) \"${1}\") \"${1}\""},
    {"a `b {} \"{}\"` {}", "a `b \"${1}\" \"${1}\"` \"${1}\""},
    {"\"`a`{}\"", "\"`a`${1}\""},
    {"a $(case b in (c) d {};; esac) {}", "a $(case b in (c) d \"${1}\";; esac) \"${1}\""},
    {"a ${x:-$(b {})}", "a ${x:-$(b \"${1}\")}"},
    /* arithmetic */
    {"a $(({}+1)) \"$(( ({})*2 ))\"", "a $(((${1})+1)) \"$(( ((${1}))*2 ))\""},
    {"a $(($(b $(({})))+{})) {}", "a $(($(b $(((${1}))))+(${1}))) \"${1}\""},
    {"a[$(({}))]=1; let $(({})); (($(({}))))", "a[$(((${1})))]=1; let $(((${1}))); (($(((${1})))))"},
    /* here-documents */
    {"a <<E {}\n{} \"{}\" '{}'\nE\nb {}", "a <<E \"${1}\"\n${1} \"${1}\" '${1}'\nE\nb \"${1}\""},
    {"a <<-E\n\t\\{} \\\\{}\n\tE\nb {}", "a <<-E\n\t\\\\${1} \\\\${1}\n\tE\nb \"${1}\""},
    {"a <<A <<B\n{}\nA\n$(b {})\nB\n", "a <<A <<B\n${1}\nA\n$(b \"${1}\")\nB\n"},
    {"a <<'E F'\nit's $(\nE F\nb {}", "a <<'E F'\nit's $(\nE F\nb \"${1}\""},
    {"b $(a <<E\n) \" ' {}\nE\n) {}", "b $(a <<E\n) \" ' ${1}\nE\n) \"${1}\""},
    {"(a <<E)\n{}\nE\nb {}", "(a <<E)\n${1}\nE\nb \"${1}\""},
    {"a <<E\n{}", "a <<E\n${1}"},
    /* lines that are joined */
    {"a b\\\n{} \\\n{}", "a b\\\n\"${1}\" \\\n\"${1}\""},
    {"ca\\\nse {} in a) b {};; esac", "ca\\\nse \"${1}\" in a) b \"${1}\";; esac"},
    /* what the shell will complain about */
    {"a \"{}", "a \"${1}"},
    {"a '{}", "a ''\"${1}\"'"},
    {"a $(b {}", "a $(b \"${1}\""},
};

START_TEST(a_mark_is_written_as_the_quotes_around_it_need)
{
    struct scanned scanned = scan(contexts[_i].script);
    ck_assert_msg(scanned.result == 0, "%s: %s", contexts[_i].script, scanned.problem.why);
    ck_assert_uint_eq(scanned.problem.mark, scanned.count);
    ck_assert_str_eq(rewrite(&scanned), contexts[_i].wanted);
    free(scanned.script);
}
END_TEST

static const struct {
    const char *script;
    size_t mark;
    const char *why; /* a part of it */
} refusals[] = {
    /* the reference would be read differently */
    {"a {} \\{}", 1, "backslash"},
    {"a ${}", 0, "a $"},
    {"\"$#{}\"", 0, "a $"},
    {"a ${x:-{}}", 0, "${...}"},
    {"\"${x#{}}\"", 0, "${...}"},
    {"a $'{}'", 0, "$'...'"},
    {"a <<{}\n{}\n", 0, "end word"},
    {"a <<'E'\n{}\nE\n", 0, "here-document"},
    {"a <<\\E\n{}\nE\n", 0, "here-document"},
    {"a @({}|b)", 0, "pattern"},
    {"\"$x[{}]\"", 0, "zsh"},
    /* the shell would evaluate it */
    {"(({}+1))", 0, "arithmetic"},
    {"for ((i={}; i<3; i++)); do a; done", 0, "arithmetic"},
    {"let x={}", 0, "arithmetic"},
    {"[[ {} -eq 1 ]]", 0, "test"},
    {"[[ 1 -lt 2 && {} == x ]]", 0, "test"},
    {"a[{}]=1", 0, "index"},
    {"a=([\"{}\"]=1)", 0, "index"},
    {"eval a {}", 0, "code"},
    {"if e'v'al {}; then b; fi", 0, "code"},
    {"x=$(command \\eval {})", 0, "code"},
    {"$x eval {}", 0, "code"},
    {"x=1 >y trap 'rm {}' EXIT", 0, "code"},
    {"unset {}", 0, "name"},
    {"read {} <{}", 0, "name"},
    {"printf -v {} a", 0, "name"},
    {"[ -v {} ]", 0, "name"},
    {"printf {} a", 0, "option"},
    {"export {}", 0, "x={}"},
    {"declare x={}", 0, "x={}"},
    {"PS4={}", 0, "variable"},
    {"RANDOM+={}", 0, "variable"},
    {"SECONDS[0]={}", 0, "variable"},
    {"PS4=(a {})", 0, "variable"},
    {"export COMMAND_NOT_FOUND_HANDLER=\"{}\"", 0, "variable"},
    {"for OPTIND in a {}; do b; done", 0, "variable"},
    {"sh -c 'a {}'", 0, "sh -c"},
    {"sudo /bin/bash -ec \"a {}\"", 0, "sh -c"},
    {"sh -c {}", 0, "sh -c"},
    {"env -u x bash -O extglob -c \"a {}\"", 0, "sh -c"},
    {"busybox sh -c {}", 0, "sh -c"},
    {"grep sh -c {}", 0, "may be"},
    {"$x -c 'a {}'", 0, "may be"},
    {"fish -c {}", 0, "quoting is not known"},
    {"ssh a 'b {}'", 0, "read again"},
    {"env {} a", 0, "option"},
    {"env $x {} a", 0, "option"},
    {"sh <<E\n{}\nE", 0, "reads its commands"},
    {"cat <<E | env sh -s a\n{}\nE", 0, "reads its commands"},
    {"bash <<<{}", 0, "reads its commands"},
    {". <(a {})", 0, "code"},
    {"a >&{}", 0, ">&"},
    /* or what a substitution makes of it */
    {"a $(($(b {}) + 1))", 0, "arithmetic"},
    {"a $(($(b $(c `d {}`)) + 1))", 0, "arithmetic"},
    {"a $(($(b <{} 2>&1)))", 0, "arithmetic"},
    {"[[ $(a {}) -gt 1 ]]", 0, "arithmetic"},
    {"(($(a {})))", 0, "arithmetic"},
    {"a[$(b {})]=1", 0, "index"},
    {"a ${x[$(b {})]}", 0, "arithmetic"},
    {"eval \"$(a {})\"", 0, "code"},
    {"printf \"$(a {})\"", 0, "option"},
    {"PS4=$(a {})", 0, "variable"},
    {"[ $(a {}) ]", 0, "quotes around"},
    {"$(a {})", 0, "quotes around"},
    {"nice env $(a {})", 0, "quotes around"},
    /* which command it is can't be told */
    {"$'eval' {}", 0, "which command"},
    {"${x:-eval} {}", 0, "which command"},
    {"{eval,a} {}", 0, "which command"},
    {"e${x}l {}", 0, "which command"},
    {"x=eval; $x {}", 0, "which command"},
    {"x=eval; $x a {}", 0, "which command"},
    {"x=eval; $x `a`b \"$(c {})\"", 0, "which command"},
    {"a >&$(b {})", 0, ">&"},
    /* nobody can tell for all shells */
    {"a $'\\'' {}", 0, "$'...'"},
    {"a $[1] {}", 0, "$["},
    {"a \"`b {}`\"", 0, "$(...)"},
    {"a `b \\`c\\`` {}", 0, "$(...)"},
    {"a `b '`'` {}", 0, "$(...)"},
    {"\"{}`a '$'`\"", 0, "$(...)"},
    {"a $((b {}) )", 0, "$(("},
    {"a $(( \"{}\" ))", 0, "quotes"},
    {"\"${x:-it's}{}\"", 0, "quotes"},
    {"a $(case b in c) d;; esac) {}", 0, "case"},
    {"a $(b # it's\n) {}", 0, "comment"},
    {"a <<E\nb\\\nE\n{}\nE\n", 0, "here-document"},
    {"a $(b <<E)\n{}\nE\n", 0, "here-document"},
    {"a $\\\n(b {})", 0, "newline"},
    {"a {}; b) c {}", 1, "brackets"},
    {"alias a=b\na {}", 0, "changes"},
    {"typeset -i x; x={}", 0, "declaration"},
};

START_TEST(what_is_not_certain_or_not_safe_is_refused_with_the_reason)
{
    struct scanned scanned = scan(refusals[_i].script);
    ck_assert_msg(scanned.result == -1, "%s: became %s", refusals[_i].script, rewrite(&scanned));
    ck_assert_uint_eq(scanned.problem.mark, refusals[_i].mark);
    ck_assert_msg(strstr(scanned.problem.why, refusals[_i].why) != NULL, "%s: %s", refusals[_i].script,
                  scanned.problem.why);
    free(scanned.script);
}
END_TEST

static const struct {
    const char *script;
    unsigned shells; /* that evaluate what stands there */
} of_shells[] = {
    {"[ {} -gt 1 ]", READERS_MKSH | READERS_KSH93},
    {"test 1 -eq {}", READERS_MKSH | READERS_KSH93},
    {"[ $(a {}) -eq 1 ]", READERS_ALL}, /* it is cut into words */
    {"[ \"$(a {})\" -eq 1 ]", READERS_MKSH | READERS_KSH93},
    {"[ -t {} ]", READERS_MKSH | READERS_KSH93 | READERS_ZSH},
    {"[ $x {} ]", READERS_MKSH | READERS_KSH93 | READERS_ZSH},
    {"[ {} = \"$x\" ]", 0},
    {"[ -n {} -a 1 -gt \"$x\" ]", 0},
    {"shift {}", READERS_MKSH | READERS_KSH93 | READERS_ZSH},
    {"ulimit -n {}", READERS_MKSH | READERS_KSH93},
    {"exit {}", READERS_ZSH},
    {"exit $(({}))", 0},
    {"a () { return {}; }", READERS_ZSH},
    {"printf %d {}", READERS_ZSH | READERS_KSH93},
    {"printf '%s\\n%-5b%%' {}", 0},
    {"printf \"$x\" {}", READERS_ZSH | READERS_KSH93},
    {"print -f %s {}", READERS_ZSH | READERS_KSH93},
    {"print -rP -- {}", READERS_ZSH | READERS_KSH93},
    {"print -- {}", 0},
    {"export x=$(a {})", READERS_MKSH},
};

START_TEST(what_only_some_shells_evaluate_is_refused_for_those)
{
    for (unsigned shell = 1; shell < READERS_ALL; shell <<= 1) {
        struct scanned scanned = scan_for("{}", of_shells[_i].script, shell);
        ck_assert_msg((scanned.result < 0) == ((of_shells[_i].shells & shell) != 0), "%s: %u: %s",
                      of_shells[_i].script, shell, scanned.result < 0 ? scanned.problem.why : "taken");
        free(scanned.script);
    }
}
END_TEST

START_TEST(what_is_safe_in_a_substitution_is_taken)
{
    static const char *const scripts[] = {"a $(($(wc -l <{}) + 1))",
                                          "[[ $(wc -l < \"{}\") -gt 1 ]]",
                                          "x=$(a {}); b \"$x\"",
                                          "a $(($(b $(({}))) + 1))",
                                          "a <(b {})",
                                          "\"$(a {})\" b",
                                          "a ${x:-$(b {})}",
                                          "local x=$(a {})",
                                          "${x:-gcc} -c {}",
                                          "$x {}",
                                          "$x -c {}",
                                          "cat <<E | sh -c a\n{}\nE"};
    for (size_t i = 0; i < ARRAY_LENGTH(scripts); i++) {
        struct scanned scanned = scan(scripts[i]);
        ck_assert_msg(scanned.result == 0, "%s: %s", scripts[i], scanned.problem.why);
        free(scanned.script);
    }
}
END_TEST

START_TEST(who_reads_an_item_again_is_told)
{
    struct scanned scanned = scan("nice ssh a b {}");
    ck_assert_int_eq(scanned.result, 0);
    ck_assert_str_eq(scanned.facts.reread_by, "ssh");
    free(scanned.script);
    scanned = scan("ssh a b");
    ck_assert_ptr_null(scanned.facts.reread_by);
    ck_assert_str_eq(scanned.facts.appends_to, "ssh");
    free(scanned.script);
    scanned = scan("ssh a");
    ck_assert_ptr_null(scanned.facts.appends_to);
    free(scanned.script);
    scanned = scan("a {} ssh b");
    ck_assert_ptr_null(scanned.facts.reread_by);
    ck_assert_ptr_null(scanned.facts.appends_to);
    free(scanned.script);
}
END_TEST

START_TEST(a_script_without_marks_is_never_refused)
{
    static const char *const scripts[] = {"",     "a $[1]",    "a `b '`' c", "a )",
                                          "esac", "alias a=b", "a <<''",     "$("};
    for (size_t i = 0; i < ARRAY_LENGTH(scripts); i++) {
        struct scanned scanned = scan(scripts[i]);
        ck_assert_int_eq(scanned.result, 0);
        ck_assert(!scanned.facts.can_append);
        free(scanned.script);
    }
}
END_TEST

START_TEST(a_mark_is_any_bytes)
{
    struct scanned scanned = scan_for("$F", "a $F \"$F\" '$F' b$F", READERS_ALL);
    ck_assert_int_eq(scanned.result, 0);
    ck_assert_str_eq(rewrite(&scanned), "a \"${1}\" \"${1}\" ''\"${1}\"'' b\"${1}\"");
    free(scanned.script);
    scanned = scan_for("\"", "a \" ' \" '", READERS_ALL);
    ck_assert_int_eq(scanned.result, 0);
    ck_assert_str_eq(rewrite(&scanned), "a \"${1}\" ' '\"${1}\"' '");
    free(scanned.script);
    /* Was the backslash meant for the mark? */
    scanned = scan_for("$F", "a \"\\$F\"", READERS_ALL);
    ck_assert_int_eq(scanned.result, -1);
    free(scanned.script);
}
END_TEST

static const struct {
    const char *script;
    bool uses_parameters;
} parameters[] = {
    {"echo {}", false},
    {"echo $x ${x} ${#x} $? $! $$ $0 \"$(a)\" $((1+2))", false},
    {"find . -name {}", false},
    {"a $(({}))", false},
    {"a $({} b)", true},
    {"for x in {}; do echo $x; done", false},
    {"for x\nin {}; do echo $x; done", false},
    {"a (b) { c; }", false},
    {"echo $1", true},
    {"awk '{print $2}'", true},
    {"echo \"$@\"", true},
    {"echo $# ${*} ${1} ${#} ${!x} ${01}", true},
    {"echo $\\\n1", true},
    {"set -e; a", true},
    {"shift", true},
    {"s'et' a", true},
    {"getopts a x", true},
    {"f() { echo {}; }", true},
    {"f ( ) { echo {}; }", true},
    {"function f { echo {}; }", true},
    {"eval x", true},
    {". ./file", true},
    {"x=.; $x file", true},
    {"source file", true},
    {"for x; do a; done", true},
    {"for x do a; done", true},
    {"$x a", true},
    {"{} a", true},
    {"alias a=b", true},
    {"# $1", true}, /* too often */
};

START_TEST(a_use_of_positional_parameters_is_seen)
{
    struct scanned scanned = scan(parameters[_i].script);
    ck_assert_msg(scanned.facts.uses_parameters == parameters[_i].uses_parameters, "%s",
                  parameters[_i].script);
    free(scanned.script);
}
END_TEST

static const struct {
    const char *script;
    bool can_append;
} ends[] = {
    {"echo", true},
    {"echo a 'b' \"c\" $(d)", true},
    {"a; b && c | d", true},
    {"x=1 a >b", true},
    {"a # b\nc", true},
    {"a <<E\nb\nE\nc", true},
    {"f() { a; }\nf", true},
    {"! time -p a", true},
    {"printf '%s\\n'", true},
    {"", false},
    {"a;", false},
    {"a &&", false},
    {"a\n", false},
    {"x=1", false},
    {"a >", false},
    {"a \\", false},
    {"a # b", false},
    {"a 'b", false},
    {"a \"b", false},
    {"a $(b", false},
    {"a `b", false},
    {"a <<E", false},
    {"a <<E\nb\nE\n", false},
    {"(a", false},
    {"(a)", false},
    {"if a; then b; fi", false},
    {"for x in a", false},
    {"{ a; }", false},
    {"case a in", false},
    {"[[ a", false},
    {"x=(a", false},
    {"eval a", false},
    {"let", false},
    {"printf", false},
    {"command", false},
    {"sh -c", false},
    {"nice sh -c", false},
    {"env", false},
    {"sh -x", true},
    {"$x", false},
};

START_TEST(a_word_is_appended_to_a_command_only)
{
    struct scanned scanned = scan(ends[_i].script);
    ck_assert_msg(scanned.facts.can_append == ends[_i].can_append, "%s", ends[_i].script);
    free(scanned.script);
}
END_TEST

static const struct {
    const char *script, *word; /* of the first mark; NULL: none */
} words[] = {
    {"a {}", "{}"},
    {"a b{}c d", "b{}c"},
    {"a 'pre-{}.x'\"{}\"\\ z;b", "'pre-{}.x'\"{}\"\\ z"},
    {"a \"b {} c\" d", "\"b {} c\""},
    {"a x={} b", "x={}"},
    {"a b\\\n{} c", "b\\\n{}"},
    {"a *{}", "*{}"},
    {"a $(b {})", "{}"},
    {"a `b {}`", "{}"},
    {"for x in a {}; do b; done", "{}"},
    {"x=(1 a{})", "a{}"},
    {"a <<E {}\n", "{}"},
    {"{}", NULL},
    {"x={} a", NULL},
    {"x={}", NULL},
    {"a >{}", NULL},
    {"a <{}", NULL},
    {"a <<<{}", NULL},
    {"a $x{}", NULL},
    {"a \"$x {}\"", NULL},
    {"a {}$(b)", NULL},
    {"a `b`{}", NULL},
    {"a {b,{}}", NULL},
    {"a [{}]", NULL},
    {"case {} in a) b;; esac", NULL},
    {"case a in {}) b;; esac", NULL},
    {"[[ -n {} ]]", NULL},
    {"[ -n {} ]", NULL},
    {"test a{}", NULL},
    {"printf a{}", "a{}"},
    {"printf {}a", NULL},
    {"for {} in a; do b; done", NULL},
    {"a \"b {}", NULL},
    {"a $(({}))", NULL},
    {"a <<E\n{}\nE", NULL},
    {"a # {}", NULL},
};

START_TEST(a_word_that_can_be_repeated_is_told)
{
    struct scanned scanned = scan(words[_i].script);
    const struct script_mark *mark = &scanned.marks[0];
    ck_assert_int_eq(scanned.result, 0);
    if (words[_i].word == NULL) {
        ck_assert_uint_eq(mark->word_begin, mark->at);
        ck_assert_uint_eq(mark->word_end, mark->at);
    } else {
        ck_assert_uint_eq(mark->word_end - mark->word_begin, strlen(words[_i].word));
        ck_assert_mem_eq(scanned.script + mark->word_begin, words[_i].word, strlen(words[_i].word));
    }
    free(scanned.script);
}
END_TEST

static const struct {
    const char *script;
    bool single; /* the first mark */
} singles[] = {
    {"a {}", false},
    {"a b{} c", false},
    {"{} a", false},
    {"command {}", false},
    {"for x in a {}", false},
    {"x=({})", false},
    {"a $(b {})", false},
    {"a {}$x", false},
    {"printf a{}", false},
    {"printf -- {}", false},
    {"x={}", true},
    {"x={} a", true},
    {"a; x=b{}c d", true},
    {"a b={}", true},
    {"export b={}", true},
    {"a >{}", true},
    {"< {} a", true},
    {"a <<< {}", true},
    {"case {} in a) b;; esac", true},
    {"case a in {}) b;; esac", true},
    {"for {} in a; do b; done", true},
    {"[[ -n {} ]]", true},
    {"[ {} = a ]", true},
    {"test a{}", true},
    {"printf {}a", true},
    {"set {}a", true},
};

START_TEST(where_several_items_would_be_misread_is_told)
{
    struct scanned scanned = scan(singles[_i].script);
    ck_assert_int_eq(scanned.result, 0);
    ck_assert_msg(scanned.marks[0].single == singles[_i].single, "%s", singles[_i].script);
    free(scanned.script);
}
END_TEST

/* ---- what shells make of it ---- */

static const struct {
    const char *script, *before, *behind; /* what is printed before and behind the item */
} outputs[] = {
    {"printf '%s' {}", "", ""},
    {"printf '%s' a{}b", "a", "b"},
    {"printf '%s' \"{}\"", "", ""},
    {"printf '%s' \"a\\{}\\\\\"", "a\\", "\\"},
    {"printf '%s' 'a\"{}\\'", "a\"", "\\"},
    {"cat <<E\na\\{}\"\nE", "a\\", "\"\n"},
    {"printf '%s' \"$(printf '%s' {}; echo b)\"", "", "b"},
    {"x=`printf '%s' 'a{}' b`; printf '%s' \"$x\"", "a", "b"},
    {"x={}; printf '%s' \"$x\"", "", ""},
    {"for x in {}; do printf '%s' \"$x\"; done", "", ""},
    {"case {} in {}) printf '%s' {};; esac", "", ""},
};

/* Every byte, most of which mean something to a shell. */
static size_t fill_item(char *item)
{
    size_t length = (size_t)sprintf(item, "-e $(touch pwned)`touch pwned`';touch pwned;'\";touch pwned;\"");
    for (int byte = 1; byte < 256; byte++)
        item[length++] = (char)byte;
    item[length] = '\0';
    return length;
}

static int run_shell(void *context)
{
    char *const *arguments = context;
    execv("/bin/sh", arguments);
    return 127;
}

START_TEST(a_shell_sees_the_item_as_it_is)
{
    const char *folder = unit_make_folder();
    char item[512], wanted[1024], got[1024];
    size_t length = fill_item(item);
    ck_assert_uint_lt(length, sizeof item);
    int wanted_length = sprintf(wanted, "%s%s%s", outputs[_i].before, item, outputs[_i].behind);

    struct scanned scanned = scan(outputs[_i].script);
    ck_assert_int_eq(scanned.result, 0);
    char script[8 * 1024];
    snprintf(script, sizeof script, "cd %s; exec >out\n%s", folder, rewrite(&scanned));
    char *const arguments[] = {(char[]){"sh"}, (char[]){"-c"}, script, (char[]){"_"}, item, NULL};
    ck_assert_int_eq(unit_fork_and_wait(run_shell, (void *)arguments), 0);

    char path[8192];
    snprintf(path, sizeof path, "%s/out", folder);
    FILE *file = fopen(path, "r");
    ck_assert_ptr_nonnull(file);
    ck_assert_uint_eq(fread(got, 1, sizeof got, file), (size_t)wanted_length);
    ck_assert_mem_eq(got, wanted, (size_t)wanted_length);
    fclose(file);
    snprintf(path, sizeof path, "%s/pwned", folder);
    ck_assert_int_ne(access(path, F_OK), 0);
    unit_remove_folder(folder);
    free(scanned.script);
}
END_TEST

/* ---- robustness ---- */

static const char *const tokens[] = {"{}",  "'",  "\"", "\\", "`",  "$(",   "$((", "))",   ")",  "(",
                                     "((",  "${", "}",  "$'", "#",  "\n",   ";",   " ",    "[[", "]]",
                                     "<<E", "E",  "<(", ">&", "-c", "case", "in",  "esac", "[",  "=",
                                     "sh",  "x",  "$x", "-v", "do", "for",  "let", "<<-E", "\t", ";;"};

START_TEST(any_text_is_scanned_within_its_bounds)
{
    uint64_t state = 1;
    for (int round = 0; round < 20000; round++) {
        char script[256] = "";
        for (size_t left = unit_below(&state, 15); left > 0; left--)
            strcat(script, tokens[unit_below(&state, ARRAY_LENGTH(tokens))]);
        struct scanned scanned = scan(script);
        ck_assert(scanned.result == 0 || scanned.problem.mark < scanned.count);
        for (size_t i = 0; i < scanned.count; i++) {
            const struct script_mark *mark = &scanned.marks[i];
            ck_assert_uint_le(mark->word_begin, mark->at);
            ck_assert_uint_le(mark->word_end, strlen(script));
        }
        free(scanned.script);
    }
}
END_TEST

START_TEST(brackets_nest_to_any_depth)
{
    enum { DEPTH = 10000 };
    char *script = malloc(5 * DEPTH + 8);
    char *to = script;
    for (int i = 0; i < DEPTH; i++)
        to += sprintf(to, "x=$(");
    to += sprintf(to, "a {}");
    for (int i = 0; i < DEPTH; i++)
        to += sprintf(to, ")");
    struct scanned scanned = scan(script);
    ck_assert_int_eq(scanned.result, 0);
    ck_assert_int_eq(scanned.marks[0].context, SCRIPT_PLAIN);
    free(scanned.script);
    free(script);
}
END_TEST

UNIT_MAIN("script")
{
    tcase_add_loop_test(tests, a_mark_is_written_as_the_quotes_around_it_need, 0, ARRAY_LENGTH(contexts));
    tcase_add_loop_test(tests, what_is_not_certain_or_not_safe_is_refused_with_the_reason, 0,
                        ARRAY_LENGTH(refusals));
    tcase_add_loop_test(tests, what_only_some_shells_evaluate_is_refused_for_those, 0,
                        ARRAY_LENGTH(of_shells));
    tcase_add_test(tests, what_is_safe_in_a_substitution_is_taken);
    tcase_add_test(tests, who_reads_an_item_again_is_told);
    tcase_add_test(tests, a_script_without_marks_is_never_refused);
    tcase_add_test(tests, a_mark_is_any_bytes);
    tcase_add_loop_test(tests, a_use_of_positional_parameters_is_seen, 0, ARRAY_LENGTH(parameters));
    tcase_add_loop_test(tests, a_word_is_appended_to_a_command_only, 0, ARRAY_LENGTH(ends));
    tcase_add_loop_test(tests, a_word_that_can_be_repeated_is_told, 0, ARRAY_LENGTH(words));
    tcase_add_loop_test(tests, where_several_items_would_be_misread_is_told, 0, ARRAY_LENGTH(singles));
    tcase_add_loop_test(tests, a_shell_sees_the_item_as_it_is, 0, ARRAY_LENGTH(outputs));
    tcase_add_test(tests, any_text_is_scanned_within_its_bounds);
    tcase_add_test(tests, brackets_nest_to_any_depth);
}
