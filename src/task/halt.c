#include "task/halt.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

/* The largest number of failed tasks that the exit status tells; above that it is one more. */
#define FAILED_MAX 100

/* What GNU parallel still accepts from its early days. */
static const struct {
    const char *old, *now;
} shorthands[] = {{"0", "never"},
                  {"1", "soon,fail=1"},
                  {"2", "now,fail=1"},
                  {"-1", "soon,success=1"},
                  {"-2", "now,success=1"}};

static const struct {
    const char *word;
    int value;
} whens[] = {{"soon,", HALT_SOON}, {"now,", HALT_NOW}},
  whys[] = {{"fail=", HALT_FAIL}, {"success=", HALT_SUCCESS}, {"done=", HALT_DONE}};

static bool take_word(const char **text, const char *word)
{
    size_t length = strlen(word);
    if (strncmp(*text, word, length) != 0)
        return false;
    *text += length;
    return true;
}

static int bad_rule(void)
{
    errno = EINVAL;
    return -1;
}

static int parse_limit(const char *text, struct halt_rule *rule)
{
    char *end;
    errno = 0;
    unsigned long limit = strtoul(text, &end, 10);
    rule->percent = *end == '%';
    if (*text < '0' || *text > '9' || errno != 0 || end[rule->percent] != '\0' || limit < 1 ||
        limit > (rule->percent ? 100UL : 1000000000UL))
        return bad_rule();
    rule->limit = (unsigned)limit;
    return 0;
}

int halt_parse(const char *text, struct halt_rule *rule)
{
    *rule = (struct halt_rule){.when = HALT_NEVER};
    for (size_t i = 0; i < ARRAY_LENGTH(shorthands); i++)
        if (strcmp(text, shorthands[i].old) == 0)
            text = shorthands[i].now;
    if (strcmp(text, "never") == 0)
        return 0;
    if (text[0] >= '0' && text[0] <= '9') { /* 5%: soon,fail=5% */
        rule->when = HALT_SOON;
        return parse_limit(text, rule) < 0 || !rule->percent ? bad_rule() : 0;
    }
    for (size_t i = 0; i < ARRAY_LENGTH(whens); i++)
        if (take_word(&text, whens[i].word)) {
            rule->when = (enum halt_when)whens[i].value;
            for (size_t k = 0; k < ARRAY_LENGTH(whys); k++)
                if (take_word(&text, whys[k].word)) {
                    rule->why = (enum halt_why)whys[k].value;
                    return parse_limit(text, rule);
                }
        }
    return bad_rule();
}

bool halt_is_reached(const struct halt_rule *rule, uint64_t ended, uint64_t failed, uint64_t total)
{
    if (rule->when == HALT_NEVER || (rule->percent && total == 0))
        return false;
    uint64_t counted = rule->why == HALT_FAIL ? failed : rule->why == HALT_DONE ? ended : ended - failed;
    return rule->percent ? counted * 100 >= (uint64_t)rule->limit * total : counted >= rule->limit;
}

static int count_status(uint64_t failed)
{
    return failed > FAILED_MAX ? FAILED_MAX + 1 : (int)failed;
}

int halt_status(const struct halt_rule *rule, bool reached, int cause, uint64_t failed, uint64_t total)
{
    if (reached && rule->why == HALT_SUCCESS)
        return 0;
    /* One task was enough, also where that was said in per cent: 50% of two. */
    if (reached && (rule->percent ? rule->limit * total == 100 : rule->limit == 1))
        return cause;
    if (rule->when != HALT_NEVER && rule->percent && total > 0)
        return (int)((failed * 100 + total - 1) / total);
    return count_status(failed);
}
