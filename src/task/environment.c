#include "task/environment.h"

#include "base/xalloc.h"

#include <assert.h>
#include <stdio.h>
#include <string.h>

extern char **environ;

/* Of a number of 64 bits. */
#define NUMBER_DIGITS_MAX 20

static const struct {
    const char *name;
    enum { OF_TASK, OF_WORKER, OF_RUN } kind; /* its number, the worker's, both from 1; the pid of cpool */
} ours[] = {
    {"CPOOL_SEQ", OF_TASK},          {"PARALLEL_SEQ", OF_TASK}, {"CPOOL_SLOT", OF_WORKER},
    {"PARALLEL_JOBSLOT", OF_WORKER}, {"CPOOL_PID", OF_RUN},
};
static_assert(ARRAY_LENGTH(ours) == ENVIRONMENT_OURS, "struct environment has room for each");

bool environment_same_name(const char *entry, const char *other)
{
    size_t length = strcspn(other, "=");
    return strncmp(entry, other, length) == 0 && entry[length] == '=';
}

bool environment_is_ours(const char *entry)
{
    for (size_t i = 0; i < ARRAY_LENGTH(ours); i++)
        if (environment_same_name(entry, ours[i].name))
            return true;
    return false;
}

static bool is_replaced(const char *entry, const char *const *added, size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (environment_same_name(entry, added[i]))
            return true;
    return environment_is_ours(entry);
}

void environment_open(struct environment *environment, pid_t cpool, const char *const *added, size_t count)
{
    size_t inherited = 0, used = 0;
    while (environ[inherited] != NULL)
        inherited++;
    environment->vector = xcalloc(inherited + count + ARRAY_LENGTH(ours) + 1, sizeof *environment->vector);
    for (size_t i = 0; i < inherited; i++)
        if (!is_replaced(environ[i], added, count))
            environment->vector[used++] = environ[i];
    environment->added = used;
    used += count;
    for (size_t i = 0; i < ARRAY_LENGTH(ours); i++) {
        environment->vector[used++] = environment->ours[i] = xmalloc(ENVIRONMENT_OURS_MAX);
        snprintf(environment->ours[i], ENVIRONMENT_OURS_MAX, "%s=%ld", ours[i].name, (long)cpool);
    }
}

void environment_set(struct environment *environment, uint64_t number, unsigned slot, struct words *added)
{
    for (size_t i = 0; i < ARRAY_LENGTH(ours); i++) {
        if (ours[i].kind == OF_RUN)
            continue;
        unsigned long long value = (ours[i].kind == OF_TASK ? number : slot) + 1ULL;
        snprintf(environment->ours[i], ENVIRONMENT_OURS_MAX, "%s=%llu", ours[i].name, value);
    }
    if (added->count > 0)
        memcpy(environment->vector + environment->added, words_vector(added),
               added->count * sizeof *environment->vector);
}

size_t environment_size(const char *const *added, size_t added_count, size_t *count)
{
    size_t bytes = 0;
    for (size_t i = 0; i < ARRAY_LENGTH(ours); i++)
        bytes += strlen(ours[i].name) + sizeof "=" + NUMBER_DIGITS_MAX;
    *count = ARRAY_LENGTH(ours);
    for (char *const *entry = environ; *entry != NULL; entry++)
        if (!is_replaced(*entry, added, added_count)) {
            bytes += strlen(*entry) + 1;
            ++*count;
        }
    return bytes;
}
